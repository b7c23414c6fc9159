"""A question in, passages with calibrated scores out, or the verdict that the policy does not answer it.

Reads one generation of the index; which version's clauses may be quoted is the caller's to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from knowledge.clause import Clause, PolicyVersion
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.errors import KnowledgeError
from knowledge.questions import Kind
from knowledge.ranking.calibration import ANSWERABLE_FROM, chances
from knowledge.ranking.head import Example, Head
from knowledge.ranking.other_banks import ENOUGH, KINDS, LIKENESS, SURE, OtherBanks, shown
from knowledge.ranking.terms import Floats
from knowledge.romanising import romanised
from knowledge.store import Entry, Snapshot

_OUTCOMES = (Kind.NOT_STATED, Kind.SMALL_TALK, Kind.OFF_TOPIC)
# A follow-up counts alone, together with the question before, and less what that question would be answered with by
# itself: it was answered already. Chosen on the calibration set's follow-ups.
FOLLOW_UP = (0.5, 0.8, -0.4)
_NAMES = frozenset(kind.value for kind in _OUTCOMES)
_OF_OUTCOMES = [KINDS.index(kind.value) for kind in _OUTCOMES]


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


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A question's scores, a column a label: votes of the own bank, likeness to a clause; and what other banks say."""

    votes: Floats
    likeness: Floats
    kinds: Floats

    @property
    def values(self) -> Floats:
        return self.votes + LIKENESS * self.likeness


class Reader:
    """One generation in memory. Immutable, so that any number of threads may ask at once.

    `others` helps a bank that is small; without it the own bank judges alone.
    """

    def __init__(
        self, generation: str, snapshot: Snapshot, head: Head, encoder: Encoder, others: OtherBanks | None = None
    ) -> None:
        self.generation = generation
        self._snapshot = snapshot
        self._head = head
        self._encoder = encoder
        self._others = others
        self._label = {label: at for at, label in enumerate(head.labels)}
        self._clauses = _clause_vectors(snapshot, head)

    def find(self, question: str, version: PolicyVersion, *, after: str | None = None) -> Finding:
        """Rank the version's clauses for `question`.

        `after` is the question before, for one that cannot be understood without it: see FOLLOW_UP. Raises
        VersionNotIndexed for a version published since the index was built.
        """
        columns = self._columns(version)
        asked = romanised(question)
        texts = {asked: 1.0} if after is None else _after(asked, romanised(after))
        if self._others is not None:
            weighed = self._weighed(self._others, texts)
            if max(weighed.votes[columns].max(initial=0.0), *self._outcomes(weighed.votes).values()) < SURE:
                return self._found_with(self._others, weighed, version, columns)
            # A line of the own bank says it in nearly these words.
            return self._found(weighed.votes, version, columns)
        return self._found(self._scores(texts), version, columns)

    def _found(self, scores: Floats, version: PolicyVersion, columns: list[int]) -> Finding:
        raw = scores[columns]
        others = self._outcomes(scores)
        best_other = max(others, key=lambda kind: others[kind])
        margin = float(raw.max(initial=-1.0)) - others[best_other]
        verdict = self._verdict(margin, best_other, scores, columns)
        order = np.argsort(-raw, kind="stable")
        return Finding(verdict, _passages(version, order, raw[order], chances(raw[order])), margin)

    def _found_with(self, others: OtherBanks, weighed: _Weighed, version: PolicyVersion, columns: list[int]) -> Finding:
        values = weighed.values
        order = np.argsort(-values[columns], kind="stable")
        best = columns[int(order[0])]
        outcomes = self._outcomes(weighed.votes)
        chance = others.chance(float(weighed.likeness[best]), float(weighed.votes[best]), outcomes, weighed.kinds)
        elsewhere = dict(zip(outcomes, weighed.kinds[_OF_OUTCOMES].tolist(), strict=True))
        best_other = max(outcomes, key=lambda kind: outcomes[kind] + elsewhere[kind])
        margin = chance - others.least + ANSWERABLE_FROM
        verdict = self._verdict(margin, best_other, values, columns)
        raw, likely = shown(values[columns][order], chance)
        return Finding(verdict, _passages(version, order, raw, likely), margin)

    def _verdict(self, margin: float, best_other: str, scores: Floats, columns: list[int]) -> Verdict:
        if margin < ANSWERABLE_FROM:
            return Verdict(best_other)
        elsewhere = self._elsewhere(scores, columns) > float(scores[columns].max(initial=-1.0))
        return Verdict.NOT_STATED if elsewhere else Verdict.ANSWERABLE

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

    def _scores(self, weights: dict[str, float]) -> Floats:
        """The weighted sum of the scores of some texts."""
        # One by one: in company the eight-bit encoder gives a text slightly other figures.
        total: Floats = np.sum(
            [weight * self._head.scores(text, self._encoder.encode([text])[0]) for text, weight in weights.items()],
            axis=0,
        )
        return total.astype(np.float32)

    def _weighed(self, others: OtherBanks, weights: dict[str, float]) -> _Weighed:
        """The same with what a small bank needs beside its own votes."""
        votes, likeness = np.zeros(len(self._label), np.float32), np.zeros(len(self._label), np.float32)
        kinds = np.zeros(len(KINDS) + 1, np.float32)
        for text, weight in weights.items():
            vector = self._encoder.encode([text])[0]
            votes += weight * self._head.scores(text, vector)
            likeness += weight * (self._clauses @ vector)
            kinds += weight * others.kinds(text, vector)
        return _Weighed(votes, likeness, kinds)

    def _outcomes(self, scores: Floats) -> dict[str, float]:
        return {kind.value: float(scores[self._label[kind]]) if kind in self._label else 0.0 for kind in _OUTCOMES}


