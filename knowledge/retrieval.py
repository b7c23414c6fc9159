"""A question in, passages with calibrated scores out, or the verdict that the policy does not answer it.

Reads one generation of the index; which version's clauses may be quoted is the caller's to say.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from knowledge.clause import Clause, PolicyVersion
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.errors import KnowledgeError
from knowledge.questions import Kind
from knowledge.ranking.calibration import ANSWERABLE_FROM, chances
from knowledge.ranking.head import Example, Head
from knowledge.ranking.terms import Floats
from knowledge.romanising import romanised
from knowledge.store import Entry, Snapshot

_OUTCOMES = (Kind.NOT_STATED, Kind.SMALL_TALK, Kind.OFF_TOPIC)
# A follow-up counts alone, together with the question before, and less what that question would be answered with by
# itself: it was answered already. Chosen on the calibration set's follow-ups.
FOLLOW_UP = (0.5, 0.8, -0.4)
_NAMES = frozenset(kind.value for kind in _OUTCOMES)


class VersionNotIndexed(KnowledgeError):
    """Clauses of the version are not in the index: what else it finds would pass for all that the policy says."""

    def __init__(self, version: PolicyVersion) -> None:
        super().__init__(f"Version {version.label} of the policy is not in the index: run `privacy-assistant index`.")


class Verdict(StrEnum):
    """What the library makes of a question."""

    ANSWERABLE = "answerable"
    NOT_STATED = "not_stated"
    SMALL_TALK = "small_talk"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause and the calibrated chance, 0 to 1, that it answers the question. `raw` is the head's own score."""

    clause: Clause
    score: float
    raw: float


@dataclass(frozen=True, slots=True)
class Finding:
    """Passages best first, whatever the verdict: a question that is not stated is pointed to the nearest ones.

    `margin` is by how much the best clause beats the best other outcome.
    """

    verdict: Verdict
    passages: tuple[Passage, ...]
    margin: float


class Reader:
    """One generation in memory. Immutable, so that any number of threads may ask at once."""

    def __init__(self, generation: str, snapshot: Snapshot, head: Head, encoder: Encoder) -> None:
        self.generation = generation
        self._snapshot = snapshot
        self._head = head
        self._encoder = encoder
        self._label = {label: at for at, label in enumerate(head.labels)}

    def find(self, question: str, version: PolicyVersion, *, after: str | None = None) -> Finding:
        """Rank the version's clauses for `question`.

        `after` is the question before, for one that cannot be understood without it: see FOLLOW_UP. Raises
        VersionNotIndexed for a version published since the index was built.
        """
        columns = self._columns(version)
        asked = romanised(question)
        scores = self._scores({asked: 1.0}) if after is None else self._scores_after(asked, romanised(after))
        raw = scores[columns]
        others = {kind: self._outcome(scores, kind) for kind in _OUTCOMES}
        best_other = max(others, key=lambda kind: others[kind])
        best = float(raw.max(initial=-1.0))
        margin = best - others[best_other]
        verdict = Verdict.ANSWERABLE if margin >= ANSWERABLE_FROM else Verdict(best_other.value)
        if verdict is Verdict.ANSWERABLE and self._elsewhere(scores, columns) > best:
            verdict = Verdict.NOT_STATED
        order = np.argsort(-raw, kind="stable")
        ranked = zip(order.tolist(), chances(raw[order]), raw[order].tolist(), strict=True)
        passages = tuple(Passage(version.clauses[at], likely, score) for at, likely, score in ranked)
        return Finding(verdict, passages, margin)

    def nearest(self, question: str, *, k: int) -> list[tuple[Entry, float]]:
        """The k nearest entries by exact cosine on the matrix in memory, nearest first."""
        similarity = self._snapshot.vectors @ self._encoder.encode([question])[0]
        order = np.argsort(-similarity, kind="stable")[:k]
        return [(self._snapshot.entries[at], float(similarity[at])) for at in order]

    def _columns(self, version: PolicyVersion) -> list[int]:
        """Where each clause of the version stands among the head's labels."""
        try:
            return [self._label[clause.hash] for clause in version.clauses]
        except KeyError as error:
            raise VersionNotIndexed(version) from error

    def _elsewhere(self, scores: Floats, columns: list[int]) -> float:
        """The best score of a clause that this version does not have: what it says is no longer, or not yet, said."""
        elsewhere = np.ones(len(scores), dtype=bool)
        elsewhere[columns] = False
        elsewhere[[at for label, at in self._label.items() if label in _NAMES]] = False
        return float(scores[elsewhere].max(initial=-1.0))

    def _scores_after(self, question: str, after: str) -> Floats:
        alone, together, before = FOLLOW_UP
        return self._scores({question: alone, f"{after} {question}": together, after: before})

    def _scores(self, weights: dict[str, float]) -> Floats:
        """The weighted sum of the scores of some texts."""
        # One by one: in company the eight-bit encoder gives a text slightly other figures.
        total: Floats = np.sum(
            [weight * self._head.scores(text, self._encoder.encode([text])[0]) for text, weight in weights.items()],
            axis=0,
        )
        return total.astype(np.float32)

    def _outcome(self, scores: Floats, kind: Kind) -> float:
        return float(scores[self._label[kind.value]]) if kind.value in self._label else 0.0


def examples(snapshot: Snapshot) -> tuple[list[Example], Vectors]:
    """What the head learns from a generation: questions that still stand for something, and each clause for itself."""
    kept = [(at, labels) for at, entry in enumerate(snapshot.entries) if (labels := _labels(entry))]
    rows = [at for at, _ in kept]
    return [Example(snapshot.entries[at].text, labels) for at, labels in kept], snapshot.vectors[rows]


def _labels(entry: Entry) -> frozenset[str]:
    if entry.metadata["role"] == "clause":
        return frozenset({entry.metadata["hash"]})
    if entry.metadata["kind"] != Kind.ANSWERABLE:
        return frozenset({entry.metadata["kind"]})
    return frozenset(entry.metadata.get("gold", "").split())
