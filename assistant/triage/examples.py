"""The examples to learn from: the utterances, and the banks of questions as what asks for nothing but an answer."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.reply import Intent
from assistant.triage.features import clarified, features, plain
from assistant.triage.learning import BANK, ORGANISATIONS, Seen
from assistant.triage.lexicon import CONCEPTS, Lexicon
from assistant.triage.rules import Rulebook
from assistant.triage.utterances import FOLDER, Utterance, utterances
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.kept_vectors import kept_vectors
from knowledge.training.lessons import POLICIES, QUESTIONS, Lesson, invented_lessons, shipped_lesson

CHAT = {"small_talk": Intent.SMALL_TALK, "off_topic": Intent.OFF_TOPIC}
COMPANY = "[company]"
# Of the invented organisations' questions every sixth is learned from: the kernel grows with their square.
OF_ORGANISATIONS = 6


@dataclass(frozen=True, slots=True)
class Examples:
    """What is learned from, a vector a row; `origin` names the state of utterances, lexicon and bank."""

    seen: tuple[Seen, ...]
    vectors: Vectors
    origin: str


def examples(bank: Path, encoder: Encoder, *, names: Sequence[str], folder: Path = FOLDER) -> Examples:
    """`bank`: a policy's folder with its questions; `names`: how its company is written, the usual form first."""
    rulebook, lexicon = Rulebook.load(), Lexicon.load()
    told = [Seen(each, features(plain(each.text, names), lexicon)) for each in map(_clear, utterances(folder))]
    for lesson, hand, company in _lessons(bank, names):
        asked = (_clear(Utterance(each.text, CHAT.get(each.kind, Intent.QUESTION), hand)) for each in lesson.questions)
        for each in asked:
            text = plain(each.text, company)
            # Some want an action too: there the bank only says what answers them.
            if not any(True for _ in rulebook.firing(text)):
                told.append(Seen(each, features(text, lexicon)))
    return Examples(tuple(told), _vectors(bank, encoder, told, names[0]), f"{digest(folder)} {_banks(bank)}")


def _lessons(bank: Path, names: Sequence[str]) -> Iterator[tuple[Lesson, str, Sequence[str]]]:
    """Each bank of questions, what it is called as a hand, and how its company is written."""
    yield shipped_lesson(bank), BANK, names
    for lesson in invented_lessons():
        some = replace(lesson, questions=lesson.questions[::OF_ORGANISATIONS])
        yield some, ORGANISATIONS, (lesson.name.capitalize(), lesson.name)


def _clear(each: Utterance) -> Utterance:
    return replace(each, text=clarified(each.text))


def _vectors(bank: Path, encoder: Encoder, told: Sequence[Seen], company: str) -> Vectors:
    """Those of the bank's questions are kept with it."""
    texts = [each.utterance.text.replace(COMPANY, company) for each in told]
    kept = kept_vectors(bank, texts, encoder=encoder.name)
    left = [text for text in dict.fromkeys(texts) if text not in kept]
    kept |= dict(zip(left, encoder.encode(left), strict=True)) if left else {}
    return np.array([kept[text] for text in texts], dtype=np.float32)


def _banks(bank: Path) -> str:
    return _of_files([bank / QUESTIONS, *sorted(POLICIES.glob(f"*/{QUESTIONS}"))])


def digest(folder: Path = FOLDER) -> str:
    """Changes with the utterances and the lexicon: a model of others does not belong to them."""
    return _of_files((*sorted(folder.glob("*.jsonl")), CONCEPTS))


def _of_files(paths: Sequence[Path]) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)).hexdigest()
