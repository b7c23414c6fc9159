"""A clause's words to a pattern: what must stay, what may be left out, which lists may be shortened.

What it cannot read it keeps word for word: an unknown construction makes the check stricter, never looser.
"""

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.lists import shorten
from assistant.answering.grounding.matching import Items, Maybe, Pattern
from assistant.answering.grounding.words import VERB_STEMS, Words, heads

_FINITE = lex.MODALS | {lex.BE, lex.NOT, lex.ORG, lex.YOU}
_OPENERS = frozenset({lex.ORG, lex.YOU, lex.BE, lex.NOT, "to"}) | lex.MODALS
_STRONG = frozenset({"unless", "subject", "except", "until", "when", "without", "with", "within", "while", "though",
                     "although", "but", "where", "after", "before", "only", "upon", "during", "provided"})  # fmt: skip

# What is done so is done for the purpose named and for no other: the purpose stays.
_CONFINED = heads({"may", "can", "share", "disclose", "transfer", "process", "sell", "right", "must", "require", "ask"})
_LAW = frozenset({"law", "laws", "legal", "regulation", "regulations", "tax", "taxation", "legislation", "statutes"})


def restricted(words: Words) -> bool:
    """Whether something narrows, or two runs of examples could be taken for one: then nothing may be left out."""
    return words.canon.count(lex.SUCH_AS) > 1 or any(word in lex.RESTRICTIVE for word in (*words.canon, *words.forms))


def front(words: Words) -> int:
    """Where the main statement begins: past the comma that closes an opening adjunct, or 0."""
    if not words.canon or words.canon[0] not in lex.PREPOSITIONS:
        return 0
    for at, word in enumerate(words.canon):
        if word != ",":
            continue
        after = words.canon[at + 1 :]
        until = after.index(",") if "," in after else len(after)
        if after[:1] not in {("and",), ("or",)} and any(w in _FINITE for w in after[:until]):
            return at + 1
    return 0


def is_verb(words: Words, at: int) -> bool:
    """Whether the word there is a known verb in a form that a predicate takes."""
    form, canon = words.forms[at], words.canon[at]
    return canon in VERB_STEMS and not form.endswith("ing") and (not form.endswith("s") or form.endswith("ss"))


def is_participle(words: Words, at: int) -> bool:
    form = words.forms[at]
    return form.endswith("ed") or form in lex.IRREGULAR_PARTICIPLES


def predicates(words: Words) -> list[int]:
    """Where coordinated predicates begin, with the first one first; empty if there is one predicate only."""
    starts = [at for at in range(1, len(words)) if _coordinate(words, at)]
    if not starts or not any(words.canon[at - 1] in {"and", "or"} for at in starts):
        return []
    opening = next((at for at in range(starts[0] - 1, 0, -1) if _opens(words, at)), None)
    if opening is None:
        return []
    return [opening, *starts]


def _coordinate(words: Words, at: int) -> bool:
    before = words.canon[at - 1]
    if before not in {"and", "or", ","}:
        return False
    if is_participle(words, at):
        joined = at - 2 if before != "," and words.canon[at - 2] != "," else at - 3
        return lex.BE in words.canon[:at] and joined > 0 and is_participle(words, joined)
    spoken = at + 1 if words.forms[at].endswith("ly") and at + 1 < len(words) else at
    return is_verb(words, spoken)


def _opens(words: Words, at: int) -> bool:
    before = at - 1
    while before > 0 and words.forms[before].endswith("ly"):
        before -= 1
    if words.canon[before] == lex.BE:
        return is_participle(words, at)
    if words.canon[before] == "to":
        return is_verb(words, at)
    return (
        words.canon[before] in _OPENERS and words.canon[at] not in lex.PREPOSITIONS and words.canon[at] not in _OPENERS
    )


def pattern(words: Words, *, loose: bool) -> Pattern:
    """The pattern of a statement. `loose` is false where nothing may be left out."""
    starts = predicates(words)
    if not starts:
        return _segments(words, loose=loose)
    listed = _predicate_list(words, starts, loose=loose)
    opening, purpose = words[: starts[0]], words[starts[0] :]
    if opening.canon[-1] != "to" or not is_verb(words, starts[0]):
        return (*_segments(opening, loose=loose), *listed)
    before = opening[: len(opening) - 1]
    spare = loose and not set(before.canon) & (_CONFINED | {lex.NOT}) and not set(purpose.canon) & _STRONG
    return (*_segments(before, loose=loose), *((Maybe(("to", *listed)),) if spare else ("to", *listed)))


