from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.reply import Right, Severity
from assistant.reports.desk import Reports
from assistant.reports.sla import KindFigures, LimitFigures
from assistant.tickets.values import Kind, NewTicket, Status
from tests.assistant.security.rooms import Rooms

ACTOR = "key:ana"


@pytest.fixture
def reports(rooms: Rooms) -> Reports:
    return Reports(rooms.database, rooms.watch)


def figures(reports: Reports, kind: Kind, days: int = 90) -> KindFigures:
    return next(figures for figures in reports.sla(days=days).kinds if figures.kind is kind)


def opened(rooms: Rooms, kind: Kind = Kind.INQUIRY, status: Status = Status.RECEIVED) -> str:
    new = NewTicket(rooms.tickets.new_reference(), kind, "Please.", status=status, contact="riya@example.com")
    if kind is Kind.RIGHTS_REQUEST:
        new = replace(new, right=Right.ACCESS)
    if kind is Kind.SECURITY_INCIDENT:
        new = replace(new, severity=Severity.HIGH)
    return rooms.database.write(lambda session: rooms.tickets.open(session, new)).reference


def reply(rooms: Rooms, reference: str) -> None:
    rooms.database.write(lambda session: rooms.tickets.reply(session, reference, "Yes.", actor=ACTOR))


def move(rooms: Rooms, reference: str, to: Status) -> None:
    rooms.database.write(lambda session: rooms.tickets.move(session, reference, to, actor=ACTOR, reason="Done."))


def test_an_empty_queue_has_every_kind_with_nothing_in_it(reports: Reports) -> None:
    report = reports.sla()
    assert [figures.kind for figures in report.kinds] == list(Kind)
    assert {(figures.open, figures.opened, figures.first_answers.kept_share) for figures in report.kinds} == {
        (0, 0, None)
    }


def test_first_answers_within_72_hours_are_kept_and_later_or_missing_ones_missed(
    rooms: Rooms, reports: Reports
) -> None:
    in_time, late, never = opened(rooms), opened(rooms), opened(rooms)
    rooms.watch.forward(hours=10)
    reply(rooms, in_time)
    running = figures(reports, Kind.INQUIRY)
    assert running.first_answers == LimitFigures(kept=1, missed=0, running=2)
    rooms.watch.forward(hours=70)
    reply(rooms, late)
    found = figures(reports, Kind.INQUIRY)
    assert found.first_answers == LimitFigures(kept=1, missed=2, running=0)
    assert found.first_answers.kept_share == 0.3333
    assert (found.open, found.overdue, found.unassigned) == (3, 1, 3)
    assert found.median_hours_to_first_answer == 45.0
    move(rooms, never, Status.CLOSED)
    assert figures(reports, Kind.INQUIRY).overdue == 0


def test_a_request_that_is_answered_in_time_is_kept_and_closed(rooms: Rooms, reports: Reports) -> None:
    reference = opened(rooms, Kind.RIGHTS_REQUEST)
    rooms.watch.forward(days=3)
    move(rooms, reference, Status.FULFILLED)
    found = figures(reports, Kind.RIGHTS_REQUEST)
    assert (found.opened, found.closed, found.open) == (1, 1, 0)
    assert found.answers == LimitFigures(kept=1)
    assert found.median_hours_to_close == 72.0


def test_what_nobody_has_proven_is_counted_apart(rooms: Rooms, reports: Reports) -> None:
    opened(rooms, Kind.RIGHTS_REQUEST, Status.AWAITING_VERIFICATION)
    report = reports.sla()
    assert report.awaiting_verification == 1
    assert (figures(reports, Kind.RIGHTS_REQUEST).opened, figures(reports, Kind.RIGHTS_REQUEST).open) == (0, 0)


def test_incidents_show_how_long_it_took_until_somebody_had_them(rooms: Rooms, reports: Reports) -> None:
    reference = opened(rooms, Kind.SECURITY_INCIDENT)
    rooms.watch.forward(minutes=30)
    rooms.acknowledge(reference)
    assert figures(reports, Kind.SECURITY_INCIDENT).median_hours_to_acknowledge == 0.5


def test_the_period_bounds_what_was_opened_and_not_what_is_open(rooms: Rooms, reports: Reports) -> None:
    opened(rooms)
    at = rooms.watch.now
    rooms.watch.forward(days=20)
    found = figures(reports, Kind.INQUIRY, days=10)
    assert (found.opened, found.open, found.oldest_open_at) == (0, 1, at)
    assert reports.sla(days=10).since == rooms.watch.now - timedelta(days=10)
