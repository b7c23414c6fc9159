"""The trained model: a message's features and vector -> one score a label. Serving needs numpy alone.

A score is about 1 where the label holds and about 0 where not; `learning.py` makes the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from assistant.errors import AssistantError
from assistant.triage.features import Features
from assistant.triage.vocabulary import Vocabulary
from knowledge.encoder.protocol import Vectors

FILE = Path(__file__).parent / "model.npz"
# How much each kind of feature counts, and the nearness of the encoder's vectors beside them.
SHARES: Mapping[str, float] = {"letters": 0.2, "words": 0.2, "concepts": 0.2}
MEANING = 0.5
WIDTH = 0.3
_LARGEST = np.iinfo(np.int8).max
# Columns of labels that are scored without the vector stand after this mark.
LEXICAL = "lexical:"


class DamagedModel(AssistantError):
    """The triage model is missing or unreadable."""

    def __init__(self) -> None:
        super().__init__(
            "The triage model cannot be read: reinstall the package, or run `python -m assistant.triage.train`."
        )


def nearness(vectors: Vectors, others: Vectors) -> Vectors:
    """A bell around each vector: MEANING where two mean the same, next to nothing where they share no meaning."""
    near: Vectors = MEANING * np.exp((vectors @ others.T - 1) / WIDTH)
    return near


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of feature: `weights` has a row a feature and a column a label, in steps of `step`, one a label."""

    vocabulary: Vocabulary
    weights: NDArray[np.int8]
    step: Vectors

    @classmethod
    def of(cls, vocabulary: Vocabulary, weights: Vectors) -> Self:
        step = np.maximum(np.abs(weights).max(axis=0, initial=0), np.finfo(np.float32).tiny) / _LARGEST
        return cls(vocabulary, np.round(weights / step).astype(np.int8), step.astype(np.float32))

    def score(self, names: Iterable[str]) -> Vectors:
        known = self.vocabulary.weigh(names)
        scored: Vectors = (known.weights @ self.weights[known.columns].astype(np.float32)) * self.step
        return scored


@dataclass(frozen=True, slots=True)
class Model:
    """`encoder` names the weights that the vectors must come from; `origin` is the digest of what it learned from.

    Vectors are compared in the `directions` (dimensions, directions) that hold most of those that it learned from, and
    where they are a little shorter than 1; `landmarks` has one row for each of these.
    """

    encoder: str
    origin: str
    labels: tuple[str, ...]
    directions: Vectors
    landmarks: Vectors
    votes: Vectors
    groups: Mapping[str, Group]

    def worded(self, features: Features) -> Vectors:
        """What the words alone give each label."""
        total = np.zeros(len(self.labels), dtype=np.float32)
        for name, group in self.groups.items():
            total += group.score(getattr(features, name))
        return total

    def scores(self, worded: Vectors, vector: Vectors | None) -> dict[str, float]:
        """One score a label; without a vector only the lexical labels mean anything."""
        total = worded
        if vector is not None:
            total = worded + nearness(self.landmarks, vector @ self.directions) @ self.votes
        return dict(zip(self.labels, total.tolist(), strict=True))

    def save(self, path: Path = FILE) -> None:
        arrays: dict[str, NDArray[np.generic]] = {
            "encoder": np.array(self.encoder),
            "origin": np.array(self.origin),
            "labels": np.array(self.labels),
            "directions": self.directions.astype(np.float16),
            "landmarks": self.landmarks.astype(np.float16),
            "votes": self.votes.astype(np.float16),
        }
        for name, group in self.groups.items():
            parts = {**group.vocabulary.arrays(), "weights": group.weights, "step": group.step}
            arrays |= {f"{name}.{key}": value for key, value in parts.items()}
        np.savez_compressed(path, **arrays)  # type: ignore[arg-type] # its own switch is typed as one of the arrays


def load_model(path: Path = FILE) -> Model:
    """DamagedModel where the file is missing or cannot be read."""
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        return _model(arrays)
    except (OSError, EOFError, ValueError, LookupError, BadZipFile) as error:
        raise DamagedModel from error


def _model(arrays: Mapping[str, NDArray[np.generic]]) -> Model:
    groups = {}
    for name in SHARES:
        parts = {key: arrays[f"{name}.{key}"] for key in ("names", "rarity", "weights", "step")}
        vocabulary = Vocabulary.from_arrays(parts)
        groups[name] = Group(vocabulary, parts["weights"].astype(np.int8), parts["step"].astype(np.float32))
    return Model(
        encoder=str(arrays["encoder"]),
        origin=str(arrays["origin"]),
        labels=tuple(str(label) for label in arrays["labels"]),
        directions=arrays["directions"].astype(np.float32),
        landmarks=arrays["landmarks"].astype(np.float32),
        votes=arrays["votes"].astype(np.float32),
        groups=groups,
    )
