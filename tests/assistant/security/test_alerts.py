from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from assistant.outbox.values import Kind
from assistant.security.on_call import OnCall, Target
from assistant.tickets.errors import TicketNotFound
from assistant.tickets.values import Status
from tests.assistant.security.rooms import START, Rooms, built

HACKED = "someone hacked my account"
TIERS = OnCall(
    (
        (Target(Kind.MAIL, "first@example.com"),),
        (Target(Kind.MAIL, "second@example.com"), Target(Kind.SLACK, "https://hooks.slack.com/services/T/B/x")),
        (Target(Kind.WEBHOOK, "https://alerts.example.com/in", "whsec_c2VjcmV0"),),
    )
)


def minutes_of(rooms: Rooms) -> list[float]:
    return [(mail.at - START) / timedelta(minutes=1) for mail in rooms.mails("alert")]


def test_an_alert_is_repeated_at_its_steps_and_then_hourly_for_days(rooms: Rooms) -> None:
    rooms.report(HACKED)
    rooms.run_for(3 * 60)
    assert minutes_of(rooms) == [0, 5, 15, 30, 60, 120, 180]
    rooms.run_for(2 * 24 * 60, seconds=600)
    assert len(rooms.mails("alert")) == 7 + 48


def test_an_acknowledgement_stops_everything_at_once(rooms: Rooms) -> None:
    reference = rooms.report(HACKED).tickets[0]["reference"]
    rooms.run_for(6)
    rooms.acknowledge(reference)
    assert [mail.state for mail in rooms.mails("alert")] == ["dropped", "dropped"]
    rooms.run_for(26 * 60, seconds=600)
    assert len(rooms.mails("alert")) == 2
    assert rooms.tickets.card(reference).status is Status.ACKNOWLEDGED


def test_an_acknowledgement_that_is_said_twice_or_without_hyphens_is_taken(rooms: Rooms) -> None:
    reference = rooms.report(HACKED).tickets[0]["reference"]
    rooms.acknowledge(reference.replace("-", "").lower())
    rooms.acknowledge(reference, by="ben")
    assert rooms.tickets.card(reference).status is Status.ACKNOWLEDGED


def test_what_nobody_reported_cannot_be_acknowledged(rooms: Rooms) -> None:
    with pytest.raises(TicketNotFound):
        rooms.acknowledge("CM-0000-0000")


def test_a_person_who_takes_the_ticket_up_is_not_alerted_any_more(rooms: Rooms) -> None:
    reference = rooms.report(HACKED).tickets[0]["reference"]
    rooms.database.write(lambda session: rooms.tickets.move(session, reference, Status.IN_PROGRESS, actor="console"))
    rooms.run_for(120)
    assert len(rooms.mails("alert")) == 1


def test_steps_that_nobody_ticked_are_caught_up_by_one_alert(rooms: Rooms) -> None:
    rooms.report(HACKED)
    rooms.watch.forward(hours=7, minutes=20)
    rooms.alerts.tick(rooms.watch.now)
    rooms.alerts.tick(rooms.watch.now)
    assert minutes_of(rooms) == [0, 440]
    rooms.run_for(60)
    assert minutes_of(rooms) == [0, 440, 480]


def test_a_second_process_that_ticks_at_the_same_moment_sends_nothing_twice(rooms: Rooms, tmp_path: Path) -> None:
    rooms.report(HACKED)
    rooms.watch.forward(minutes=5)
    with built(tmp_path / "data", watch=rooms.watch) as other:
        assert rooms.alerts.tick(rooms.watch.now) == 1
        assert other.alerts.tick(rooms.watch.now) == 0


def test_an_alert_of_a_turn_whose_process_died_after_the_commit_is_still_there(tmp_path: Path) -> None:
    with built(tmp_path / "data") as dying:
        piece = dying.security.report(dying.visit(HACKED))
        dying.database.write(lambda session: [write(session) for write in piece.writes])
    with built(tmp_path / "data") as next_one:
        assert [mail.state for mail in next_one.mails("alert")] == ["waiting"]
        next_one.run_for(5)
        assert minutes_of(next_one) == [0, 5]


def test_a_turn_that_is_rolled_back_leaves_neither_incident_nor_alert(rooms: Rooms) -> None:
    piece = rooms.security.report(rooms.visit(HACKED))

    def half(session: Session) -> None:
        piece.writes[0](session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rooms.database.write(half)
    rooms.run_for(60)
    assert rooms.mails() == []


def test_a_rise_in_severity_begins_the_steps_anew_even_after_an_acknowledgement(rooms: Rooms) -> None:
    reference = rooms.report("I got a weird email with your logo").tickets[0]["reference"]
    rooms.watch.forward(minutes=10)
    rooms.acknowledge(reference)
    rooms.report("now I see that they have hacked our server")
    assert minutes_of(rooms) == [0, 10]
    rooms.run_for(20)
    assert minutes_of(rooms) == [0, 10, 15, 25]
    rooms.acknowledge(reference)
    rooms.run_for(180)
    assert len(rooms.mails("alert")) == 4


def test_each_tier_is_told_from_its_step_on_in_its_own_form(tmp_path: Path) -> None:
    with built(tmp_path / "data", chain=TIERS) as rooms:
        reference = rooms.report(HACKED).tickets[0]["reference"]
        rooms.run_for(30)
        told = [(round((mail.at - START).total_seconds() / 60), mail.to) for mail in rooms.mails()]
        first, second, hook = "first@example.com", "second@example.com", "https://alerts.example.com/in"
        slack = "https://hooks.slack.com/services/T/B/x"
        assert told == [
            (0, first),
            (5, first),
            (15, first),
            (15, second),
            (15, slack),
            (30, first),
            (30, second),
            (30, slack),
            (30, hook),
        ]
        event = rooms.mails()[-1]
        assert (event.kind, event.subject) == ("webhook", "incident.reported")
        assert event.data == {
            "reference": reference,
            "severity": "critical",
            "kind": "takeover",
            "reported_at": "2026-11-22T09:30:00Z",
            "alert": 4,
        }


def test_the_first_mail_alone_has_what_the_visitor_wrote(rooms: Rooms) -> None:
    rooms.report("someone hacked my account, see https://evil.example.com/login?x=1 " + "so bad " * 100)
    rooms.run_for(5)
    first, again = (mail.body for mail in rooms.mails("alert"))
    assert "> someone hacked my account, see [link] so bad" in first
    assert "evil" not in first
    assert len(next(line for line in first.splitlines() if line.startswith(">"))) <= 302
    assert "so bad" not in again


def test_a_tick_writes_nothing_while_nothing_is_due(rooms: Rooms) -> None:
    rooms.report(HACKED)
    before = len(rooms.woken)
    rooms.run_for(4, seconds=10)
    assert len(rooms.woken) == before