def _predicate_list(words: Words, starts: list[int], *, loose: bool) -> Pattern:
    cut = [_trim(words[start:end]) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]
    conjunction = next(words.canon[at - 1] for at in reversed(starts) if words.canon[at - 1] in {"and", "or"})
    scoped = bool(set(words.canon[: starts[0]]) & _STRONG)  # what a condition joins, it joins for a reason
    droppable = loose and not scoped and (conjunction == "and" or _alternatives(words))
    if _one_object(cut):
        verbs = tuple(part.canon[:1] for part in cut)
        needed = frozenset[int]() if droppable else frozenset(range(len(cut)))
        return (Items(verbs, conjunction, needed, free=True), *_segments(cut[-1][1:], loose=loose))
    items = tuple(
        pattern(item, loose=loose) if index else _segments(item, loose=loose) for index, item in enumerate(cut)
    )
    manner = frozenset({0}) if words.forms[starts[0] - 1].endswith("ly") else frozenset[int]()
    return (Items(items, conjunction, _needed(cut, loose=droppable) | manner, free=False),)


def _one_object(cut: list[Words]) -> bool:
    """`sell, rent, or trade your data`: single verbs that share what follows the last."""
    last = cut[-1].canon
    return all(len(item) == 1 for item in cut[:-1]) and len(last) > 1 and last[1] not in lex.PREPOSITIONS


def _trim(words: Words) -> Words:
    end = len(words)
    while end and words.canon[end - 1] in {",", "and", "or"}:
        end -= 1
    return words[:end]


def _needed(cut: list[Words], *, loose: bool) -> frozenset[int]:
    """Every predicate where nothing may go; the last one where it carries a condition that may be for all of them."""
    if not loose:
        return frozenset(range(len(cut)))
    last = set(cut[-1].canon) & _STRONG
    shared = bool(last) and not any(last <= set(item.canon) for item in cut[:-1])
    one_word = all(len(item) == 1 for item in cut[:-1])
    return frozenset({len(cut) - 1}) if shared and not one_word else frozenset()


def _alternatives(words: Words) -> bool:
    return any(word in {"may", "can", lex.NOT} for word in words.canon)


def _boundaries(words: Words) -> list[int]:
    """Where a part of the statement begins that stands or falls as a whole."""
    found = [0]
    closing = False
    for at in range(1, len(words)):
        word, before = words.canon[at], words.canon[at - 1]
        purpose = word == "to" and at + 1 < len(words) and (is_verb(words, at + 1))
        duration = word == "for" and any(w.isdigit() or w == lex.AT_LEAST for w in words.canon[at + 1 : at + 3])
        if word == "through" and before in {"and", "or"}:
            found.append(at - 1)
        elif (
            word in {lex.SUCH_AS, lex.COMPLY, "through"}
            or word in _STRONG
            or purpose
            or duration
            or (before == "," and (closing or word in _FINITE))
        ):
            found.append(at)
        closing = (
            closing and before != ","
            if before == ","
            else closing or (before in {"and", "or"} and words.canon[at - 2] == ",")
        )
    return found


def _segments(words: Words, *, loose: bool) -> Pattern:
    starts = _boundaries(words)
    ends = [*starts[1:], len(words)]
    nodes: list[str | Maybe | Items] = []
    permitted = _alternatives(words)
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        segment = words[start:end]
        if not len(segment):
            continue
        inner = shorten(segment, loose=loose, alternatives=permitted)
        followed = words.canon[end : end + 1]
        nodes.extend((Maybe(inner),) if index and loose and _spare(segment, words[:start], followed) else inner)
    return tuple(nodes)


def _spare(segment: Words, before: Words, followed: tuple[str, ...]) -> bool:
    """Whether a part only explains: examples, a legal ground, a purpose, a means."""
    lead = segment.canon[0]
    if lead in {"and", "or"}:
        return lead == "and" or _alternatives(before)
    if lead == lex.SUCH_AS:
        return not followed or followed[0] not in _STRONG
    last = not followed or followed[0] in {"to", lex.COMPLY, ","}
    if lex.NOT in before.canon or not last:
        return False
    if lead == "through":
        return lex.ORG in before.canon and not {"or", "for", "under", "when"} & set(segment.canon)
    ground = lead == "to" or (lead == lex.COMPLY and bool(set(segment.forms) & _LAW))
    return ground and not set(before.canon) & _CONFINED
