from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from assistant.reply import Right, Severity
from assistant.tickets.errors import IllegalMove, StaleTicket, TicketNotFound, TicketRefusal
from assistant.tickets.models import StoredContent
from assistant.tickets.values import Kind, Status
from tests.assistant.db.opening import found_in
from tests.assistant.tickets.conftest import ANA, START, Room

INCIDENT = {"kind": Kind.SECURITY_INCIDENT, "right": None, "severity": Severity.HIGH, "contact": None}


def events(room: Room, reference: str) -> list[tuple[str, str, str]]:
    return [(entry.event, entry.status, entry.actor) for entry in room.tickets.history(reference)]


def test_a_proven_request_is_received_and_its_clocks_do_not_move(room: Room) -> None:
    card = room.open_unproven()
    room.watch.forward(days=6)
    (proven,) = room.do(room.tickets.verify, [card.reference], actor="visitor", at=room.watch.now)
    assert proven.status is Status.RECEIVED
    assert (proven.due, proven.first_answer) == (card.due, card.first_answer)
    view = room.tickets.view(card.reference)
    assert view.row.contact_proven
    assert view.verified_at == room.watch.now
    assert view.row.opened_at == START


def test_proving_twice_changes_nothing_the_second_time(room: Room) -> None:
    card = room.open_unproven()
    for _ in range(2):
        room.do(room.tickets.verify, [card.reference], actor="visitor", at=START)
    assert [event for event, _, _ in events(room, card.reference)] == ["opened", "verified"]


def test_what_has_expired_is_proven_no_more(room: Room) -> None:
    card = room.open_unproven()
    room.do(room.tickets.move, card.reference, Status.EXPIRED, actor="system")
    with pytest.raises(IllegalMove):
        room.do(room.tickets.verify, [card.reference], actor="visitor", at=START)


def test_duplicates_are_linked_only_once_both_are_proven(room: Room) -> None:
    first, second = room.open_unproven(), room.open_unproven(contact="ANA@example.com")
    other_right = room.open_unproven(right=Right.DELETION)
    somebody_else = room.open_unproven(contact="ben@example.com")
    references = [card.reference for card in (second, other_right, somebody_else)]
    room.do(room.tickets.verify, references, actor="visitor", at=START)
    # The first is older, but nobody has proven it.
    assert [room.tickets.view(reference).duplicate_of for reference in references] == [None, None, None]
    room.do(room.tickets.verify, [first.reference], actor="visitor", at=START)
    assert room.tickets.view(first.reference).duplicate_of == second.reference
    assert room.tickets.view(second.reference).linked == (first.reference,)
    merged = room.do(room.tickets.move, first.reference, Status.MERGED, actor="key:ana")
    assert merged.status is Status.MERGED


def test_an_unproven_request_is_never_merged(room: Room) -> None:
    room.open()
    unproven = room.open(contact_proven=False)
    with pytest.raises(TicketRefusal):
        room.do(room.tickets.move, unproven.reference, Status.MERGED, actor="key:ana")


def test_every_move_is_an_entry_with_actor_and_reason(room: Room) -> None:
    reference = room.open().reference
    room.do(room.tickets.move, reference, Status.IN_PROGRESS, actor="key:ana")
    room.do(room.tickets.move, reference, Status.DENIED, actor="key:ben", reason="We hold nothing.")
    assert events(room, reference) == [
        ("opened", "received", "visitor"),
        ("moved", "in_progress", "key:ana"),
        ("moved", "denied", "key:ben"),
    ]
    last = room.tickets.history(reference)[-1]
    assert (last.from_status, last.words) == (Status.IN_PROGRESS, "We hold nothing.")
    assert [entry.number for entry in room.tickets.history(reference)] == [1, 2, 3]
    assert [entry.action for entry in room.audit.entries(reference)] == [
        "ticket.opened",
        "ticket.moved",
        "ticket.moved",
    ]


