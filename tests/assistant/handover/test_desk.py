from collections.abc import Callable

import pytest

from assistant.dialogue.pending import DialogueKind, DialogueMoved, Pending
from assistant.reply import AsksFor, Intent, Outcome, PartKind, Piece
from assistant.tickets.errors import TicketRefusal
from assistant.tickets.values import Event, Status
from tests.assistant.security.rooms import Rooms

ANA = "ana@example.com"


def asked(rooms: Rooms, text: str = "I want to talk to a person") -> Piece:
    return rooms.commit(rooms.handover.person(rooms.visit(text)))


def complained(rooms: Rooms, text: str = "I am furious about how you handled my data") -> Piece:
    return rooms.commit(rooms.handover.complaint(rooms.visit(text)))


def answered(rooms: Rooms, text: str) -> Piece:
    piece = rooms.answer(text)
    assert piece is not None
    return piece


def reference_of(piece: Piece) -> str:
    (ticket,) = piece.tickets
    return str(ticket["reference"])


def words(piece: Piece) -> str:
    return "\n".join(part.text for part in piece.parts)


def pending_of(rooms: Rooms) -> Pending | None:
    return rooms.dialogues.load(rooms.visit("").conversation)


def notes(rooms: Rooms, reference: str) -> list[str]:
    return [entry.words for entry in rooms.tickets.history(reference) if entry.event is Event.NOTE]


def test_who_wants_a_person_has_a_ticket_with_72_hours_before_any_address_is_given(rooms: Rooms) -> None:
    first = asked(rooms)
    assert (first.intent, first.outcome, first.asks_for) == (
        Intent.HUMAN_HANDOFF,
        Outcome.HANDED_OVER,
        AsksFor.EMAIL,
    )
    assert first.suggestions == ("Skip",)
    (ticket,) = first.tickets
    assert (ticket["kind"], ticket["status"]) == ("inquiry", "received")
    assert ticket["first_answer_due_at"] == "2026-11-25T09:30:00Z"
    assert [part.kind for part in first.parts] == [PartKind.TICKET, PartKind.CONTACT, PartKind.QUESTION]
    assert ticket["reference"] in first.parts[0].text
    assert "25 November 2026, 15:00 (Asia/Kolkata)" in first.parts[0].text
    assert "12.2.2" in first.parts[0].text
    assert rooms.tickets.card(ticket["reference"]).as_json() == ticket


def test_the_address_is_added_to_that_ticket(rooms: Rooms) -> None:
    reference = reference_of(asked(rooms))
    done = answered(rooms, ANA)
    assert (done.intent, done.outcome, done.asks_for) == (Intent.HUMAN_HANDOFF, Outcome.HANDED_OVER, None)
    assert reference_of(done) == reference
    assert "Your e-mail address is added to it." in words(done)
    assert done.parts[-1].kind is PartKind.CONTACT
    assert rooms.tickets.address_on_file(reference) == ANA
    assert pending_of(rooms) is None


def test_the_address_is_not_proven_and_nothing_is_sent_to_it_before_a_person_answers(rooms: Rooms) -> None:
    reference = reference_of(asked(rooms))
    answered(rooms, ANA)
    assert rooms.mails() == []
    with pytest.raises(TicketRefusal, match="not proven"):
        rooms.database.write(lambda session: rooms.tickets.reply(session, reference, "Hello", actor="assistant"))
    rooms.database.write(lambda session: rooms.tickets.reply(session, reference, "Hello", actor="console"))
    assert [mail.to for mail in rooms.mails()] == [ANA]


@pytest.mark.parametrize("answer", ["skip", "no", "no thanks", "I don't have one", "nahi", "rehne do"])
def test_the_address_can_be_left_out_and_then_the_reference_is_the_only_way_back(rooms: Rooms, answer: str) -> None:
    reference = reference_of(asked(rooms))
    done = answered(rooms, answer)
    assert (done.outcome, done.asks_for, reference_of(done)) == (Outcome.HANDED_OVER, None, reference)
    assert "only way back" in words(done)
    assert rooms.tickets.address_on_file(reference) is None
    assert pending_of(rooms) is None


def test_an_address_in_the_first_message_is_not_asked_for_again(rooms: Rooms) -> None:
    done = asked(rooms, f"please have somebody call me or write to {ANA}")
    assert (done.outcome, done.asks_for) == (Outcome.HANDED_OVER, None)
    assert rooms.tickets.address_on_file(reference_of(done)) == ANA
    assert pending_of(rooms) is None


