from typing import Any

import pytest

from assistant.conversation.models import StoredFeedback, StoredTurn
from assistant.conversation.store import ConversationStore
from assistant.db.base import Base
from assistant.reports.desk import BadPeriod, Reports
from assistant.reports.gaps import GAPS
from assistant.reports.turns import FEEDBACK, TURNS, left_open
from tests.assistant.security.rooms import Rooms


def near(clause: str) -> dict[str, Any]:
    return {"clause": clause, "section": f"Section {clause[0]}", "quote": "…"}


class Talk:
    """A conversation whose turns are written as the front desk does."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self.store = ConversationStore(rooms.database)
        self.id, _ = self.store.open(channel="web", language=None, at=rooms.watch.now)
        self.turns = 0

    def turn(self, text: str, outcome: str, *clauses: str) -> None:
        self.turns += 1
        self.store.record(
            self.id,
            turn_id=f"t{self.turns}",
            fingerprint="f",
            text=text,
            reply={"outcome": outcome, "see_also": [near(clause) for clause in clauses]},
            at=self.rooms.watch.now,
            context={},
        )


@pytest.fixture
def talk(rooms: Rooms) -> Talk:
    return Talk(rooms)


@pytest.fixture
def reports(rooms: Rooms) -> Reports:
    return Reports(rooms.database, rooms.watch)


def test_what_the_policy_does_not_state_is_counted_by_the_nearest_clause_and_grouped(
    talk: Talk, reports: Reports
) -> None:
    talk.turn("How long do you keep invoices?", "answered")
    talk.turn("In which country are your servers?", "not_stated", "5.1.1", "7.1.3")
    talk.turn("Which country are the servers in?", "not_stated", "5.1.1")
    talk.turn("Do you use my photos to train AI?", "not_stated", "3.2.1")
    talk.turn("asdf qwer", "not_understood")
    report = reports.gaps()
    assert report.turns == {"answered": 1, "not_stated": 3, "not_understood": 1}
    assert (report.not_stated, report.not_understood, report.grouped) == (3, 1, 4)
    assert [(clause.clause, clause.section, clause.count) for clause in report.clauses] == [
        ("5.1.1", "Section 5", 2),
        ("3.2.1", "Section 3", 1),
    ]
    first = report.gaps[0]
    assert (first.count, first.outcome, first.nearest) == (2, "not_stated", ("5.1.1", "7.1.3"))
    assert set(first.examples) == {"In which country are your servers?", "Which country are the servers in?"}
    assert sorted(gap.count for gap in report.gaps) == [1, 1, 2]


def test_what_was_erased_and_what_is_older_counts_no_more(talk: Talk, reports: Reports, rooms: Rooms) -> None:
    talk.turn("In which country are your servers?", "not_stated", "5.1.1")
    rooms.watch.forward(days=10)
    later = Talk(rooms)
    later.turn("Who is your auditor?", "not_stated", "9.1.1")
    assert [gap.examples for gap in reports.gaps(days=9).gaps] == [("Who is your auditor?",)]
    rooms.database.write(lambda session: later.store.forget(session, later.id))
    assert reports.gaps(days=9).gaps == ()
    assert reports.gaps(days=9).turns == {}
    assert len(reports.gaps(days=11).gaps) == 1


def test_what_a_visitor_found_not_helpful_is_left_open_too_and_the_last_word_counts(talk: Talk, rooms: Rooms) -> None:
    for text, outcome in (("One?", "answered"), ("Two?", "answered"), ("Three?", "not_stated"), ("Four?", "answered")):
        talk.turn(text, outcome)
    for turn, *words in (("t1", False), ("t2", False, True), ("t3", False), ("t4", True)):
        for helpful in words:
            talk.store.feedback(talk.id, turn, helpful=bool(helpful), comment=None, at=rooms.watch.now)

    def found() -> list[tuple[str, bool]]:
        with rooms.database.read() as session:
            return [(turn.text, turn.is_unhelpful) for turn in left_open(session, GAPS, rooms.watch.now)]

    assert found() == [("Three?", True), ("One?", True)]
    rooms.database.write(lambda session: talk.store.forget(session, talk.id))
    assert found() == []


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_period_of_no_or_too_many_days_is_refused(reports: Reports, days: int) -> None:
    with pytest.raises(BadPeriod):
        reports.gaps(days=days)
    with pytest.raises(BadPeriod):
        reports.sla(days=days)


def test_the_columns_that_a_report_reads_are_those_of_the_conversations() -> None:
    declared = Base.metadata.tables[StoredTurn.__tablename__].c
    assert TURNS.name == StoredTurn.__tablename__
    assert {name: type(declared[name].type) for name in ("text", "reply", "at")} == {
        name: type(TURNS.c[name].type) for name in ("text", "reply", "at")
    }
    assert {column.name for column in TURNS.c} <= {column.name for column in declared}
    assert FEEDBACK.name == StoredFeedback.__tablename__
    assert {column.name for column in FEEDBACK.c} <= {
        column.name for column in Base.metadata.tables[StoredFeedback.__tablename__].c
    }
