"""A question in, passages with calibrated scores out, or the verdict that the policy does not answer it.

Reads one generation of the index; which version's clauses may be quoted is the caller's to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from knowledge.clause import Clause, PolicyVersion
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.errors import KnowledgeError
from knowledge.once import Once
from knowledge.questions import Kind
from knowledge.ranking.calibration import (
    ANSWERABLE_FROM,
    CLOSENESS,
    JUDGED,
    NEAR_FROM,
    PLAINLY_FROM,
    chances,
    nearness_of,
    say_of_nearness,
)
from knowledge.ranking.head import Example, Head
from knowledge.ranking.terms import Floats
from knowledge.romanising import romanised
from knowledge.store import Entry, Snapshot

_OUTCOMES = (Kind.NOT_STATED, Kind.SMALL_TALK, Kind.OFF_TOPIC)
# A follow-up counts alone, together with the question before, and less what that question would be answered with by
# itself: it was answered already. Chosen on the calibration set's follow-ups.
FOLLOW_UP = (0.5, 0.8, -0.4)
_NAMES = frozenset(kind.value for kind in _OUTCOMES)
# A question that is looked up ahead is asked for within a turn.
_REMEMBERED = 64


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

    `margin` is by how much the best clause beats the best other outcome; `unlearned` says that the bank is small, and
    knows little of what has nothing to do with the policy.
    """

    verdict: Verdict
    passages: tuple[Passage, ...]
    margin: float
    unlearned: bool = False


class Judge(Protocol):
    """Tells which clauses answer a question, better than how near they are."""

    def usable(self) -> bool: ...

    def scores(self, question: str, clauses: Sequence[str]) -> Floats:
        """One for each clause, above 0 where it rather answers."""


class Reader:
    """One generation in memory: what it says never changes, so that any number of threads may ask at once."""

    def __init__(
        self, generation: str, snapshot: Snapshot, head: Head, encoder: Encoder, relevance: Judge | None = None
    ) -> None:
        self.generation = generation
        self._snapshot = snapshot
        self._head = head
        self._encoder = encoder
        self._label = {label: at for at, label in enumerate(head.labels)}
        self._clauses, self._say = _clauses(snapshot, self._label), _say_of_nearness(snapshot)
        self._texts = {self._label[each.metadata["hash"]]: each.text for each in snapshot.entries if _is_clause(each)}
        self._relevance = relevance if self._say and relevance is not None and relevance.usable() else None
        self._names_clause = np.array([label not in _NAMES for label in head.labels], dtype=bool)
        self._columns_of: dict[str, list[int]] = {}
        self._found: Once[Finding] = Once(_REMEMBERED)

    def find(self, question: str, version: PolicyVersion, *, after: str | None = None) -> Finding:
        """Rank the version's clauses for `question`.

        `after` is the question before, for one that cannot be understood without it: see FOLLOW_UP. Raises
        VersionNotIndexed for a version published since the index was built. The last findings are remembered.
        """
        asked = (version.sha256, question, *(() if after is None else (after,)))
        return self._found.get(asked, lambda: self._find(question, version, after))

    def _find(self, question: str, version: PolicyVersion, after: str | None) -> Finding:
        columns = self._columns(version)
        asked = romanised(question)
        heard, near = self._heard({asked: 1.0} if after is None else _after(asked, romanised(after)), columns)
        scores = heard + self._say * CLOSENESS * near
        raw = scores[columns]
        others = {kind: self._outcome(scores, kind) for kind in _OUTCOMES}
        best_other = max(others, key=lambda kind: others[kind])
        best = float(raw.max(initial=-1.0))
        margin = self._margin(best, others[best_other], heard[columns], near[columns])
        verdict = Verdict.ANSWERABLE if margin >= ANSWERABLE_FROM else Verdict(best_other.value)
        if verdict is Verdict.ANSWERABLE and self._elsewhere(scores, columns) > best:
            verdict = Verdict.NOT_STATED
        order = np.argsort(-raw, kind="stable")
        ranked = zip(order.tolist(), chances(raw[order]), raw[order].tolist(), strict=True)
        passages = tuple(Passage(version.clauses[at], likely, score) for at, likely, score in ranked)
        return Finding(verdict, passages, margin, unlearned=self._say > 0)

    def _margin(self, best: float, other: float, heard: Floats, near: Floats) -> float:
        """By how much the best clause beats the best other outcome; beside a small bank, by how much it is near enough,
        unless the bank plainly says otherwise.
        """
        plainly = _beyond(heard.max(initial=0.0)) - _beyond(other)
        by_nearness = ANSWERABLE_FROM + CLOSENESS * (float(near.max(initial=-1.0)) + plainly)
        return (1 - self._say) * (best - other) + self._say * by_nearness

    def nearest(self, question: str, *, k: int) -> list[tuple[Entry, float]]:
        """The k nearest entries by exact cosine on the matrix in memory, nearest first."""
        similarity = self._snapshot.vectors @ self._encoder.encode([question])[0]
        order = np.argsort(-similarity, kind="stable")[:k]
        return [(self._snapshot.entries[at], float(similarity[at])) for at in order]

    def _columns(self, version: PolicyVersion) -> list[int]:
        """Where each clause of the version stands among the head's labels."""
        if version.sha256 not in self._columns_of:
            try:
                self._columns_of[version.sha256] = [self._label[clause.hash] for clause in version.clauses]
            except KeyError as error:
                raise VersionNotIndexed(version) from error
        return self._columns_of[version.sha256]

    def _elsewhere(self, scores: Floats, columns: list[int]) -> float:
        """The best score of a clause that this version does not have: what it says is no longer, or not yet, said."""
        elsewhere = self._names_clause.copy()
        elsewhere[columns] = False
        return float(scores[elsewhere].max(initial=-1.0))

    def _heard(self, weights: Mapping[str, float], columns: list[int]) -> tuple[Floats, Floats]:
        """What the bank says of each label, and how much nearer than NEAR_FROM each clause is; weighted sums."""
        told, near = np.zeros(len(self._label), dtype=np.float32), np.zeros(len(self._label), dtype=np.float32)
        for text, weight in weights.items():
            # The letters first: another thread may be encoding the text. And one by one: in company the eight-bit
            # encoder gives a text slightly other figures.
            letters = self._head.letters(text)
            vector = self._encoder.encode([text])[0]
            told += weight * self._head.scores(letters, vector)
            if self._say:
                nearness = self._nearness(text, vector, columns)
                # What a clause does not answer was not answered already: that speaks for no clause.
                near += weight * (nearness if weight > 0 else np.maximum(nearness, 0))
        return told, near

    def _nearness(self, text: str, vector: Vectors, columns: list[int]) -> Floats:
        """How near the question is to each clause; which of the version's nearest ones answers it, the relevance model
        judges.
        """
        near: Floats = np.where(self._names_clause, self._clauses @ vector - NEAR_FROM, 0)
        if self._relevance is None:
            return near
        best = sorted(columns, key=lambda at: -near[at])[:JUDGED]
        judged = nearness_of(self._relevance.scores(text, [self._texts[at] for at in best]))
        # What was not judged is no nearer than what was.
        near = np.where(self._names_clause, np.minimum(near, judged.min()), 0)
        near[best] = judged
        return near

    def _outcome(self, scores: Floats, kind: Kind) -> float:
        return float(scores[self._label[kind.value]]) if kind.value in self._label else 0.0