def test_a_move_that_is_refused_leaves_no_trace(room: Room) -> None:
    reference = room.open().reference
    with pytest.raises(TicketRefusal):
        room.do(room.tickets.move, reference, Status.DENIED, actor="assistant", reason="No.")
    with pytest.raises(IllegalMove):
        room.do(room.tickets.move, reference, Status.CONTAINED, actor="console")
    assert len(room.tickets.history(reference)) == len(room.audit.entries(reference)) == 1


def test_the_second_of_two_who_read_the_same_version_is_refused(room: Room) -> None:
    reference = room.open().reference
    version = room.tickets.view(reference).version
    room.do(room.tickets.move, reference, Status.IN_PROGRESS, actor="key:ana", expect_version=version)
    with pytest.raises(StaleTicket):
        room.do(room.tickets.note, reference, "Mine?", actor="key:ben", expect_version=version)
    with pytest.raises(TicketNotFound):
        room.do(room.tickets.note, "CM-0000-0000", "Mine?", actor="key:ben", expect_version=version)


def test_what_is_done_stops_every_clock_and_stays_done(room: Room) -> None:
    reference = room.open().reference
    room.watch.forward(days=2)
    room.do(room.tickets.move, reference, Status.FULFILLED, actor="key:ana")
    view = room.tickets.view(reference)
    assert view.closed_at == room.watch.now
    assert [deadline.stopped_at for deadline in view.deadlines] == [room.watch.now] * 2
    assert view.moves == ()
    with pytest.raises(IllegalMove):
        room.do(room.tickets.withdraw, reference, actor="visitor")


def test_a_reply_is_mailed_and_stops_the_first_answer_alone(room: Room) -> None:
    reference = room.open().reference
    room.watch.forward(hours=5)
    room.do(room.tickets.reply, reference, "We are on it.\n", actor="key:ana")
    (mail,) = room.mails()
    assert (mail.to, mail.purpose, mail.reference) == (ANA, "reply", reference)
    assert mail.body.startswith("We are on it.\n\n")
    assert room.organisation.privacy_contact.email in mail.body
    view = room.tickets.view(reference)
    assert {each.name: each.stopped_at for each in view.deadlines} == {"answer": None, "first_answer": room.watch.now}
    room.do(room.tickets.reply, reference, "Done.", actor="key:ana")
    assert room.tickets.view(reference).first_answered_at == START + timedelta(hours=5)
    assert room.tickets.history(reference)[-1].words == "Done."


def test_an_unproven_address_of_an_inquiry_is_written_to_only_by_a_person(room: Room) -> None:
    reference = room.open_inquiry().reference
    for nobody in ("assistant", "system", "visitor"):
        with pytest.raises(TicketRefusal, match="not proven"):
            room.do(room.tickets.reply, reference, "Hello.", actor=nobody)
    assert room.mails() == []
    room.do(room.tickets.reply, reference, "Hello.", actor="key:ana")
    assert [mail.to for mail in room.mails()] == [ANA]


def test_a_request_that_awaits_its_code_is_answered_by_nobody(room: Room) -> None:
    with pytest.raises(TicketRefusal, match="nothing but its code"):
        room.do(room.tickets.reply, room.open_unproven().reference, "Hello.", actor="key:ana")
    with pytest.raises(TicketRefusal, match="no address"):
        room.do(room.tickets.reply, room.open_inquiry(contact=None).reference, "Hello.", actor="key:ana")
    assert room.mails() == []