def test_a_complaint_is_a_complaint(rooms: Rooms) -> None:
    first = complained(rooms)
    assert (first.intent, first.tickets[0]["kind"]) == (Intent.COMPLAINT, "complaint")
    done = answered(rooms, "skip")
    assert (done.intent, reference_of(done)) == (Intent.COMPLAINT, reference_of(first))


def test_a_question_that_is_passed_on_keeps_its_own_words_and_each_has_its_own_ticket(rooms: Rooms) -> None:
    one, two = (
        rooms.commit(rooms.handover.pass_on(rooms.visit("pass my question on"), question))
        for question in ("Do you use drones?", "Do you sell blood samples?")
    )
    assert (one.intent, one.tickets[0]["kind"]) == (Intent.QUESTION, "inquiry")
    texts = [rooms.tickets.view(reference_of(piece)).text for piece in (one, two)]
    assert texts == ["Do you use drones?", "Do you sell blood samples?"]


def test_an_unusable_address_is_asked_for_once_more_and_then_done_without(rooms: Rooms) -> None:
    reference = reference_of(asked(rooms))
    again = answered(rooms, "a@b@c and d@e.example and f@g.example")
    assert (again.outcome, again.asks_for) == (Outcome.NEEDS_INPUT, AsksFor.EMAIL)
    done = answered(rooms, "a@@b")
    assert (done.outcome, reference_of(done)) == (Outcome.HANDED_OVER, reference)
    assert "only way back" in words(done)
    assert pending_of(rooms) is None


@pytest.mark.parametrize("text", ["how long do you keep invoices?", "ok", "thank you very much", "asdf qwer"])
def test_what_is_no_answer_is_left_to_others_and_nobody_is_reminded(rooms: Rooms, text: str) -> None:
    reference = reference_of(asked(rooms))
    visit, pending = rooms.visit(text), pending_of(rooms)
    assert pending is not None
    assert rooms.handover.go_on(visit, pending) is None
    assert rooms.handover.not_an_answer(visit, pending) is None
    assert rooms.handover.reminder(visit, pending) is None
    assert reference_of(answered(rooms, ANA)) == reference


@pytest.mark.parametrize("wish", [asked, complained])
def test_who_changes_their_mind_takes_the_ticket_back(rooms: Rooms, wish: Callable[[Rooms], Piece]) -> None:
    reference = reference_of(wish(rooms))
    done = answered(rooms, "never mind")
    assert (done.outcome, done.asks_for, done.tickets[0]["status"]) == (Outcome.CANCELLED, None, "closed")
    last = rooms.tickets.history(reference)[-1]
    assert (last.status, last.actor, last.words) == (Status.CLOSED, "visitor", "taken back by the visitor")
    assert rooms.tickets.card(reference).as_json() == done.tickets[0]
    assert pending_of(rooms) is None
    assert reference_of(wish(rooms)) != reference


@pytest.mark.parametrize("wish", [asked, complained])
def test_the_same_wish_again_is_noted_on_the_ticket_that_is_open(
    rooms: Rooms, wish: Callable[[Rooms, str], Piece]
) -> None:
    first = wish(rooms, "let me have a human being")
    again = wish(rooms, "a human, now! +91 98765 43210")
    assert (again.outcome, again.asks_for, again.intent) == (Outcome.HANDED_OVER, None, first.intent)
    assert reference_of(again) == reference_of(first)
    assert "already" in words(again)
    assert "43210" not in words(again)
    (note,) = notes(rooms, reference_of(first))
    assert note.startswith("a human, now!")
    assert "43210" in note
    # The question for the address is open as before.
    assert "is added" in words(answered(rooms, ANA))


def test_a_wish_that_is_repeated_with_an_address_adds_it(rooms: Rooms) -> None:
    first = asked(rooms)
    answered(rooms, "skip")
    again = asked(rooms, f"a person please, write to {ANA}")
    assert "Your e-mail address is added to it." in words(again)
    assert rooms.tickets.address_on_file(reference_of(first)) == ANA
    other = asked(rooms, "a person please, write to ben@example.com")
    assert "the e-mail address that it already has" in words(other)
    assert rooms.tickets.address_on_file(reference_of(first)) == ANA


def test_a_ticket_that_is_closed_is_not_the_one_of_a_new_wish(rooms: Rooms) -> None:
    first = reference_of(asked(rooms, f"a person, {ANA}"))
    rooms.database.write(lambda session: rooms.tickets.move(session, first, Status.CLOSED, actor="console"))
    assert reference_of(asked(rooms)) != first


