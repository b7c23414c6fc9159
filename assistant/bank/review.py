"""Questions that were left open, in clusters for the privacy team, and what it decides about them.

Works on the masked transcripts as they stand and stores nothing of them: what is erased or past its retention is in no
cluster. A question comes to stay only where a person accepts its wording into the bank.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import numpy as np

from assistant.bank.clustering import central, clusters
from assistant.bank.decisions import Decided, Decision, DecisionStore
from assistant.clock import Clock
from assistant.db.database import Database
from assistant.errors import Invalid, NotFound
from assistant.reply import Intent
from assistant.reports.gaps import GAPS, MOST_GROUPED
from assistant.reports.turns import AskedTurn, left_open
from knowledge.bank_review import normalised
from knowledge.clause import PolicyVersion
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.questions import FILE_NAME, BankLine, Kind, add_lines, bind, load_bank
from knowledge.retrieval import Finding
from knowledge.romanising import romanised

HAND = "review"
NOT_HELPFUL = "not_helpful"
NEAREST = 3
# Nearer than within a cluster: what is hidden is seen by nobody.
SETTLED = 0.7
_ID_DIGITS = 8

Progress = Callable[[int, int], None]


class NoSuchCluster(NotFound):
    def __init__(self) -> None:
        super().__init__("No open cluster has this id: `privacy-assistant bank review --json` lists those there are.")


class NoSuchClause(Invalid):
    def __init__(self, version: PolicyVersion) -> None:
        super().__init__(f"Version {version.label} of the policy has no such clause: name ids like 7.1.3.")


@dataclass(frozen=True, slots=True)
class NearClause:
    """`score` is the calibrated chance that the clause answers the cluster's central question."""

    clause: str
    section: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """`questions` are masked, each wording once, the central one first; `reasons` counts why their turns are here."""

    id: str
    count: int
    questions: tuple[str, ...] = field(repr=False)
    reasons: Mapping[str, int]
    nearest: tuple[NearClause, ...]
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """`settled` counts turns that are alike to something decided and so in no cluster; `still_open` those of them that
    were asked after their question was accepted, and were not answered all the same.
    """

    clusters: tuple[Cluster, ...]
    settled: int
    still_open: int


@dataclass(frozen=True, slots=True)
class Added:
    """What went into the bank; nothing where it had every wording already."""

    lines: tuple[BankLine, ...]


