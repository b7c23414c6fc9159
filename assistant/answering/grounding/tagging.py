"""Which word of a statement is a verb, a link or a noun. Knows no roles: frames are built of what this finds.

Both the clause and the sentence are read by the same rules, so what is misread is misread alike.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.words import VERB_STEMS, Words, head, heads, lines

_FAMILY = lines(para.FAMILIES)
_VERBS = VERB_STEMS | heads(para.MORE_VERBS)
_VERB_FORMS = frozenset(form for verb in lex.VERBS | para.MORE_VERBS for form in (verb, verb + "s"))
_LISTED = heads(para.NOUNS_IN_LISTS)
_MOST_FORCED = 6
_FAMILY_VERBS = frozenset(_FAMILY.get(verb, verb) for verb in _VERBS)
PERSONS = frozenset(_FAMILY.get(word, word) for word in heads(para.PERSONS | lex.OTHER_PERSONS))
_PREPOSITIONS = lex.PREPOSITIONS | {"due", "because-of", "as-part-of", "subject-to"}
_REWRITES = tuple(
    (tuple(word if word.startswith("<") else head(word) for word in left), right) for left, right in para.REWRITES
)
_NOMINAL = ("tion", "sion", "ment", "ance", "ence", "sal", "ure", "ity", "age", "ness")


_ENDS = _PREPOSITIONS | {"", ",", "and", "or"}


_BEGUN = {rule[0][0]: tuple(other for other in _REWRITES if other[0][0] == rule[0][0]) for rule in _REWRITES}

# What a reading may turn into something else, or leave unsaid.
_EASY = frozenset(
    _FAMILY.get(word, word)
    for word in (
        _PREPOSITIONS
        | lex.MODALS
        | para.SUBORDINATORS
        | para.CONTRAST
        | {word for left, right in _REWRITES for word in (*left, *right)}
        | heads(word for line in para.VERB_CLASSES for word in line)
        | {",", "and", "or", "have", "its", "it", "them", lex.ORG, lex.ORGS, lex.YOU, lex.YOUR, lex.BE}
    )
)
_EASY_FORMS = para.DROPPED | para.RELATIVES | lex.PRAISE | {"using"}


class Tag(StrEnum):
    NOUN = "noun"
    VERB = "verb"
    LINK = "link"  # a preposition
    SUBORDINATOR = "subordinator"
    RELATIVE = "relative"
    JOINT = "joint"  # and, or, comma
    MODAL = "modal"
    BE = "be"
    NOT = "not"
    ADVERB = "adverb"


@dataclass(frozen=True, slots=True)
class Token:
    tag: Tag
    lemma: str
    form: str


_FIXED: dict[str, Tag] = (
    dict.fromkeys(para.SUBORDINATORS, Tag.SUBORDINATOR)
    | dict.fromkeys({",", "and", "or"} | (para.CONTRAST - {"while"}), Tag.JOINT)
    | dict.fromkeys(lex.MODALS, Tag.MODAL)
    | {lex.BE: Tag.BE, lex.NOT: Tag.NOT}
)


def family(word: str) -> str:
    return _FAMILY.get(word, word)


def strange(said: Words, source: Words) -> bool:
    """Whether a word is said that no reading could find in the source. Spares the reading of most lies."""
    known = {family(word) for word in source.canon} | _EASY
    pairs = zip(said.canon, said.forms, strict=True)
    return any(family(word) not in known and form not in _EASY_FORMS and form[-2:] != "ly" for word, form in pairs)


def tagged(words: Words) -> tuple[Token, ...]:
    """The tokens of one statement. A stretch without a verb gives up its likeliest noun, and all is read again."""
    pairs = _rewritten(words)
    forced: set[int] = set()
    while True:
        tokens, places = _pass(pairs, forced)
        found = _missing(tokens)
        if found is None or len(forced) >= _MOST_FORCED:
            return tuple(_events(tokens))
        forced.add(places[found])


def _events(tokens: list[Token]) -> Iterator[Token]:
    """`after the project is completed` as `after project completion`; a client addressed `as a client`, as `for`."""
    for at, token in enumerate(tokens):
        if not at and token.tag is Tag.LINK and token.lemma == "as":
            yield Token(Tag.LINK, "for", "for")
            continue
        following = tokens[at + 1] if at + 1 < len(tokens) else token
        told = token.tag is Tag.BE and at > 1 and following.tag is Tag.VERB and participle(following.form)
        if told and _event_before(tokens, at):
            continue
        if token.tag is Tag.VERB and at > 1 and tokens[at - 1].tag is Tag.BE and _event_before(tokens, at - 1):
            yield Token(Tag.NOUN, token.lemma, token.form)
            continue
        yield token


def _event_before(tokens: Sequence[Token], at: int) -> bool:
    start = at - 1
    while start > 0 and tokens[start].tag is Tag.NOUN:
        start -= 1
    return start < at - 1 and tokens[start].tag is Tag.LINK and tokens[start].lemma in para.EVENT_LINKS


def _pass(pairs: Sequence[tuple[str, str]], forced: Collection[int]) -> tuple[list[Token], list[int]]:
    tokens: list[Token] = []
    places: list[int] = []
    for at, (canon, form) in enumerate(pairs):
        following = pairs[at + 1] if at + 1 < len(pairs) else ("", "")
        tag = Tag.VERB if at in forced else _closed(canon, form, tokens, following)
        if tag is None and not _silent(canon, form, tokens):
            tag = _open(canon, form, tokens, following)
        if tag is not None:
            tokens.append(Token(tag, "through" if tag is Tag.LINK and form == "using" else family(canon), form))
            places.append(at)
    return tokens, places


def _silent(canon: str, form: str, before: Sequence[Token]) -> bool:
    """`of` between nouns, and the `that` of `we ensure that`."""
    return (canon == "of" or form in para.RELATIVES) and bool(before)


def _rewritten(words: Words) -> list[tuple[str, str]]:
    pairs = [pair for pair in zip(words.canon, words.forms, strict=True) if pair[1] not in para.DROPPED]
    pairs = [_spoken_of(pairs, at) for at in range(len(pairs)) if not _auxiliary(pairs, at)]
    out: list[tuple[str, str]] = []
    at = 0
    while at < len(pairs):
        left = next((rule for rule in _BEGUN.get(pairs[at][0], ()) if _stands(rule[0], pairs, at)), None)
        if left is None:
            out.append(pairs[at])
            at += 1
            continue
        held = dict(pairs[at : at + len(left[0])])
        out.extend((head(word), held.get(head(word), word)) if word[0] != "<" else (word, word) for word in left[1])
        at += len(left[0])
    return out


def normal(words: Words) -> list[tuple[str, str]]:
    """The words as lemmas with their forms, fixed phrases taken to what they say."""
    pairs = _rewritten(words)
    if pairs and pairs[0][0] == "as":
        pairs[0] = ("for", "for")
    return [(family(canon), form) for canon, form in pairs]


def _spoken_of(pairs: Sequence[tuple[str, str]], at: int) -> tuple[str, str]:
    """`is provided` is the verb; elsewhere `provided` opens a condition."""
    canon, form = pairs[at]
    verb = form == "provided" and any(before == lex.BE for before, _ in pairs[max(0, at - 2) : at])
    return (head("provide"), form) if verb else (canon, form)


def _auxiliary(pairs: Sequence[tuple[str, str]], at: int) -> bool:
    """The `have` of `have collected` and `has been collected`."""
    if pairs[at][0] != "have":
        return False
    rest = (pair for pair in pairs[at + 1 : at + 4] if not pair[1].endswith("ly"))
    following = next(rest, ("", ""))
    return following[0] == lex.BE or (participle(following[1]) and at > 0 and not _modifies(pairs, at))


def _modifies(pairs: Sequence[tuple[str, str]], at: int) -> bool:
    """`have encrypted backups`: a participle before a noun belongs to what is had."""
    after = pairs[at + 2] if at + 2 < len(pairs) else ("", "")
    return after[0] not in _ENDS and pairs[at + 1][0] not in _VERBS


def _stands(phrase: Sequence[str], pairs: Sequence[tuple[str, str]], at: int) -> bool:
    if tuple(canon for canon, _ in pairs[at : at + len(phrase)]) != tuple(phrase):
        return False
    # `if you are a client` is `for clients`; `if you are affected` is not.
    return phrase[-1] != lex.BE or not participle(pairs[at + len(phrase)][1] if at + len(phrase) < len(pairs) else "ed")


def participle(form: str) -> bool:
    return form.endswith("ed") or form in lex.IRREGULAR_PARTICIPLES


def _closed(canon: str, form: str, before: Sequence[Token], following: tuple[str, str]) -> Tag | None:
    if canon in _FIXED:
        return _FIXED[canon]
    if form in para.RELATIVES:
        return Tag.RELATIVE if before and before[-1].tag in {Tag.NOUN, Tag.JOINT} else None
    if canon == "while":
        return Tag.LINK if following[1].endswith("ing") else Tag.JOINT
    if form in para.ADVERBS or (form.endswith("ly") and form not in para.NOT_ADVERBS):
        return Tag.ADVERB
    return Tag.LINK if _links(canon, form, before) else None


def _links(canon: str, form: str, before: Sequence[Token]) -> bool:
    """A preposition; `using` after a noun; `of` but where it joins two nouns to one."""
    noun = bool(before) and before[-1].tag is Tag.NOUN
    if form == "using":
        return noun or (bool(before) and before[-1].lemma == ",")
    if canon == "of":
        return not noun or before[-1].lemma in {lex.ORG, lex.YOU}
    return canon in _PREPOSITIONS


def _open(canon: str, form: str, before: Sequence[Token], following: tuple[str, str]) -> Tag:
    last = next((token for token in reversed(before) if token.tag is not Tag.ADVERB), None)
    if last is None:
        return Tag.NOUN
    after_be = last.tag is Tag.BE or (last.tag is Tag.NOT and len(before) > 1 and before[-2].tag is Tag.BE)
    if after_be or last.tag is Tag.MODAL:
        return Tag.VERB
    if last.tag is Tag.RELATIVE and (last.form == "who" or following[0] in _PREPOSITIONS):
        return Tag.NOUN if canon in {lex.ORG, lex.YOU} else Tag.VERB
    known = (canon in _VERBS and not _nominal(form)) or canon == "have"
    return Tag.VERB if known and _takes_verb(last, canon, form, before, following) else Tag.NOUN


def _takes_verb(last: Token, canon: str, form: str, before: Sequence[Token], following: tuple[str, str]) -> bool:
    """Whether a word that can be a verb is one after `last`."""
    gerund = form.endswith("ing")
    if last.tag is Tag.LINK:
        ends = following[0] in _ENDS
        return (last.lemma == "to" and not _shape(form)) or (gerund and not ends)
    if last.tag is Tag.JOINT:
        return _coordinated(canon, form, before, following)
    if last.tag is Tag.NOUN and last.lemma in {lex.ORG, lex.YOU}:
        return not gerund
    if last.tag is Tag.NOUN:
        addressed = _shape(form) == "s" and following[0] in {lex.ORG, lex.YOU} and not _spoken(before)
        return addressed or (last.lemma in PERSONS and gerund)
    helped = last.tag is Tag.VERB and (last.lemma in {"help", "allow"} or (last.lemma == "have" and participle(form)))
    return helped or last.tag in {Tag.NOT, Tag.RELATIVE} or (last.tag is Tag.SUBORDINATOR and gerund)


def _spoken(before: Sequence[Token]) -> bool:
    return any(token.tag in {Tag.VERB, Tag.BE, Tag.MODAL} for token in before)


def _nominal(form: str) -> bool:
    return form.endswith(_NOMINAL) and form not in _VERB_FORMS


def _coordinated(canon: str, form: str, before: Sequence[Token], following: tuple[str, str]) -> bool:
    """After `and`, `or` or a comma: a verb where an earlier verb of the same form is."""
    earlier = next((token for token in reversed(before) if token.tag is Tag.VERB), None)
    if earlier is None or _shape(earlier.form) != _shape(form):
        return False
    joints = 2 if len(before) > 1 and before[-2].tag is Tag.JOINT else 1
    if len(before) > joints and before[-joints - 1].tag is Tag.VERB:
        return True
    ends = following[0] in _ENDS
    if _shape(form) == "ed":
        return ends
    if family(canon) in _NOUN_FAMILIES:
        return not ends and (before[-1].lemma != "," or canon not in _LISTED)
    return following[0] not in {"", "and", "or"}


def _shape(form: str) -> str:
    if form.endswith("ing"):
        return "ing"
    if participle(form):
        return "ed"
    return "s" if form.endswith("s") and not form.endswith("ss") else ""


def _missing(tokens: Sequence[Token]) -> int | None:
    for start, end in _stretches(tokens):
        if not any(tokens[at].tag is Tag.VERB and not _infinite(tokens, at) for at in range(start, end)):
            at = _likeliest(tokens, start, end)
            if at is not None:
                return at
    return None


def _infinite(tokens: Sequence[Token], at: int) -> bool:
    """After `to`, a preposition or inside a relative: no finite verb of the stretch."""
    before = at - 1
    while before >= 0 and tokens[before].tag is Tag.ADVERB:
        before -= 1
    return before >= 0 and tokens[before].tag in {Tag.LINK, Tag.JOINT}


def _stretches(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    starts = [0, *(at + 1 for at, token in enumerate(tokens) if token.tag in {Tag.SUBORDINATOR, Tag.RELATIVE})]
    return list(zip(starts, [*(start - 1 for start in starts[1:]), len(tokens)], strict=True))


def _likeliest(tokens: Sequence[Token], start: int, end: int) -> int | None:
    if start < end and tokens[start].tag is Tag.LINK:
        commas = [at for at in range(start, end) if tokens[at].lemma == ","]
        if not commas:
            return None
        start = commas[-1] + 1
    found = [at for at in range(start + 1, end) if _could_be(tokens, at)]
    sure = [at for at in found if tokens[at].lemma not in _NOUN_FAMILIES]
    return next(iter(sure or found), None)


_NOUN_FAMILIES = frozenset(family(verb) for verb in heads(para.NOUN_VERBS))


def _could_be(tokens: Sequence[Token], at: int) -> bool:
    token, before = tokens[at], tokens[at - 1]
    if token.tag is not Tag.NOUN or (token.lemma not in _FAMILY_VERBS and token.form not in {"has", "have"}):
        return False
    if token.form.endswith("ing") or _nominal(token.form) or participle(token.form):
        return False
    return before.tag in {Tag.NOUN, Tag.ADVERB, Tag.RELATIVE} and before.lemma not in {lex.ORGS, lex.YOUR}
