"""Plainer wordings of a sentence that say the same: what opens, pads or turns a statement is put aside or turned back.

Each rule says on its left what a person may write and on its right what that says. Compares nothing with a clause.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.answering.grounding import plainly
from assistant.answering.grounding.words import plain

_MOST = 24
# Without a mark after it, `no` is an answer before a pronoun only: `no data is sold` denies by itself.
_ANSWER = re.compile(
    r"^(?:(yes|no)[,;:.]|(yes|no)(?= (?:we|you|it|they|there|that|this)\b)|(yes))\s+(?:and )?", re.IGNORECASE
)
_FRONT = re.compile(r"^(?:without|if|when|unless|under|for|in|as|after|before|except)\b[^,]*, ")
_DENIES = re.compile(r"\b(?:not|never)\b|n't\b")

_CLEFT = re.compile(
    r"^(?P<thing>.+?) (?:is|are) (?:also )?"
    r"(?:(?:one|an example|one example|examples|some|part) of|included (?:among|in)|among)"
    r" (?:the |our )?(?P<rest>.+)$"
    r"|^(?:the )?(?P<first>[^,]+? we [^,]+?) includes? (?P<last>.+)$"
)
_RELATIVE = re.compile(r" (?:(?P<who>(?:that|which|who)(?= (?!we |you )))|that|which|why|for which|(?=(?:we|you) ))\s?")
_SPOKEN = re.compile(
    r"^(?P<verb>(?:we|you) (?:(?:may|can|will|do|not|also|\w+ly) )*(?:request access to|\w+))(?P<rest>(?: .*)?)$"
)

Rule = tuple[re.Pattern[str], str]


def _compiled(rules: Sequence[tuple[str, str]]) -> tuple[Rule, ...]:
    return tuple((re.compile(left), right) for left, right in rules)


_ALWAYS = _compiled(plainly.ALWAYS)
_PERHAPS = _compiled(plainly.PERHAPS)


def answers(text: str) -> str | None:
    """The statement after an opening `Yes,` or `No,`; None where that word and the statement's first words disagree."""
    opening = _ANSWER.match(text)
    if opening is None:
        return text
    statement = text[opening.end() :]
    first = re.split(r",|\band\b|\bbut\b", _FRONT.sub("", statement.lower()), maxsplit=1)[0]
    denied = bool(_DENIES.search(first))
    return statement if denied == (opening[0].lower().startswith("no")) else None


def recasts(text: str, names: Sequence[str]) -> Iterator[str]:
    """The sentence as it stands, made plain, and in the other wordings that say the same; each once."""
    said = _named(plain(text).rstrip(". ").lower(), names)
    for pattern, meaning in _ALWAYS:
        said = pattern.sub(meaning, said)
    seen, waiting = {said}, [said]
    yield said
    while waiting and len(seen) < _MOST:
        one = waiting.pop(0)
        others = [pattern.sub(meaning, one) for pattern, meaning in _PERHAPS]
        for other in (*others, *_uncleft(one)):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
                yield other


def _uncleft(text: str) -> Iterator[str]:
    """`A is one of the B that we keep` as `we keep B such as A`."""
    cleft = _CLEFT.match(text)
    if cleft is None:
        return
    thing, of_what = cleft["thing"] or cleft["last"], cleft["rest"] or cleft["first"]
    yield f"{of_what} include {thing}"
    for relative in _RELATIVE.finditer(of_what):
        whole, said = of_what[: relative.start()], of_what[relative.end() :]
        if whole in plainly.EMPTY:
            yield f"{said.removesuffix(' for').removesuffix(' with')} for {thing}"
            yield f"{said.removesuffix(' for').removesuffix(' with')} {thing}"
        elif relative["who"]:
            yield f"{whole} such as {thing} {said}"
        spoken = _SPOKEN.match(said)
        if spoken is not None and not relative["who"]:
            for link in ("with", "for", ""):
                verb, rest = spoken["verb"], spoken["rest"]
                if link and rest.startswith(f" {link}"):
                    verb, rest = f"{verb} {link}", rest.removeprefix(f" {link}")
                yield f"{verb} {whole} such as {thing}{rest}".rstrip()


def _named(text: str, names: Sequence[str]) -> str:
    for name in sorted({plain(one).lower() for one in names}, key=len, reverse=True):
        text = re.sub(rf"(?<![@.])\b{re.escape(name)}(?:'s\b|(?<=s)')", "our", text)
        text = re.sub(rf"(?<![@.])\b{re.escape(name)}\b(?![@.])", "we", text)
    return text
