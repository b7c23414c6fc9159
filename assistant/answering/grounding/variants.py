"""The ways in which one clause may be said without saying anything else. Knows no clause by name.

Active or passive, an adjunct in front or behind, one of two joined statements.
"""

from collections.abc import Iterator
from itertools import islice

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.matching import Pattern
from assistant.answering.grounding.structure import front, is_participle, pattern, predicates, restricted
from assistant.answering.grounding.words import VERB_STEMS, Words, of

_MOST = 48
_AUXILIARY = lex.MODALS | {lex.NOT}


def patterns(words: Words) -> Iterator[Pattern]:
    """Every pattern that a sentence resting on this clause may follow; the clause's own order comes first."""
    for statement, whole in _statements(words):
        loose = not restricted(statement)
        for spans in islice(_placed(statement, whole=whole), _MOST):
            yield tuple(node for span in spans for node in pattern(span, loose=loose))


def _statements(words: Words) -> Iterator[tuple[Words, bool]]:
    """The clause; and, of two full statements joined by `and` with nothing in front, each of them."""
    yield words, True
    if front(words):
        return
    for at in range(1, len(words) - 2):
        joined = words.canon[at - 1] == "," and words.canon[at] == "and" and words.canon[at + 1] in {lex.ORG, lex.YOU}
        if joined:
            yield words[: at - 1], False
            yield words[at + 1 :], False


def _placed(words: Words, *, whole: bool) -> Iterator[tuple[Words, ...]]:
    begin = front(words)
    opening, main = words[:begin], words[begin:]
    for voiced in _voices(main):
        yield opening, voiced
        if begin:
            yield voiced, opening
            yield from ((voiced[:at], opening, voiced[at:]) for at, _ in _movable(voiced))
        elif whole or "," not in main.canon:
            yield from ((voiced[at:end], voiced[:at], voiced[end:]) for at, end in _movable(voiced))


def _movable(words: Words) -> Iterator[tuple[int, int]]:
    """Where an adjunct begins and ends that speaks of the one predicate there is."""
    joined = predicates(words)
    starts = [at for at in range(2, len(words)) if _adjunct(words, at)]
    for at in starts:
        if not joined or joined[0] > at:
            yield at, len(words)
        end = next(
            (stop for stop in range(at + 1, len(words)) if _adjunct(words, stop) or words.canon[stop] == lex.SUCH_AS),
            None,
        )
        if end and (not joined or joined[0] > end):
            yield at, end


def _adjunct(words: Words, at: int) -> bool:
    return words.canon[at] in lex.MOVABLE and (words.canon[at] != "to" or _purpose(words, at))


def _purpose(words: Words, at: int) -> bool:
    return at + 1 < len(words) and words.canon[at + 1] in VERB_STEMS


def _voices(words: Words) -> Iterator[Words]:
    yield words
    yield from _passive(words)
    yield from _active(words)


def _passive(words: Words) -> Iterator[Words]:
    """`we may collect X from Y` -> `X may be collected from Y`; a reader who acts must be named."""
    if not words.canon or words.canon[0] not in {lex.ORG, lex.YOU}:
        return
    at = _past_auxiliaries(words, 1)
    verbs = _verb_span(words, at)
    if verbs is None:
        return
    agent = of("by", words.canon[0])
    for end in _object_ends(words, verbs):
        thing, rest = words[verbs:end], words[end:]
        passive = thing + _with_be(words[1:at]) + words[at:verbs]
        if words.canon[0] == lex.ORG:
            yield passive + rest
        yield passive + agent + rest


def _past_auxiliaries(words: Words, at: int) -> int:
    while at < len(words) and (words.canon[at] in _AUXILIARY or words.forms[at].endswith("ly")):
        at += 1
    return at


def _verb_span(words: Words, at: int) -> int | None:
    """Where the verb, or a list of single verbs, ends; None where no object follows."""
    if at >= len(words) or words.canon[at] in lex.PREPOSITIONS | {lex.BE, "have"}:
        return None
    end = at + 1
    while end + 1 < len(words) and (words.canon[end] in {",", "and", "or"}):
        step = 2 if words.canon[end + 1] in {"and", "or"} else 1
        if end + step >= len(words) or words.canon[end + step] not in VERB_STEMS:
            break
        end += step + 1
    follows = words.canon[end : end + 1]
    return end if follows and follows[0] not in lex.PREPOSITIONS and follows[0] not in {",", "and", "or"} else None


def _object_ends(words: Words, start: int) -> list[int]:
    """Where the object may end: before each preposition up to the first that opens a part of its own."""
    ends = []
    for at in range(start + 1, len(words)):
        word = words.canon[at]
        if word in lex.PREPOSITIONS and words.canon[at - 1] not in {"and", "or"}:
            ends.append(at)
            if word != "of" and (word in lex.MOVABLE or word == lex.SUCH_AS):
                break
        if word in {lex.ORG, lex.YOU, lex.BE} | lex.MODALS:
            break
    else:
        ends.append(len(words))
    return ends[:4]


def _with_be(auxiliaries: Words) -> Words:
    """`may not` -> `may not be`; `not` -> `be not`; adverbs follow."""
    modal = bool(auxiliaries.canon) and auxiliaries.canon[0] in lex.MODALS
    cut = sum(word in _AUXILIARY for word in auxiliaries.canon) if modal else 0
    return auxiliaries[:cut] + of(lex.BE) + auxiliaries[cut:]


def _active(words: Words) -> Iterator[Words]:
    """`X may be kept for Y` -> `we may keep X for Y`, where no other agent is named."""
    if lex.BE not in words.canon:
        return
    be = words.canon.index(lex.BE)
    begin = be
    while begin and words.canon[begin - 1] in lex.MODALS | {lex.NOT}:
        begin -= 1
    thing = words[:begin]
    if not len(thing) or lex.ORG in thing.canon or "when" in thing.canon:
        return
    at = _past_auxiliaries(words, be + 1)
    if at >= len(words) or not is_participle(words, at) or words.canon[at] not in VERB_STEMS:
        return
    end = at + 1
    pair = words.canon[end : end + 1] == ("and",) and end + 1 < len(words) and is_participle(words, end + 1)
    end = end + 2 if pair else end
    if words.canon[end : end + 1] == ("by",) or _object_like(words, end):
        return
    spoken = Words(
        (canon, canon if canon in VERB_STEMS else form)
        for canon, form in zip(words.canon[at:end], words.forms[at:end], strict=True)
    )
    yield of(lex.ORG) + words[begin:be] + words[be + 1 : at] + spoken + thing + words[end:]


def _object_like(words: Words, at: int) -> bool:
    return at < len(words) and words.canon[at] not in lex.PREPOSITIONS and words.canon[at] != ","
