"""The noun lists inside one part of a clause: which items may be left out or change places.

Where the beginning of the first item or the end of the last is in doubt, that item stays where it is.
"""

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.matching import Items, Maybe, Node, Pattern
from assistant.answering.grounding.words import VERB_STEMS, Words, heads

_PREDICATES = heads(lex.PREDICATES)
_CONJUNCTIONS = frozenset({"and", "or"})
_SUBJECTS = frozenset({lex.ORG, lex.YOU, lex.BE, lex.NOT}) | lex.MODALS
# A tail that begins so belongs to the last item before it and would cling to another one.
_CLINGS = frozenset({"of", "to", "for", "from", "upon", lex.ABOUT})
_LEAVES_ALTERNATIVES = frozenset({"when", "for", "in", lex.SUCH_AS})
_TAKES_ALL = frozenset(
    {"unless", "except", "subject", "with", "without", "until", "while", "though", "although", "but", "after", "before",
     "under", "upon", "within", "where", "during", "provided", "only", "once", lex.COMPLY}
)  # fmt: skip


def shorten(words: Words, *, loose: bool, alternatives: bool) -> Pattern:
    """The pattern of one part, its lists in it."""
    lead = words.canon[0] if words.canon else ""
    either = loose and lead not in _TAKES_ALL and (alternatives or lead in _LEAVES_ALTERNATIVES)
    may_drop = loose and lead not in _TAKES_ALL and lead != "when"
    commas = [at for at, word in enumerate(words.canon) if word == ","]
    close = next((at for at in commas if words.canon[at + 1 : at + 2] and words.canon[at + 1] in _CONJUNCTIONS), None)
    if close is None:
        return _pairs(words, loose=may_drop, either=either)
    parts = _parts(words, [at for at in commas if at <= close])
    conjunction = words.canon[close + 1]
    droppable = may_drop if conjunction == "and" else either
    return _series(words, parts, conjunction, droppable=droppable, either=either)


def _parts(words: Words, commas: list[int]) -> list[Words]:
    starts = [0, *(at + 1 for at in commas)]
    ends = [*commas, len(words)]
    parts = [words[start:end] for start, end in zip(starts, ends, strict=True)]
    return [*parts[:-1], parts[-1][1:]]


def _series(words: Words, parts: list[Words], conjunction: str, *, droppable: bool, either: bool) -> Pattern:
    if len(parts) == 1 or any(not len(part) or part.canon[0] in _SUBJECTS for part in parts[1:]):
        return _literal(words)
    nested = any(_has_boundary(part) for part in parts[1:-1])
    begin = _item_start(parts[0])
    first = parts[0][begin:]
    if not len(first):
        return _literal(words)
    finish = len(parts[-1]) if nested else _item_end(parts[-1])
    last, rest = parts[-1][:finish], parts[-1][finish:]
    items = [first, *parts[1:-1], last]
    sure = not nested and not _shared_noun(items)
    inner = tuple(_pairs(item, loose=droppable, either=either) for item in items)
    if not droppable:
        needed = frozenset(range(len(items)))
    else:
        needed = frozenset() if sure else frozenset({0, len(items) - 1} if _shared_noun(items) else {0})
    if _shared_noun(items):
        needed = frozenset(range(len(items)))
    elif rest.canon[:1] and rest.canon[0] in _CLINGS:
        needed |= {len(items) - 1}
    listed = Items(inner, conjunction, needed, free=sure)
    return (*_literal(parts[0][:begin]), listed, *_pairs(rest, loose=droppable, either=either))


def _has_boundary(words: Words) -> bool:
    return any(word in lex.PREPOSITIONS for word in words.canon)


def _stops(words: Words, at: int) -> bool:
    word = words.canon[at]
    verb = word in VERB_STEMS and (at > 0 or word in _PREDICATES) and not words.forms[at].endswith("ing")
    return (
        word in lex.PREPOSITIONS
        or word in lex.MODALS
        or word in {lex.BE, lex.NOT, lex.ORG, lex.ORGS, lex.YOU, lex.YOUR, "have"}
        or verb
    )


def _item_start(words: Words) -> int:
    """Just after the last word that cannot be inside an item."""
    return next((at + 1 for at in range(len(words) - 2, -1, -1) if _stops(words, at) or _includes(words, at)), 0)


def _includes(words: Words, at: int) -> bool:
    return words.forms[at] in {"includes", "include", "cover", "covers", "contain", "contains", "comprises", "comprise"}


def _item_end(words: Words) -> int:
    return next((at for at in range(1, len(words)) if _ends_item(words, at)), len(words))


def _ends_item(words: Words, at: int) -> bool:
    word = words.canon[at]
    return (
        word in lex.PREPOSITIONS
        or word in lex.MODALS
        or word in {lex.BE, lex.NOT, lex.ORG, lex.YOU, ","}
        or word in lex.PREDICATES
    )


def _shared_noun(items: list[Words]) -> bool:
    """Modifiers of one noun (`legal, fiscal and contractual duties`): taking one away would move the others."""
    if not all(len(item) == 1 for item in items[:-1]) or len(items[-1]) == 1:
        return False
    return any(item.forms[0].endswith(lex.ADJECTIVE_ENDINGS) for item in items[:-1])


def _pairs(words: Words, *, loose: bool, either: bool) -> Pattern:
    """`A and B` inside a part without a longer list, and the next such pair after it."""
    join = next((at for at, word in enumerate(words.canon) if word in _CONJUNCTIONS), 0)
    if not 0 < join < len(words) - 1:
        return _literal(words)
    left, right = words[:join], words[join + 1 :]
    begin, finish = _item_start(left), _item_end(right)
    first, second, rest = left[begin:], right[:finish], right[finish:]
    droppable = loose if words.canon[join] == "and" else either
    if not _alike(first, second):
        return (*_literal(words[: join + 1]), *_pairs(right, loose=loose, either=either))
    clings = bool(len(rest)) and rest.canon[0] in _CLINGS
    shared = {1} if clings or len(second) > len(first) else set[int]()  # the noun may stand in the second only
    needed = frozenset(shared if droppable else {0, 1})
    pair = Items((_literal(first), _literal(second)), words.canon[join], needed, free=True)
    return (*_literal(left[:begin]), pair, *_pairs(rest, loose=loose, either=either))


def _alike(first: Words, second: Words) -> bool:
    """Both whole noun groups; a lone modifier before the noun of the second is not one."""
    if not len(first) or not len(second) or "," in first.canon or _CONJUNCTIONS & {*first.canon, *second.canon}:
        return False
    return (len(first) == 1) == (len(second) == 1)


def _literal(words: Words) -> Pattern:
    nodes: list[Node] = []
    for word, form in zip(words.canon, words.forms, strict=True):
        nodes.append(Maybe((word,)) if form in lex.PRAISE else word)
    return tuple(nodes)
