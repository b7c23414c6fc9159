"""Sentences that go on from the one before: `This is done to ...`, `These include ...`, `It may ...`.

They are read as one sentence with it, so that nothing they leave unsaid goes unchecked. Checks nothing itself.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.tagging import family
from assistant.answering.grounding.verdict import Sentence
from assistant.answering.grounding.words import head, plain

_SUBJECT_END = re.compile(r"\s(?:is|are|may|can|will|was|were|must|should|has|have)\s")
_PRONOUN = re.compile(r"^(?:however, |also, |in addition, )?(?:it|they)\s(?=(?:also\s)?\w)", re.IGNORECASE)
_SUBJECTED = re.compile(r"^(?:this |the |such |your )?(\w+) (?:is|are) subject to ", re.IGNORECASE)


def continued(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """The readings of each sentence, one of which must hold; a continuation is read with the one before."""
    held: tuple[Sentence, ...] = ()
    before: Sentence | None = None
    for sentence in sentences:
        joined = _joined(before, sentence) if before is not None else ()
        if joined:
            held, before = joined, joined[0]
            continue
        if held:
            yield held
        held = (sentence, *_resolved(before, sentence))
        before = held[-1]
    if held:
        yield held


def _joined(before: Sentence, sentence: Sentence) -> tuple[Sentence, ...]:
    if before.clause_ids != sentence.clause_ids or len(sentence.clause_ids) != 1:
        return ()
    said = plain(sentence.text)
    start = said.removeprefix("However, ").replace(" also ", " ", 1)
    first = before.text.rstrip(".")
    for opening, meaning in para.CONTINUATIONS:
        if start.lower().startswith(f"{opening} "):
            rest = start[len(opening) + 1 :]
            texts = (
                [f"{first}{meaning}{rest}", f"{rest.rstrip('.')}, {first}."]
                if meaning == " "
                else [first + meaning + rest]
            )
            return tuple(Sentence(text, before.clause_ids) for text in texts)
    subjected = _SUBJECTED.match(said)
    if subjected is not None and _deed(subjected[1]) in {_deed(word) for word in re.findall(r"\w+", first)}:
        return (Sentence(f"{first}, subject to {said[subjected.end() :]}", before.clause_ids),)
    return ()


def _deed(word: str) -> str:
    return family(head(word.lower()))


def _resolved(before: Sentence | None, sentence: Sentence) -> tuple[Sentence, ...]:
    """`It is also used` with the subject of the sentence before in the place of the pronoun."""
    said = plain(sentence.text)
    pronoun = _PRONOUN.match(said)
    if before is None or pronoun is None:
        return ()
    subject = _SUBJECT_END.split(plain(before.text), maxsplit=1)
    if len(subject) == 1 or "," in subject[0] or subject[0].lower() in {"we", "you"}:
        return ()
    return (Sentence(f"{subject[0]} {said[pronoun.end() :]}", sentence.clause_ids),)
