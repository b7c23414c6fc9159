"""Questions about one frame of a clause: what it hangs on, whether it lets or asks, whether its purpose confines it."""

from collections.abc import Iterator, Sequence

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.frames import Frame, Item
from assistant.answering.grounding.groups import OWNERS, verb_class
from assistant.answering.grounding.tagging import family
from assistant.answering.grounding.words import heads

LETS = frozenset(verb_class(family(verb)) for verb in heads({"help", "allow"}))
_CONFINED = frozenset(
    map(
        family,
        heads({"may", "can", "share", "disclose", "transfer", "process", "sell", "right", "must", "require", "ask"}),
    )
)


def flat(item: Item) -> frozenset[str]:
    """The words of a noun group, without whose it is."""
    words = {part for word in item if not word.endswith(":") for part in word.split("+")}
    return (
        frozenset(part for word in words for part in word.split(":") if part)
        - OWNERS
        - frozenset({"for", "with", "in", "by", "of", "to"})
    )


def below(frames: Sequence[Frame]) -> Iterator[Frame]:
    for frame in frames:
        yield frame
        yield from below(frame.children)


def above(frame: Frame) -> Iterator[Frame]:
    while frame.parent is not None:
        frame = frame.parent
        yield frame


def let(frame: Frame) -> Frame | None:
    """The frame of `X helps us to ...` that this one hangs on."""
    holder = frame.parent
    lets = holder is not None and bool({verb_class(verb) for verb in holder.verbs} & LETS)
    return holder if frame.link == "to" and lets else None


def asked(frame: Frame) -> bool:
    """One of several questions: `how A, which B and how C`."""
    return any(one.link in {"how", "whether"} for one in (frame, *above(frame)))


def confined(frame: Frame) -> bool:
    words = {*frame.verbs, *(word for item in frame.object.items for word in item)}
    return bool(words & _CONFINED) or lex.NOT in frame.flags