def test_an_incident_is_acknowledged_once_and_keeps_who_did(room: Room) -> None:
    noticed = datetime(2026, 9, 22, 9, 0, tzinfo=UTC)
    reference = room.open(noticed_at=noticed, **INCIDENT).reference
    room.watch.forward(minutes=3)
    card = room.do(room.tickets.acknowledge, reference, actor="key:desk", by="Ana")
    assert card.status is Status.ACKNOWLEDGED
    room.watch.forward(minutes=3)
    room.do(room.tickets.acknowledge, reference, actor="key:desk", by="Ben")
    view = room.tickets.view(reference)
    assert (view.acknowledged_by, view.acknowledged_at) == ("Ana", START + timedelta(minutes=3))
    assert view.noticed_at == noticed
    assert {each.name for each in view.deadlines} == {"report_cert_in", "report_gdpr", "report_dpdp"}
    assert len(room.tickets.history(reference)) == 2
    with pytest.raises(TicketRefusal):
        room.do(room.tickets.acknowledge, room.open().reference, actor="key:desk")


def test_a_repeat_report_raises_severity_and_never_lowers_it(room: Room) -> None:
    reference = room.open(**INCIDENT).reference
    for severity, then in ((Severity.CRITICAL, "critical"), (Severity.NORMAL, "critical"), (None, "critical")):
        card = room.do(room.tickets.attach, reference, text="More.", severity=severity, actor="visitor")
        assert card.severity == then
    assert [event for event, _, _ in events(room, reference)] == ["opened", *["reported_again"] * 3]
    with pytest.raises(TicketRefusal):
        room.do(room.tickets.attach, room.open().reference, text="More.", severity=None, actor="visitor")


@pytest.mark.parametrize("kind", [Kind.INQUIRY, Kind.COMPLAINT])
def test_an_address_can_be_added_later_and_is_unproven(room: Room, kind: Kind) -> None:
    reference = room.open(kind=kind, right=None, contact=None, contact_proven=False).reference
    assert room.tickets.address_on_file(reference) is None
    room.do(room.tickets.add_contact, reference, ANA)
    view = room.tickets.view(reference)
    assert (view.contact, view.row.contact, view.row.contact_proven) == (ANA, "a…@example.com", False)
    assert [card.reference for card in room.tickets.by_address("Ana@Example.com")] == [reference]
    assert room.tickets.belongs_to(reference, ANA)
    entry = room.tickets.history(reference)[-1]
    assert (entry.event, entry.actor, entry.words) == ("contact_added", "visitor", "")
    assert [each.action for each in room.audit.entries(reference)] == ["ticket.opened", "ticket.contact_added"]
    assert found_in(room.database.folder, [ANA]) == []


def test_an_address_is_added_only_where_there_is_none_and_none_must_be_proven(room: Room) -> None:
    done = room.open_inquiry(contact=None).reference
    room.do(room.tickets.move, done, Status.CLOSED, actor="console")
    for reference in (done, room.open_inquiry().reference, room.open(contact=None).reference):
        before = room.tickets.address_on_file(reference)
        with pytest.raises(TicketRefusal, match="takes no address"):
            room.do(room.tickets.add_contact, reference, "ben@example.com")
        assert room.tickets.address_on_file(reference) == before


@pytest.mark.parametrize("address", [ANA, f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 59}.example"])
def test_a_row_that_an_address_is_added_to_does_not_grow(room: Room, address: str) -> None:
    # A row that grows may be moved, and what it leaves behind is not found when it is blanked.
    def size() -> int:
        content = room.rows(lambda session: session.scalars(select(StoredContent)).one())
        return len(content.contact or b"") + len(content.contact_blind or b"")

    reference = room.open_inquiry(contact=None).reference
    before = size()
    room.do(room.tickets.add_contact, reference, address)
    assert size() == before


def test_an_added_address_is_forgotten_with_the_ticket(room: Room) -> None:
    reference = room.open_inquiry(contact=None).reference
    room.do(room.tickets.add_contact, reference, ANA)
    room.do(room.tickets.forget_contact, ANA, at=START)
    room.do(room.tickets.move, reference, Status.CLOSED, actor="console")
    assert room.tickets.address_on_file(reference) is None
    assert room.tickets.by_address(ANA) == ()
