"""Whether a sentence that keeps its clauses' words in their order leaves each small word that decides where it stood.

Where the words are the clause's own, one small word makes the lie: a `not`, a `must`, an `after`. The shapes and the
matching read such a sentence by its parts and may lose a word that no part has room for; here its place is looked at.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.answering.grounding.matching.closed import ADVERBS, MODALS, NARROWING, NOT_ADVERBS, listed
from assistant.answering.grounding.matching.linking import corresponding
from assistant.answering.grounding.matching.vocabulary import same, verb_kind
from assistant.answering.grounding.matching.wording import words

_PAIR = 2
_PERSONS = (listed("we us"), listed("you"))
_DENYING = listed("not never no nor neither nobody nothing without")
_TURNING = listed(
    "before after until during since unless if when while although though because outside within otherwise"
)
_JOINING = listed("and or but")
_HARMLESS = listed("also there")
_STANDING = {
    "not": _DENYING | listed("unless until before only"),
    "never": _DENYING,
    "no": _DENYING | listed("any"),
    "without": _DENYING | listed("unless"),
    "after": listed("of upon on"),
    "unless": _DENYING | listed("except"),
}
_ABLE = listed("may can might could")
_BOUND = listed("must need require have oblige")


def keeps(sentence: str, clauses: Sequence[str], names: Sequence[str]) -> bool:
    """True as well of a sentence that changes more than one thing: what it says is for the others to judge."""
    said = [word.base for word in words(sentence, names)]
    source = [word.base for text in clauses for word in words(text, names)]
    steps = SequenceMatcher(None, source, said, autojunk=False).get_opcodes()
    changes = [(source[start:stop], said[begin:end]) for step, start, stop, begin, end in steps if step != "equal"]
    if _one_moved(changes):
        return not any(word in _DENYING | MODALS for gone, _ in changes for word in gone)
    if len(changes) != 1:
        return True
    gone, new = changes[0]
    if not new and len(gone) == 1 and gone[0] in _TURNING | NARROWING:
        return False
    return all(_licensed(word, gone) for word in new) and all(_licensed(word, new) for word in gone if word in _DENYING)


def _one_moved(changes: Sequence[tuple[Sequence[str], Sequence[str]]]) -> bool:
    """Whether one word alone stands elsewhere."""
    return (
        len(changes) == _PAIR
        and sorted(len(gone) - len(new) for gone, new in changes) == [-1, 1]
        and (changes[0][0] == changes[1][1] if changes[0][0] else changes[0][1] == changes[1][0])
    )


def _licensed(word: str, gone: Sequence[str]) -> bool:
    """Whether a word may stand there: it decides nothing, or stands for one that stood there."""
    if word in _HARMLESS or word in gone:
        return True
    if word == "will":
        return not any(other in MODALS for other in gone)
    own = next((persons for persons in _PERSONS if word in persons), None)
    if own is not None:
        return not any(other in persons for persons in _PERSONS if persons is not own for other in gone)
    if word in _JOINING:
        return not any(other in _JOINING for other in gone)
    return not _decides(word) or any(_stands(word, other) for other in gone)


def _decides(word: str) -> bool:
    return _adverb(word) or word in MODALS | _DENYING | _TURNING


def _adverb(word: str) -> bool:
    return word in ADVERBS - _DENYING or (word.endswith("ly") and word not in NOT_ADVERBS and verb_kind(word) is None)


def _stands(word: str, other: str) -> bool:
    if word in MODALS:
        return (word in _ABLE and other in _ABLE | {"right"}) or (word == "must" and other in _BOUND)
    return other in _STANDING.get(word, ()) or same(word, other) or corresponding(word, other)
