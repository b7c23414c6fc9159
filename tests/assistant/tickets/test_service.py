from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.reply import Right, Severity
from assistant.tickets.errors import BadRequest, TicketNotFound
from assistant.tickets.models import SEALED, StoredContent, StoredEntry, StoredTicket, content_place, entry_place
from assistant.tickets.values import Kind, NewTicket, Status
from tests.assistant.db.opening import found_in
from tests.assistant.tickets.conftest import ANA, CONVERSATION, START, Room


def test_a_card_says_what_the_public_contract_says(room: Room) -> None:
    card = room.open()
    assert card.as_json() == {
        "reference": card.reference,
        "kind": "rights_request",
        "right": "access",
        "status": "received",
        "severity": None,
        "due_at": "2026-10-22T10:15:00Z",
        "due_basis": {"kind": "policy", "cite": "12.2.2"},
        "first_answer_due_at": "2026-09-25T10:15:00Z",
    }
    assert room.tickets.card(card.reference) == card


def test_a_preview_is_the_card_that_will_be_opened(room: Room) -> None:
    for kind, right, severity in (
        (Kind.RIGHTS_REQUEST, Right.DELETION, None),
        (Kind.SECURITY_INCIDENT, None, Severity.CRITICAL),
        (Kind.COMPLAINT, None, None),
    ):
        new = NewTicket(room.tickets.new_reference(), kind, "Text.", right=right, severity=severity, opened_at=START)
        assert room.tickets.preview(new) == room.do(room.tickets.open, new) == room.tickets.card(new.reference)


def test_opening_is_the_first_entry_of_history_and_audit(room: Room) -> None:
    card = room.open(actor="visitor")
    (entry,) = room.tickets.history(card.reference)
    assert (entry.number, entry.event, entry.status, entry.actor, entry.at) == (
        1,
        "opened",
        "received",
        "visitor",
        START,
    )
    (audited,) = room.audit.entries(card.reference)
    assert (audited.action, audited.actor) == ("ticket.opened", "visitor")
    assert room.audit.verify().problems == ()


def test_the_tickets_of_a_conversation_are_shown_in_the_order_they_were_opened(room: Room) -> None:
    for right in (Right.ACCESS, Right.DELETION):
        room.open(conversation=CONVERSATION, turn_id="t-1", right=right)
    room.open(conversation=bytes(32))
    assert [card.right for card in room.tickets.cards_of_conversation(CONVERSATION)] == ["access", "deletion"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"right": None},
        {"severity": Severity.HIGH},
        {"kind": Kind.INQUIRY},
        {"kind": Kind.SECURITY_INCIDENT, "right": None},
        {"status": Status.FULFILLED},
        {"kind": Kind.COMPLAINT, "right": None, "status": Status.AWAITING_VERIFICATION},
    ],
)
def test_a_ticket_that_does_not_fit_its_kind_is_refused(room: Room, wrong: dict[str, object]) -> None:
    with pytest.raises(BadRequest):
        room.open(**wrong)


def test_a_reference_is_found_however_it_is_typed(room: Room) -> None:
    card = room.open()
    typed = card.reference.replace("-", "").lower()
    assert room.tickets.find(typed) == room.tickets.find(f" {card.reference} ") == card.reference
    for unknown in ("CM-0000-0000", "nothing", ""):
        with pytest.raises(TicketNotFound) as error:
            room.tickets.find(unknown)
        assert str(error.value) == str(TicketNotFound())


def test_an_address_finds_its_tickets_however_it_is_written(room: Room) -> None:
    card, _other = room.open(), room.open(contact="ben@example.com")
    assert room.tickets.by_address(" ANA@Example.com") == (card,)
    assert room.tickets.address_on_file(card.reference) == ANA
    assert room.tickets.address_on_file("CM-0000-0000") is None
    assert room.tickets.belongs_to(card.reference, "Ana@example.com")
    assert not room.tickets.belongs_to(card.reference, "ben@example.com")
    assert not room.tickets.belongs_to(room.open(contact=None).reference, "")


def test_the_open_incident_of_a_conversation_is_found(room: Room) -> None:
    incident = {"kind": Kind.SECURITY_INCIDENT, "right": None, "severity": Severity.HIGH, "contact": None}
    card = room.open(conversation=CONVERSATION, **incident)
    room.open(conversation=CONVERSATION)
    assert room.tickets.incident_of(CONVERSATION) == card
    room.do(room.tickets.move, card.reference, Status.CLOSED, actor="console")
    assert room.tickets.incident_of(CONVERSATION) is None


def test_unproven_requests_of_a_network_are_counted(room: Room) -> None:
    unproven = [room.open_unproven(network="n1") for _ in range(3)]
    room.open_unproven(network="n2")
    room.do(room.tickets.verify, [unproven[0].reference], actor="visitor", at=START)
    assert room.tickets.unverified_since("n1", START - timedelta(days=1)) == 2
    assert room.tickets.unverified_since("n1", START + timedelta(seconds=1)) == 0


def test_no_address_and_nothing_unmasked_stands_in_any_file(room: Room) -> None:
    card = room.open(details="Priya Canary 4417", on_behalf_of="Omar Canary", contact="canary.person@example.com")
    room.do(room.tickets.note, card.reference, "Called Zoe Canary.", actor="key:ana")
    view = room.tickets.view(card.reference)
    assert (view.details, view.on_behalf_of, view.contact) == (
        "Priya Canary 4417",
        "Omar Canary",
        "canary.person@example.com",
    )
    assert found_in(room.database.folder, ["Canary", "canary.person", "Zoe"]) == []


def test_every_sealed_column_is_declared_with_the_place_it_is_sealed_to(room: Room) -> None:
    card = room.open(details="More.", on_behalf_of="Omar")
    room.do(room.tickets.note, card.reference, "A note.", actor="key:ana")
    declared = {(column.table, column.column): column for column in SEALED}
    content = room.rows(lambda session: session.scalars(select(StoredContent)).one())
    for name in ("contact", "details", "on_behalf_of"):
        place = declared["ticket_contents", name].place_of({"ticket_number": content.ticket_number})
        assert place == content_place(name, content.ticket_number)
        assert room.sealer.open(getattr(content, name), place=place)
    entry = room.rows(lambda session: session.scalars(select(StoredEntry).where(StoredEntry.entry == 2)).one())
    place = declared["ticket_history", "words"].place_of({"ticket_number": entry.ticket_number, "entry": 2})
    assert place == entry_place(entry.ticket_number, 2)


def test_the_callers_id_of_a_turn_is_not_kept(room: Room) -> None:
    card = room.open(conversation=CONVERSATION, turn_id="my-name-is-canary")
    stored = room.rows(lambda session: session.scalars(select(StoredTicket)).one())
    assert stored.reference == card.reference
    assert found_in(room.database.folder, ["my-name-is-canary"]) == []


def test_a_new_ticket_shows_no_person_in_its_repr() -> None:
    new = NewTicket("CM-1", Kind.INQUIRY, "My words", contact=ANA, details="More", on_behalf_of="Omar")
    assert not any(word in repr(replace(new)) for word in ("My words", ANA, "More", "Omar"))
