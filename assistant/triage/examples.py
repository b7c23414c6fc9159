"""The examples to learn from: the utterances, and the question bank as what asks for nothing but an answer."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.reply import Intent
from assistant.triage.features import clarified, features, plain
from assistant.triage.learning import BANK, Seen
from assistant.triage.lexicon import CONCEPTS, Lexicon
from assistant.triage.rules import Rulebook
from assistant.triage.utterances import FOLDER, Utterance, utterances
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.kept_vectors import kept_vectors

CHAT = {"small_talk": Intent.SMALL_TALK, "off_topic": Intent.OFF_TOPIC}
COMPANY = "[company]"
QUESTIONS = "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Examples:
    """What is learned from, a vector a row; `origin` names the state of utterances, lexicon and bank."""

    seen: tuple[Seen, ...]
    vectors: Vectors
    origin: str


def examples(bank: Path, encoder: Encoder, *, names: Sequence[str], folder: Path = FOLDER) -> Examples:
    """`bank`: a policy's folder with its questions; `names`: how its company is written, the usual form first."""
    questions = _bank(bank)
    told = [replace(each, text=clarified(each.text)) for each in utterances(folder)]
    texts = [each.text.replace(COMPANY, names[0]) for each in told]
    kept = kept_vectors(bank, [each.text for each in questions], encoder=encoder.name)
    left = [each.text for each in questions if each.text not in kept]
    kept |= dict(zip(left, encoder.encode(left), strict=True)) if left else {}
    vectors = np.concatenate([encoder.encode(texts), np.array([kept[each.text] for each in questions])])
    lexicon = Lexicon.load()
    seen = tuple(Seen(each, features(plain(each.text, names), lexicon)) for each in (*told, *questions))
    return Examples(seen, np.asarray(vectors, dtype=np.float32), f"{digest(folder)} {_of_files([bank / QUESTIONS])}")


def _bank(folder: Path) -> list[Utterance]:
    """The bank's questions, less those that want an action too: there the bank only says what answers them."""
    lines = (folder / QUESTIONS).read_text(encoding="utf-8").splitlines()
    raw = [json.loads(line) for line in lines]
    questions = [Utterance(each["q"], CHAT.get(each["kind"], Intent.QUESTION), BANK) for each in raw]
    rulebook = Rulebook.load()
    return [each for each in questions if not any(True for _ in rulebook.firing(each.text))]


def digest(folder: Path = FOLDER) -> str:
    """Changes with the utterances and the lexicon: a model of others does not belong to them."""
    return _of_files((*sorted(folder.glob("*.jsonl")), CONCEPTS))


def _of_files(paths: Sequence[Path]) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)).hexdigest()
