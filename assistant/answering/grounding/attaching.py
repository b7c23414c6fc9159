"""Where a part of a sentence may hang: the reader of frames takes the nearest verb, which is one way of reading it.

Yields the readings in place, one after the other; the frames are as they were when all are taken.
"""

from collections.abc import Iterator, Sequence

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.frames import Frame, Nouns
from assistant.answering.grounding.tagging import PERSONS

_TWO = 2  # frames: a number has one other verb to go to, and the clause must say it there
_MOVING = frozenset({"to", "when", "unless", "where"})


def moved(roots: Sequence[Frame]) -> Iterator[None]:
    """As read; then with one link or one lower statement hung on another verb of the same single statement."""
    yield
    if len(roots) != 1:
        return
    frames = list(_below(roots[0]))
    for frame in frames:
        yield from _means_told(frame)
    for frame in frames:
        for other in frames:
            if other is not frame:
                yield from _adjunct_moved(frame, other, sure=len(frames) == _TWO)
                yield from _child_moved(frame, other)


def _below(frame: Frame) -> Iterator[Frame]:
    yield frame
    for child in frame.children:
        yield from _below(child)


def _means_told(frame: Frame) -> Iterator[None]:
    """`you are told by email`: a passive's `by` names a means where it names no party."""
    parties = PERSONS | {lex.ORG, lex.YOU}
    if not frame.passive or not frame.subject.items or any(set(item) & parties for item in frame.subject.items):
        return
    means, frame.subject = frame.subject, Nouns()
    frame.adjuncts.append(("through", means))
    yield
    frame.adjuncts.pop()
    frame.subject = means


def _adjunct_moved(frame: Frame, other: Frame, *, sure: bool) -> Iterator[None]:
    if not frame.adjuncts:
        return
    link, nouns = frame.adjuncts[-1]
    if not sure and any(mark.isdigit() for item in nouns.items for word in item for mark in word):
        return  # a number stays with the verb it was said of
    frame.adjuncts.pop()
    other.adjuncts.append((link, nouns))
    yield
    other.adjuncts.pop()
    frame.adjuncts.append((link, nouns))


def _child_moved(frame: Frame, other: Frame) -> Iterator[None]:
    """All the lower statements of the last link move together: joined ones share what they hang on."""
    if not frame.children or frame.children[-1].link not in _MOVING:
        return
    link = frame.children[-1].link
    moving = [child for child in frame.children if child.link == link]
    if any(other is below for child in moving for below in _below(child)):
        return
    kept, held = frame.children, other.children
    frame.children = [child for child in kept if child.link != link]
    other.children = [*held, *moving]
    yield
    frame.children, other.children = kept, held
