"""Does this clause answer this question? A model that reads both together, for policies whose bank is small.

The question's tokens go through two layers of their own in which they also look at the clause's tokens, as the encoder
left these; the clause is read once. `knowledge.training.relevance` makes the file.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.encoder.onnx import session
from knowledge.encoder.protocol import Reading, ReadingEncoder, Vectors
from knowledge.errors import KnowledgeError
from knowledge.ranking.terms import Floats

WEIGHTS = Path(__file__).parent / "weights"
# Clauses whose readings are kept, of a tenth of a megabyte each: more than a policy has.
REMEMBERED = 200
FILE, CARD = "relevance.onnx", "relevance.json"

_log = logging.getLogger(__name__)


class DamagedRelevance(KnowledgeError):
    def __init__(self) -> None:
        super().__init__("The relevance model is missing or damaged: reinstall the package.")


@dataclass(frozen=True, slots=True)
class RelevanceCard:
    """relevance.json: the encoder whose readings the model takes, and the SHA-256 of its file."""

    encoder: str
    sha256: str


class Relevance:
    """Safe to call from several threads. The file is read when it is first needed."""

    def __init__(self, encoder: ReadingEncoder, folder: Path = WEIGHTS) -> None:
        self._encoder = encoder
        self._folder = folder
        self._lock = threading.Lock()
        self._readings: dict[str, Reading] = {}

    def usable(self) -> bool:
        """Whether it is whole and was made for this encoder: of another one's readings it knows nothing."""
        try:
            fits = _card(self._folder).encoder == self._encoder.name and self._session is not None
        except DamagedRelevance as error:
            _log.error("%s Until then clauses are judged by nearness alone.", error)
            return False
        if not fits:
            _log.warning("The relevance model was made for another encoder: clauses are judged by nearness alone.")
        return fits

    def scores(self, question: str, clauses: Sequence[str]) -> Floats:
        """One for each clause, above 0 where it rather answers. DamagedRelevance: there is no model to ask."""
        asked, told = self._encoder.read(question), [self._read(clause) for clause in clauses]
        answer = self._session.run(["scores"], inputs(asked, told))
        return np.asarray(answer[0], dtype=np.float32)

    def _read(self, clause: str) -> Reading:
        if (known := self._readings.get(clause)) is None:
            if len(self._readings) >= REMEMBERED:
                self._readings.clear()
            known = self._readings[clause] = self._encoder.read(clause)
        return known

    @property
    def _session(self) -> Any:
        with self._lock:
            return self._loaded

    @cached_property
    def _loaded(self) -> Any:
        try:
            model = (self._folder / FILE).read_bytes()
        except OSError as error:
            raise DamagedRelevance from error
        if hashlib.sha256(model).hexdigest() != _card(self._folder).sha256:
            raise DamagedRelevance
        try:
            return session(model, threads=1)
        except Exception as error:
            raise DamagedRelevance from error


def filled(states: Sequence[Vectors]) -> tuple[Vectors, Vectors]:
    """The states of several texts in one array, shorter texts filled up, and 1 where a token stands."""
    stations, _, dimensions = states[0].shape
    longest = max(each.shape[1] for each in states)
    together = np.zeros((len(states), stations, longest, dimensions), dtype=np.float32)
    mask = np.zeros((len(states), longest), dtype=np.float32)
    for at, each in enumerate(states):
        together[at, :, : each.shape[1]], mask[at, : each.shape[1]] = each, 1
    return together, mask


def inputs(question: Reading, clauses: Sequence[Reading]) -> dict[str, Vectors]:
    """What the model takes."""
    states, mask = filled([clause.states for clause in clauses])
    vectors = np.stack([clause.vector for clause in clauses])
    return {
        "question": question.states[:1],
        "clauses": states,
        "mask": mask,
        "vectors": vectors,
        "cosines": vectors @ question.vector,
    }


def _card(folder: Path) -> RelevanceCard:
    try:
        return RelevanceCard(**json.loads((folder / CARD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DamagedRelevance from error