@dataclass(slots=True)
class _Wording:
    text: str
    turns: list[AskedTurn]


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """`find` ranks the clauses of the version for a question; `days` is how long transcripts are kept."""

    database: Database
    decisions: DecisionStore
    encoder: Encoder
    find: Callable[[str, PolicyVersion], Finding]
    folder: Path
    version: PolicyVersion
    days: int
    clock: Clock

    def left_open(self, *, progress: Progress = lambda _done, _all: None) -> LeftOpen:
        """The clusters that wait for a decision, the largest first."""
        wordings, decided = self._wordings(), self.decisions.every()
        marks = [decided.get(self.decisions.digest(wording.text)) for wording in wordings]
        vectors = self._encoded([wording.text for wording in wordings], progress)
        settled = self._settled(vectors, marks)
        waiting = [at for at in range(len(wordings)) if not settled[at]]
        found = [
            self._cluster([wordings[waiting[at]] for at in members], vectors[[waiting[at] for at in members]])
            for members in clusters(vectors[waiting])
        ]
        found.sort(key=lambda cluster: (-cluster.count, -cluster.last_at.timestamp()))
        return LeftOpen(
            clusters=tuple(found),
            settled=sum(
                len(wording.turns) for wording, is_settled in zip(wordings, settled, strict=True) if is_settled
            ),
            still_open=sum(map(_asked_since, wordings, marks)),
        )

    def cluster(self, name: str) -> Cluster:
        """The open cluster with this id; NoSuchCluster where there is none, or none any more."""
        for cluster in self.left_open().clusters:
            if cluster.id == name.lower():
                return cluster
        raise NoSuchCluster

    def accept(self, cluster: Cluster, clauses: Sequence[str], *, wordings: Sequence[str] = ()) -> Added:
        """Into the bank with the clauses that answer it, the best first: the central question, or these wordings."""
        if not clauses:
            raise NoSuchClause(self.version)
        return self._settle(cluster, Decision.ACCEPTED, wordings, Kind.ANSWERABLE, clauses)

    def not_stated(self, cluster: Cluster, near: Sequence[str] = (), *, wordings: Sequence[str] = ()) -> Added:
        """Into the bank as what the policy does not state, pointing to these clauses, or to the nearest one."""
        pointed = near or [nearest.clause for nearest in cluster.nearest[:1]]
        return self._settle(cluster, Decision.NOT_STATED, wordings, Kind.NOT_STATED, pointed)

    def ignore(self, cluster: Cluster) -> None:
        """Nothing of it goes anywhere; its questions do not come again."""
        self.decisions.keep(cluster.questions, Decision.IGNORED, at=self.clock())

    def _settle(
        self, cluster: Cluster, decision: Decision, wordings: Sequence[str], kind: Kind, clauses: Sequence[str]
    ) -> Added:
        if any(clause not in self.version.by_id for clause in clauses):
            raise NoSuchClause(self.version)
        bank = load_bank(self.folder / FILE_NAME)
        known = {normalised(line.question) for line in bank}
        asked = {normalised(text): text for text in reversed(wordings or cluster.questions[:1])}
        fresh = [
            BankLine(0, text, kind, tuple(dict.fromkeys(clauses)), hand=HAND)
            for key, text in reversed(asked.items())
            if key not in known
        ]
        lines = bind(fresh, self.version).lines
        # The bank first: after a crash between the two, its line hides what is alike.
        add_lines(self.folder / FILE_NAME, lines)
        self.decisions.keep(cluster.questions, decision, at=self.clock())
        return Added(lines)

    def _wordings(self) -> list[_Wording]:
        """Each wording once, in the order in which it was first asked."""
        since = self.clock() - timedelta(days=self.days)
        with self.database.read() as session:
            turns = list(islice(left_open(session, GAPS, since), MOST_GROUPED))
        found: dict[str, _Wording] = {}
        for turn in reversed(turns):
            if turn.reply.get("intent") == Intent.QUESTION.value and turn.text.strip():
                found.setdefault(normalised(turn.text), _Wording(turn.text, [])).turns.append(turn)
        return list(found.values())

    def _encoded(self, texts: Sequence[str], progress: Progress) -> Vectors:
        # One by one: in company the eight-bit encoder gives a text slightly other figures, and clusters would change.
        rows = []
        for done, text in enumerate(texts, 1):
            rows.append(self.encoder.encode([romanised(text)])[0])
            progress(done, len(texts))
        return np.array(rows, dtype=np.float32) if rows else np.empty((0, 1), dtype=np.float32)

    def _settled(self, vectors: Vectors, marks: Sequence[Decided | None]) -> list[bool]:
        """Whether each was decided, or is alike to one that was or to a line that a review put into the bank."""
        if not len(vectors):
            return []
        lines = [line.heard for line in load_bank(self.folder / FILE_NAME) if line.hand == HAND]
        decided = [at for at, mark in enumerate(marks) if mark]
        anchors = [vectors[decided], *(self.encoder.encode([text]) for text in lines)]
        nearest = (vectors @ np.concatenate(anchors).T).max(axis=1, initial=-1.0)
        return [mark is not None or bool(near >= SETTLED) for mark, near in zip(marks, nearest, strict=True)]

    def _cluster(self, wordings: Sequence[_Wording], vectors: Vectors) -> Cluster:
        middle = central(vectors, range(len(wordings)))
        question = wordings[middle].text
        others = [wording.text for at, wording in enumerate(wordings) if at != middle]
        turns = [turn for wording in wordings for turn in wording.turns]
        return Cluster(
            id=self.decisions.digest(wordings[0].text).hex()[:_ID_DIGITS],
            count=len(turns),
            questions=(question, *others),
            reasons=dict(Counter(reason for turn in turns for reason in _reasons(turn)).most_common()),
            nearest=tuple(self._nearest(question)),
            first_at=min(turn.at for turn in turns),
            last_at=max(turn.at for turn in turns),
        )

    def _nearest(self, question: str) -> Iterable[NearClause]:
        for passage in self.find(question, self.version).passages[:NEAREST]:
            clause = passage.clause
            yield NearClause(clause.id, clause.section_title, clause.text, round(passage.score, 3))


def _asked_since(wording: _Wording, mark: Decided | None) -> int:
    if mark is None or mark.decision is not Decision.ACCEPTED:
        return 0
    return sum(turn.at > mark.at for turn in wording.turns)


def _reasons(turn: AskedTurn) -> Iterator[str]:
    if (outcome := turn.reply.get("outcome")) in GAPS:
        yield str(outcome)
    if turn.is_unhelpful:
        yield NOT_HELPFUL
