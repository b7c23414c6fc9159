"""A sentence to the frames of its statements: what stands in front is read last. Compares nothing."""

from collections.abc import Sequence

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.frames import Frame, Unreadable
from assistant.answering.grounding.reading import CLAUSE, VERBAL, Reading
from assistant.answering.grounding.tagging import Tag, Token, tagged
from assistant.answering.grounding.words import Words


def frames(words: Words) -> list[Frame] | None:
    """The main frames of a statement, with the others below them; None where it cannot be read whole."""
    return frames_of(tagged(words))


def frames_of(tagged_words: tuple[Token, ...]) -> list[Frame] | None:
    """The same, of the tokens of the statement."""
    tokens = _contrast_inside(tagged_words)
    try:
        begin = _front(tokens)
        reading = Reading(tokens)
        reading.run(tokens[begin:])
        if begin:
            _attach_front(reading, tokens[: begin - 1] if tokens[begin - 1].lemma == "," else tokens[:begin])
        for frame in reading.frames:
            frame.voiced()
    except Unreadable:
        return None
    roots = [frame for frame in reading.frames if frame.parent is None]
    for root in roots:
        root.bound = reading.contrast or bool(begin)
    if tokens is not tagged_words:
        roots[-1].bound = False  # `while A, B` says B, whatever A
    return roots or None


def _contrast_inside(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """`While A, B` as `A, while B`: what is set against what changes nothing."""
    if not tokens or tokens[0].lemma not in para.CONTRAST or tokens[0].tag is not Tag.JOINT:
        return tokens
    for at, token in enumerate(tokens):
        if token.lemma == "," and _stands_alone(tokens[at + 1 :]):
            return (*tokens[1:at], tokens[0], *tokens[at + 1 :])
    return tokens


def _attach_front(reading: Reading, tokens: Sequence[Token]) -> None:
    mains = [frame for frame in reading.frames if frame.parent is None]
    if not mains:
        raise Unreadable
    reading.current = reading.main = mains[0]
    mains[0].fronted = len(mains[0].adjuncts), len(mains[0].children)
    reading.last, reading.slot, reading.joined = None, "closed", ""
    reading.run(tokens)


def _front(tokens: Sequence[Token]) -> int:
    """Where the main statement begins after an opening adjunct and its comma, or 0."""
    if not tokens or tokens[0].tag not in {Tag.LINK, Tag.SUBORDINATOR}:
        return 0
    for at, token in enumerate(tokens):
        if token.tag is Tag.JOINT and token.lemma == "," and _stands_alone(tokens[at + 1 :]):
            return at + 1
    return next((at for at in range(2, len(tokens) - 1) if _resumed(tokens, at)), 0)


def _resumed(tokens: Sequence[Token], at: int) -> bool:
    """`With this data we can`: the speaker after a noun, and no verb before."""
    if tokens[at].lemma not in {lex.ORG, lex.YOU} or tokens[at - 1].tag is not Tag.NOUN:
        return False
    return tokens[at + 1].tag in VERBAL and not any(token.tag in VERBAL | CLAUSE for token in tokens[:at])


def _stands_alone(rest: Sequence[Token]) -> bool:
    if not rest or rest[0].tag is not Tag.NOUN:
        return False
    for token in rest:
        if token.tag in {Tag.MODAL, Tag.BE, Tag.VERB, Tag.NOT}:
            return True
        if token.tag not in {Tag.NOUN, Tag.ADVERB, Tag.JOINT, Tag.LINK} or token.lemma == ",":
            return False
    return False