def _beyond(score: float) -> float:
    return max(0.0, float(score) - PLAINLY_FROM)


def _after(question: str, before: str) -> dict[str, float]:
    alone, together, less = FOLLOW_UP
    return {question: alone, f"{before} {question}": together, before: less}


def _clauses(snapshot: Snapshot, labels: Mapping[str, int]) -> Vectors:
    """The clause of each label, a row each: zero for an outcome."""
    rows = np.zeros((len(labels), snapshot.vectors.shape[1]), dtype=np.float32)
    for entry, vector in zip(snapshot.entries, snapshot.vectors, strict=True):
        if _is_clause(entry):
            rows[labels[entry.metadata["hash"]]] = vector
    return rows


def _say_of_nearness(snapshot: Snapshot) -> float:
    labels = [_labels(entry) for entry in snapshot.entries if not _is_clause(entry)]
    answers = sum(len(each - _NAMES) for each in labels)
    return say_of_nearness(answers, len(snapshot.entries) - len(labels))


def examples(snapshot: Snapshot) -> tuple[list[Example], Vectors]:
    """What the head learns from a generation: questions that still stand for something, and each clause for itself."""
    kept = [(at, labels) for at, entry in enumerate(snapshot.entries) if (labels := _labels(entry))]
    rows = [at for at, _ in kept]
    return [Example(snapshot.entries[at].text, labels) for at, labels in kept], snapshot.vectors[rows]


def _is_clause(entry: Entry) -> bool:
    return entry.metadata["role"] == "clause"


def _labels(entry: Entry) -> frozenset[str]:
    if _is_clause(entry):
        return frozenset({entry.metadata["hash"]})
    if entry.metadata["kind"] != Kind.ANSWERABLE:
        return frozenset({entry.metadata["kind"]})
    return frozenset(entry.metadata.get("gold", "").split())
