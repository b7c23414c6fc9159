"""Questions about one frame of a clause: what it hangs on, whether it lets or asks, whether its purpose confines it."""

from collections.abc import Collection, Iterator, Sequence

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.frames import Frame, Item
from assistant.answering.grounding.groups import OWNERS, verb_class
from assistant.answering.grounding.tagging import Tag, Token, family
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


def parties_act(said: Sequence[Token], frames: Sequence[Frame]) -> bool:
    """Whether the organisation or the reader, right before a verb, is who does that in the clause."""
    for at, token in enumerate(said):
        rest = [other for other in said[at + 1 : at + 4] if other.tag not in {Tag.MODAL, Tag.ADVERB, Tag.NOT}]
        if token.lemma not in {lex.ORG, lex.YOU} or not rest or rest[0].tag is not Tag.VERB:
            continue
        deed = verb_class(rest[0].lemma)
        doing = (frame for frame in frames if deed in map(verb_class, frame.verbs))
        if not any((token.lemma,) in doers(frame) for frame in doing):
            return False
    return True


def doers(frame: Frame) -> list[Item]:
    """Who does it: who is named, or who does what it hangs on, or the organisation."""
    if frame.subject.items:
        return frame.subject.items
    if frame.parent is None or let(frame) is not None:
        return [(lex.ORG,)]
    return frame.parent.subject.items or [(lex.ORG,)]


def occasion_moved(frames: Sequence[Frame], told: Collection[Frame], words: frozenset[str]) -> bool:
    """Whether the occasion of a deed left out is told of another: `where possible`."""
    others = (frame for frame in frames if frame not in told)
    occasions = (nouns for frame in others for link, nouns in frame.adjuncts if link in {"when", "where"})
    return any(flat(item) <= words for nouns in occasions for item in nouns.items)