def is_small(snapshot: Snapshot) -> bool:
    """Whether the bank in it is too small to judge alone."""
    return sum(entry.metadata["role"] == "question" for entry in snapshot.entries) < ENOUGH


def examples(snapshot: Snapshot) -> tuple[list[Example], Vectors]:
    """What the head learns from a generation: questions that still stand for something, and each clause for itself."""
    kept = [(at, labels) for at, entry in enumerate(snapshot.entries) if (labels := _labels(entry))]
    rows = [at for at, _ in kept]
    return [Example(snapshot.entries[at].text, labels) for at, labels in kept], snapshot.vectors[rows]


def _after(question: str, before: str) -> dict[str, float]:
    alone, together, less = FOLLOW_UP
    return {question: alone, f"{before} {question}": together, before: less}


def _clause_vectors(snapshot: Snapshot, head: Head) -> Vectors:
    """A row a label of the head: the clause's vector, or zeros for what is no clause."""
    vectors = np.zeros((len(head.labels), snapshot.vectors.shape[1]), dtype=np.float32)
    at = {label: row for row, label in enumerate(head.labels)}
    for entry, vector in zip(snapshot.entries, snapshot.vectors, strict=True):
        if entry.metadata["role"] == "clause":
            vectors[at[entry.metadata["hash"]]] = vector
    return vectors


def _passages(
    version: PolicyVersion, order: NDArray[np.intp], raw: Floats, likely: Sequence[float]
) -> tuple[Passage, ...]:
    ranked = zip(order.tolist(), likely, raw.tolist(), strict=True)
    return tuple(Passage(version.clauses[at], chance, score) for at, chance, score in ranked)


def _labels(entry: Entry) -> frozenset[str]:
    if entry.metadata["role"] == "clause":
        return frozenset({entry.metadata["hash"]})
    if entry.metadata["kind"] != Kind.ANSWERABLE:
        return frozenset({entry.metadata["kind"]})
    return frozenset(entry.metadata.get("gold", "").split())
