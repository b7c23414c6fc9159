"""The review on the real rooms: transcripts as the front desk writes them, the shipped encoder, the indexed clinic."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from assistant.bank.decisions import DecisionStore, StoredDecision
from assistant.bank.review import HAND, LeftOpen, NoSuchClause, NoSuchCluster, ReviewDesk
from assistant.bootstrap import Assistant
from assistant.conversation.store import ConversationStore
from knowledge.bank_review import normalised
from knowledge.questions import BadBank, Kind, load_bank
from tests.conftest import FrozenClock

MRI = (
    "Do you share MRI scans with a hospital?",
    "are MRI scans shared with hospitals?",
    "do hospitals get my MRI scans",
)


@dataclass
class Waiting:
    """Visitors whose questions were left open."""

    store: ConversationStore
    clock: FrozenClock

    def asks(self, *texts: str, outcome: str = "not_stated", intent: str = "question", helpful: bool = True) -> str:
        chat, _ = self.store.open(channel="web", language=None, at=self.clock())
        for at, text in enumerate(texts):
            self.store.record(
                chat,
                turn_id=f"t{at}",
                fingerprint="f",
                text=text,
                reply={"intent": intent, "outcome": outcome, "see_also": []},
                at=self.clock(),
                context={},
            )
            if not helpful:
                self.store.feedback(chat, f"t{at}", helpful=False, comment="Bad.", at=self.clock())
        return chat


@pytest.fixture
def visitors(clinic: Assistant, frozen: FrozenClock) -> Waiting:
    return Waiting(ConversationStore(clinic.database), frozen)


@pytest.fixture
def desk(clinic: Assistant) -> ReviewDesk:
    return ReviewDesk(
        database=clinic.database,
        decisions=DecisionStore(clinic.database, clinic.sealer),
        encoder=clinic.indexing.room.encoder,
        find=clinic.indexing.room.reader().find,
        folder=clinic.indexing.folder,
        version=clinic.policies.versions()[-1],
        days=clinic.settings.transcript_days,
        clock=clinic.clock,
    )


def questions(found: LeftOpen) -> list[set[str]]:
    return [set(cluster.questions) for cluster in found.clusters]


def test_questions_that_ask_for_the_same_are_one_cluster_with_its_counts_and_clauses(
    visitors: Waiting, desk: ReviewDesk
) -> None:
    visitors.asks(MRI[0], MRI[1], "Are phone calls recorded?", "What is your favourite colour of towels?")
    visitors.asks(MRI[2], MRI[0].upper(), outcome="not_understood")
    visitors.asks("is my phone call recorded", outcome="answered", helpful=False)
    visitors.asks("who reads my file", outcome="answered")
    visitors.asks("Delete my data.", intent="rights_request", helpful=False)
    first, second, third = desk.left_open().clusters
    assert set(first.questions) == set(MRI)
    assert (first.count, first.reasons) == (4, {"not_stated": 2, "not_understood": 2})
    assert len(first.nearest) == 3
    assert (second.count, second.reasons) == (2, {"not_stated": 1, "not_helpful": 1})
    assert second.nearest[0].clause == "3.1.3"
    assert second.nearest[0].text == "Recordings of the telephone line are not made."
    assert third.questions == ("What is your favourite colour of towels?",)


def test_an_accepted_cluster_stands_in_the_bank_and_does_not_come_again(
    visitors: Waiting, desk: ReviewDesk, frozen: FrozenClock
) -> None:
    visitors.asks(*MRI)
    (cluster,) = desk.left_open().clusters
    added = desk.accept(cluster, ["2.1.3", "2.1.2"])
    line = load_bank(desk.folder / "questions.jsonl")[-1]
    assert (line.question, line.kind, line.clauses, line.hand) == (
        cluster.questions[0],
        Kind.ANSWERABLE,
        ("2.1.3", "2.1.2"),
        HAND,
    )
    assert line.bound == tuple(desk.version.by_id[clause].hash for clause in line.clauses)
    assert [each.question for each in added.lines] == [line.question]
    assert desk.left_open() == LeftOpen((), settled=3, still_open=0)
    frozen.now += timedelta(hours=1)
    visitors.asks(MRI[1], "do you share an MRI scan with the hospital")
    assert desk.left_open() == LeftOpen((), settled=5, still_open=1)


def test_a_cluster_can_be_worded_anew(visitors: Waiting, desk: ReviewDesk) -> None:
    visitors.asks("do you share MRI scans of Mrs. Marrow with a hospital")
    (cluster,) = desk.left_open().clusters
    desk.accept(cluster, ["2.1.3"], wordings=["Who gets MRI scans?", "MRI scans to hospitals?"])
    assert [line.question for line in load_bank(desk.folder / "questions.jsonl")[-2:]] == [
        "Who gets MRI scans?",
        "MRI scans to hospitals?",
    ]
    assert "Marrow" not in (desk.folder / "questions.jsonl").read_text(encoding="utf-8")
    assert desk.left_open().clusters == ()


def test_not_stated_points_to_the_nearest_clause_unless_told_otherwise(visitors: Waiting, desk: ReviewDesk) -> None:
    visitors.asks(MRI[0], "What is your favourite colour of towels?")
    one, other = sorted(desk.left_open().clusters, key=lambda cluster: cluster.questions)
    desk.not_stated(one)
    desk.not_stated(other, ["1.1.3"])
    first, second = load_bank(desk.folder / "questions.jsonl")[-2:]
    assert (first.kind, first.clauses) == (Kind.NOT_STATED, (one.nearest[0].clause,))
    assert (second.kind, second.clauses) == (Kind.NOT_STATED, ("1.1.3",))
    assert desk.left_open().clusters == ()


def test_what_is_ignored_changes_no_bank_and_does_not_come_again(visitors: Waiting, desk: ReviewDesk) -> None:
    visitors.asks("What is your favourite colour of towels?", MRI[0])
    before = (desk.folder / "questions.jsonl").read_bytes()
    towels = next(cluster for cluster in desk.left_open().clusters if "towels" in cluster.questions[0])
    desk.ignore(towels)
    assert (desk.folder / "questions.jsonl").read_bytes() == before
    assert questions(desk.left_open()) == [{MRI[0]}]
    visitors.asks("what is your favourite COLOUR of towels", "which is your favourite colour of towel?")
    assert questions(desk.left_open()) == [{MRI[0]}]


def test_a_decision_keeps_neither_words_nor_conversation(visitors: Waiting, desk: ReviewDesk) -> None:
    chat = visitors.asks(*MRI)
    desk.ignore(desk.left_open().clusters[0])
    with desk.database.read() as session:
        rows = session.scalars(select(StoredDecision)).all()
    assert {row.decision for row in rows} == {"ignored"}
    assert [len(row.digest) for row in rows] == [32] * 3
    assert {column.name for column in StoredDecision.__table__.columns} == {
        "number",
        "digest",
        "decision",
        "decided_at",
    }
    assert not {row.digest for row in rows} & {sha256(normalised(text).encode()).digest() for text in MRI}
    assert bytes.fromhex(chat) not in b"".join(row.digest for row in rows)


def test_what_was_erased_or_is_past_its_retention_is_in_no_cluster(
    clinic: Assistant, visitors: Waiting, desk: ReviewDesk, frozen: FrozenClock
) -> None:
    gone, stays = visitors.asks(MRI[0]), visitors.asks(MRI[1])
    clinic.eraser.erase(gone)
    assert questions(desk.left_open()) == [{MRI[1]}]
    frozen.now += timedelta(days=clinic.settings.transcript_days, seconds=1)
    # Also before the hourly purge has run.
    assert desk.left_open().clusters == ()
    assert stays != gone


def test_a_cluster_keeps_its_id_while_questions_arrive(visitors: Waiting, desk: ReviewDesk) -> None:
    visitors.asks(MRI[0])
    (before,) = desk.left_open().clusters
    visitors.asks(MRI[1], MRI[2], "What is your favourite colour of towels?")
    assert set(desk.cluster(before.id.upper()).questions) == set(MRI)
    desk.ignore(before)
    with pytest.raises(NoSuchCluster):
        desk.cluster(before.id)


def test_nothing_is_decided_with_a_clause_or_a_wording_that_cannot_be(visitors: Waiting, desk: ReviewDesk) -> None:
    visitors.asks(MRI[0])
    (cluster,) = desk.left_open().clusters
    before = (desk.folder / "questions.jsonl").read_bytes()
    for clauses in (["9.9.9"], []):
        with pytest.raises(NoSuchClause):
            desk.accept(cluster, clauses)
    with pytest.raises(BadBank):
        desk.accept(cluster, ["1.1.1"], wordings=["w" * 1001])
    assert (desk.folder / "questions.jsonl").read_bytes() == before
    assert desk.left_open().clusters == (cluster,)


def test_what_the_bank_has_is_decided_and_not_added_again(visitors: Waiting, desk: ReviewDesk) -> None:
    visitors.asks("Are phone calls recorded?")
    (cluster,) = desk.left_open().clusters
    assert desk.accept(cluster, ["3.1.3"]).lines == ()
    assert desk.left_open().clusters == ()


def test_a_crash_between_bank_and_decision_leaves_nothing_to_decide_twice(
    visitors: Waiting, desk: ReviewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitors.asks(*MRI)
    (cluster,) = desk.left_open().clusters

    def crash(*_given: object, **_named: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(DecisionStore, "keep", crash)
    with pytest.raises(ConnectionError):
        desk.accept(cluster, ["2.1.3"])
    assert desk.left_open() == LeftOpen((), settled=3, still_open=0)