def test_one_address_serves_every_ticket_that_waits_for_it(rooms: Rooms) -> None:
    references = [reference_of(asked(rooms)), reference_of(complained(rooms))]
    done = answered(rooms, ANA)
    assert [ticket["reference"] for ticket in done.tickets] == references
    assert [rooms.tickets.address_on_file(reference) for reference in references] == [ANA, ANA]


def test_an_address_in_a_second_wish_serves_the_first_too(rooms: Rooms) -> None:
    first, second = reference_of(asked(rooms)), reference_of(complained(rooms, f"and I complain, {ANA}"))
    assert [rooms.tickets.address_on_file(reference) for reference in (first, second)] == [ANA, ANA]
    assert pending_of(rooms) is None


def test_taking_back_means_the_last_wish_alone(rooms: Rooms) -> None:
    inquiry, complaint = reference_of(asked(rooms)), reference_of(complained(rooms))
    done = answered(rooms, "cancel")
    assert {ticket["reference"]: ticket["status"] for ticket in done.tickets} == {
        complaint: "closed",
        inquiry: "received",
    }


@pytest.mark.parametrize("answer", [ANA, "skip", "cancel"])
def test_of_a_ticket_that_the_desk_has_closed_only_that_is_said(rooms: Rooms, answer: str) -> None:
    reference = reference_of(asked(rooms))
    rooms.database.write(lambda session: rooms.tickets.move(session, reference, Status.CLOSED, actor="console"))
    done = answered(rooms, answer)
    assert (done.outcome, done.tickets[0]["status"]) == (Outcome.TICKET_STATUS, "closed")
    assert f"{reference}, question to the privacy team: closed." in words(done)
    assert rooms.tickets.address_on_file(reference) is None


@pytest.mark.parametrize("answer", [ANA, "cancel"])
def test_a_ticket_that_the_desk_closes_meanwhile_has_the_message_taken_again(rooms: Rooms, answer: str) -> None:
    reference, pending = reference_of(asked(rooms)), pending_of(rooms)
    assert pending is not None
    piece = rooms.handover.go_on(rooms.visit(answer), pending)
    assert piece is not None
    rooms.database.write(lambda session: rooms.tickets.move(session, reference, Status.CLOSED, actor="console"))
    with pytest.raises(DialogueMoved):
        rooms.commit(piece)
    assert answered(rooms, answer).outcome is Outcome.TICKET_STATUS


@pytest.mark.parametrize("text", ["I want a person", f"I want a person, {ANA}"])
def test_an_open_rights_dialogue_is_not_lost_to_the_wish_for_a_person(rooms: Rooms, text: str) -> None:
    visit = rooms.visit(text)
    rights = Pending(DialogueKind.RIGHTS, "email", {"rights": ["access"]})
    rooms.database.write(lambda session: rooms.dialogues.save(session, visit.conversation, rights))
    done = rooms.commit(rooms.handover.person(visit))
    assert (done.outcome, done.asks_for) == (Outcome.HANDED_OVER, None)
    again = rooms.commit(rooms.handover.person(visit))
    assert reference_of(again) == reference_of(done)
    pending = pending_of(rooms)
    assert pending is not None
    assert (pending.kind, pending.version) == (DialogueKind.RIGHTS, 1)


def test_two_tabs_that_answer_at_once_add_one_address(rooms: Rooms) -> None:
    reference, pending = reference_of(asked(rooms)), pending_of(rooms)
    assert pending is not None
    one, two = (rooms.handover.go_on(rooms.visit(text), pending) for text in (ANA, "ben@example.com"))
    assert one is not None
    assert two is not None
    rooms.commit(one)
    with pytest.raises(DialogueMoved):
        rooms.commit(two)
    assert rooms.tickets.address_on_file(reference) == ANA


def test_two_tabs_that_want_a_person_at_once_open_one_ticket(rooms: Rooms) -> None:
    one, two = (rooms.handover.person(rooms.visit("a person please")) for _ in range(2))
    rooms.commit(one)
    with pytest.raises(DialogueMoved):
        rooms.commit(two)
    assert len(rooms.tickets.cards_of_conversation(rooms.visit("").conversation)) == 1


def test_a_phone_number_is_kept_sealed_for_the_desk_alone(rooms: Rooms) -> None:
    done = asked(rooms, "let a person call me at +91 98765 43210")
    assert "43210" not in words(done)
    assert "43210" in (rooms.tickets.view(reference_of(done)).details or "")
