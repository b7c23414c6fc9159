"""What the detectors see of a message: letters, words, and concepts in the order in which they stand.

Names of features only; what they weigh is learned. Knows no intent.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.triage.lexicon import Lexicon, is_mark, tokens
from knowledge.ranking.terms import ngrams
from knowledge.romanising import romanised

# Letters are counted in that much of a message, so that no message takes long.
LONGEST = 1_500
# How many concepts further on one still belongs beside another of the same sentence.
_BESIDE = 4
# An opener stands among the first words of its sentence.
_OPENING = 3
_OPENERS = frozenset(
    {"how_do", "wh", "can_i", "do_you", "hypothetical", "modal_you", "please", "negation", "me", "stop"}
)


_REFERENCE = re.compile(r"\b[a-z]{2,5}-?(?=[0-9a-z-]{0,8}\d)[0-9a-z]{4}-?[0-9a-z]{4}\b", re.IGNORECASE)


_ARTICLE = re.compile(r"\b(?:arts?\b\.?|articles?)\s*(?=\d)", re.IGNORECASE)
_SECTION = re.compile(r"(?:\b(?:secs?\b\.?|sections?|u/s|s\.)|§+)\s*(?=\d)", re.IGNORECASE)
# "articles 15 and 17" cites two articles.
_NEXT_CITED = re.compile(r"\b(article|section)( \d[\d().a-z]*)(\s*(?:,|and|&|/|\+)+\s*)(?=\d)", re.IGNORECASE)

# Off a list of addressees is no deletion, whatever the verb.
_OFF_A_LIST = re.compile(
    r"\b(?:take|remove|strike|drop|delete|get|put|pull|cross|scratch) ((?:[\w\[\].']+ ){1,5}?)"
    r"(?:off|from|out of) ((?:\w+ ){0,3})"
    r"(?:(?:(?:e-?)?mail(?:ing)?|marketing|newsletter|promo\w*|broadcast|call(?:ing)?|sms|whatsapp|subscriber) lists?"
    r"|newsletters?|mailings?|promos?|promotions?)\b(?! (?:and (?:the |your )?)?(?:database|records?|systems?)\b)",
    re.IGNORECASE,
)

# "Delete everything you hold about me" asks for no copy: what is held is named only to say how much should go.
_ALL_THAT_IS_HELD = re.compile(
    r"\b((?:delet|eras|remov|wip|purg|destroy|scrub|shred|nuk|clear|forget|get(?:ting)? rid|expung)\w*\b"
    r"[^.?!;\n]{0,50}?\b(?:everything|anything|all|whatever|what|every \w+|each \w+|records?|data|info(?:rmation)?"
    r"|details?|stuff|files?)),? (?:(?:that|which|whatever|what|in which) )?"
    r"(?:you|u|ya|ye|y'all|your (?:company|team|people|systems?))\b(?:'?ve)?"
    r"(?: (?:guys|lot|people|may|might|still|ever|currently|have|hv|hav|all))*"
    r" (?:hold|have|hav|keep|kept|stored?|got|saved?|collect(?:ed)?|know|process|gathered|recorded|possess)\b"
    r"(?:(?:,| or| and|/) ?(?:hold|have|keep|kept|stored?|process|know|collect(?:ed)?))*"
    r"(?: (?:information|data|details|records|stuff))?(?: (?:on|about|abt|of|for|from|regarding|concerning) \w+)?",
    re.IGNORECASE,
)


class Features(NamedTuple):
    """Every name as often as it occurs, group by group."""

    letters: list[str]
    words: list[str]
    concepts: list[str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    concepts: tuple[tuple[int, str], ...]
    asks: bool


def clarified(text: str) -> str:
    """The text in Latin letters, without words that name a right and ask for none."""
    return _ALL_THAT_IS_HELD.sub(r"\1", _OFF_A_LIST.sub(r"unsubscribe \1from \2newsletter", romanised(text)))


def plain(text: str, names: Sequence[str] = ()) -> str:
    """The text with marks for the organisation's names and references, and what is said in many forms in one."""
    marked = _cited(_REFERENCE.sub("[reference]", text))
    if not names:
        return marked
    return re.sub(
        "|".join(map(re.escape, sorted(names, key=len, reverse=True))), "[company]", marked, flags=re.IGNORECASE
    )


def _cited(text: str) -> str:
    """Each article or section that is cited, in one form."""
    text = _SECTION.sub("section ", _ARTICLE.sub("article ", text))
    return _NEXT_CITED.sub(r"\1\2\3\1 ", _NEXT_CITED.sub(r"\1\2\3\1 ", text))


def features(text: str, lexicon: Lexicon) -> Features:
    """`text` as `plain` gives it."""
    words = tokens(text[:LONGEST])
    return Features(list(ngrams(text[:LONGEST])), list(_words(words)), list(_concepts(words, lexicon)))


def _words(words: list[str]) -> Iterator[str]:
    framed = ["^", *words, "$"]
    for length in (1, 2, 3):
        for at in range(len(framed) - length + 1):
            yield " ".join(framed[at : at + length])


def _concepts(words: list[str], lexicon: Lexicon) -> Iterator[str]:
    sentences = list(_sentences(words, lexicon))
    for sentence in sentences:
        form = "?" if sentence.asks else "."
        opening = next((concept for at, concept in sentence.concepts if concept in _OPENERS and at < _OPENING), "-")
        names = [concept for _, concept in sentence.concepts]
        yield f"{form}{opening}"
        for place, name in enumerate(names):
            yield name
            yield f"{form}{name}"
            yield f"{opening}/{name}"
            for further, other in enumerate(names[place + 1 : place + 1 + _BESIDE]):
                yield f"{name}>{other}"
                if further == 0:
                    yield f"{name}+{other}"
    if sentences:
        yield f"last{'?' if sentences[-1].asks else '.'}"
        yield f"sentences{min(len(sentences), 4)}"
    yield f"length{min(len(words).bit_length(), 8)}"


def _sentences(words: list[str], lexicon: Lexicon) -> Iterator[_Sentence]:
    found: list[tuple[int, str]] = []
    begin = 0
    for at, word in enumerate(words):
        if is_mark(word):
            if found:
                yield _Sentence(tuple(found), asks="?" in word)
            found, begin = [], at + 1
        else:
            found.extend((at - begin, concept) for concept in dict.fromkeys(lexicon.concepts(words, at)))
    if found:
        yield _Sentence(tuple(found), asks=False)
