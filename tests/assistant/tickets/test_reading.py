from datetime import timedelta

import pytest

from assistant.reply import Right, Severity
from assistant.tickets.errors import BadRequest, TicketNotFound
from assistant.tickets.values import Filters, Kind, Status
from tests.assistant.tickets.conftest import ANA, START, Room


def listed(room: Room, **filters: object) -> list[str]:
    return [row.card.reference for row in room.tickets.list(Filters(**filters)).items]  # type: ignore[arg-type]


def incident(room: Room, severity: Severity) -> str:
    return room.open(kind=Kind.SECURITY_INCIDENT, right=None, severity=severity, contact=None).reference


def test_critical_incidents_come_first_then_what_is_due_first(room: Room) -> None:
    late = room.open(right=Right.DELETION, opened_at=START + timedelta(days=1)).reference
    soon = room.open_inquiry().reference
    middle = room.open().reference
    normal, critical = incident(room, Severity.NORMAL), incident(room, Severity.CRITICAL)
    assert listed(room) == [critical, normal, soon, middle, late]


def test_what_awaits_verification_stands_only_under_that_status(room: Room) -> None:
    unproven, proven = room.open_unproven().reference, room.open().reference
    assert listed(room) == listed(room, status="open") == [proven]
    assert listed(room, status="awaiting_verification") == [unproven]


def test_open_is_everything_that_is_not_done(room: Room) -> None:
    going, done = room.open().reference, room.open(right=Right.DELETION).reference
    room.do(room.tickets.move, done, Status.WITHDRAWN, actor="visitor")
    assert listed(room, status="open") == [going]
    assert listed(room, status=Status.WITHDRAWN) == [done]
    assert sorted(listed(room)) == sorted([going, done])
    with pytest.raises(BadRequest):
        listed(room, status="finished")


def test_every_filter_narrows(room: Room) -> None:
    access, deletion = room.open().reference, room.open(right=Right.DELETION, contact="ben@example.com").reference
    inquiry = room.open_inquiry(text="Where are 100% of the servers?").reference
    critical = incident(room, Severity.CRITICAL)
    room.do(room.tickets.claim, deletion, actor="key:ana")
    assert listed(room, kind=Kind.INQUIRY) == [inquiry]
    assert listed(room, right=Right.DELETION) == [deletion]
    assert listed(room, severity=Severity.CRITICAL) == [critical]
    assert listed(room, assignee="key:ana") == [deletion]
    assert listed(room, due_before=START + timedelta(days=4)) == [inquiry]
    assert listed(room, q="SERVERS") == listed(room, q="100% of") == [inquiry]
    assert listed(room, q="100_ of") == []
    assert listed(room, q=access.lower().replace("-", " ")) == [access]
    assert listed(room, q="BEN@example.com") == [deletion]
    assert listed(room, kind=Kind.INQUIRY, right=Right.ACCESS) == []


def test_pages_hold_every_ticket_once_while_more_are_opened(room: Room) -> None:
    references = [room.open(opened_at=START + timedelta(minutes=step)).reference for step in range(7)]
    seen: list[str] = []
    cursor = None
    while True:
        page = room.tickets.list(Filters(), cursor=cursor, limit=3)
        seen += [row.card.reference for row in page.items]
        if (cursor := page.next) is None:
            break
        room.open_inquiry()
    assert seen == references


@pytest.mark.parametrize(
    "cursor",
    ["x", "🙂", "W10=", "WzEsMiwzXQ==", "WyIxIiwiMjAyNiIsMV0=", "bnVsbA==", "eyJhIjoxfQ==", "A" * 9000, "W1tbW1tb"],
)
def test_a_cursor_that_is_not_ours_is_refused(room: Room, cursor: str) -> None:
    with pytest.raises(BadRequest, match="cursor"):
        room.tickets.list(Filters(), cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 201, 10**9])
def test_a_page_has_a_bounded_size(room: Room, limit: int) -> None:
    with pytest.raises(BadRequest, match="limit"):
        room.tickets.list(Filters(), limit=limit)


def test_a_list_masks_addresses_and_a_view_is_audited(room: Room) -> None:
    reference = room.open(contact="riya@example.com", details="More.").reference
    (row,) = room.tickets.list(Filters()).items
    assert row.as_json()["email"] == "r…@example.com"
    view = room.tickets.audited_view(reference.lower(), actor="key:ana")
    assert (view.contact, view.as_json()["details"]) == ("riya@example.com", "More.")
    last = room.audit.entries(reference)[-1]
    assert (last.action, last.actor) == ("ticket.viewed", "key:ana")
    for shown in (repr(view), repr(room.tickets.history(reference))):
        assert "riya@" not in shown
        assert "More." not in shown
    with pytest.raises(TicketNotFound):
        room.tickets.audited_view("CM-0000-0000", actor="key:ana")


def test_a_view_names_the_other_tickets_of_its_request(room: Room) -> None:
    first, second = room.open(group="g").reference, room.open(group="g", right=Right.DELETION).reference
    room.open(group="h", contact=ANA)
    assert room.tickets.view(first).linked == (second,)
    assert room.tickets.view(second).linked == (first,)
