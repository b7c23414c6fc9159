from datetime import timedelta

import pytest

from assistant.reply import AsksFor, Outcome, Piece, Right
from assistant.tickets.values import Kind, NewTicket
from tests.assistant.security.rooms import CODE, Rooms

SPOKEN = f"{CODE[:4]} {CODE[4:]}"


def opened(rooms: Rooms, *, kind: Kind = Kind.RIGHTS_REQUEST, contact: str | None = "ana@example.com") -> str:
    """A ticket of another conversation."""
    new = NewTicket(
        reference=rooms.tickets.new_reference(),
        kind=kind,
        text="Please delete everything.",
        right=Right.DELETION if kind is Kind.RIGHTS_REQUEST else None,
        conversation=b"theirs".ljust(32, b"."),
        turn_id=rooms.visit("").turn_id,
        contact=contact,
        contact_proven=kind is Kind.RIGHTS_REQUEST,
        opened_at=rooms.watch.now,
    )
    return rooms.database.write(lambda session: rooms.tickets.open(session, new)).reference


def ask(rooms: Rooms, text: str = "what is the status of my request?") -> Piece:
    return rooms.commit(rooms.handover.status(rooms.visit(text)))


def words(piece: Piece | None) -> str:
    assert piece is not None
    return "\n".join(part.text for part in piece.parts)


def test_tickets_of_this_conversation_are_shown_at_once(rooms: Rooms) -> None:
    incident = rooms.report("someone hacked my account").tickets[0]["reference"]
    rooms.commit(rooms.handover.person(rooms.visit("a person please, ana@example.com")))
    piece = ask(rooms)
    assert (piece.outcome, piece.asks_for) == (Outcome.TICKET_STATUS, None)
    assert [ticket["kind"] for ticket in piece.tickets] == ["security_incident", "inquiry"]
    assert f"{incident}, security incident: received." in words(piece)
    assert "ana" not in words(piece)


def test_a_reference_of_this_conversation_shows_that_ticket_alone(rooms: Rooms) -> None:
    incident = rooms.report("someone hacked my account").tickets[0]["reference"]
    rooms.commit(rooms.handover.person(rooms.visit("a person please, ana@example.com")))
    piece = ask(rooms, f"where does {incident.lower().replace('-', ' ')} stand")
    assert [ticket["reference"] for ticket in piece.tickets] == [incident]


def test_another_ticket_needs_its_reference_and_the_code_that_was_mailed(rooms: Rooms) -> None:
    reference = opened(rooms)
    assert ask(rooms).asks_for is AsksFor.REFERENCE
    sent = rooms.answer(reference)
    assert sent is not None
    assert (sent.asks_for, sent.tickets) == (AsksFor.VERIFICATION_CODE, ())
    assert [(mail.to, mail.purpose) for mail in rooms.mails()] == [("ana@example.com", "code")]
    shown = rooms.answer(SPOKEN)
    assert shown is not None
    assert shown.outcome is Outcome.TICKET_STATUS
    assert [ticket["reference"] for ticket in shown.tickets] == [reference]
    assert "deletion request: received. A first answer is due by" in words(shown)
    assert "ana" not in words(shown)
    assert "delete everything" not in words(shown)
    assert CODE[:4] not in (shown.said or "")
    assert rooms.dialogues.load(rooms.visit("").conversation) is None


def test_a_wrong_reference_one_without_an_address_and_an_unproven_one_are_answered_alike(rooms: Rooms) -> None:
    references = [
        opened(rooms),
        "CM-0000-0000",
        opened(rooms, contact=None),
        opened(rooms, kind=Kind.INQUIRY),
    ]
    said = []
    for number, reference in enumerate(references):
        conversation = f"c{number}"
        visit = rooms.visit(f"status of {reference} please", conversation=conversation)
        replies = [rooms.commit(rooms.handover.status(visit))]
        replies += [
            rooms.answer(text, conversation=conversation) or replies[0] for text in ("1111 2222", "send a new code")
        ]
        said.append([(words(reply).replace(reference, "R"), reply.outcome, reply.asks_for) for reply in replies])
    assert said[1:] == [said[0]] * 3
    assert {mail.to for mail in rooms.mails()} == {"ana@example.com"}


def test_a_code_for_no_ticket_shows_nothing(rooms: Rooms) -> None:
    ask(rooms, "status of CM-0000-0000")
    again = rooms.answer(CODE)
    assert again is not None
    assert (again.asks_for, again.tickets) == (AsksFor.VERIFICATION_CODE, ())


def test_a_code_works_once_for_ten_minutes_and_in_its_conversation_alone(rooms: Rooms) -> None:
    reference = opened(rooms)
    ask(rooms, f"status of {reference}")
    rooms.commit(rooms.handover.status(rooms.visit(f"status of {reference}", conversation="thief")))
    rooms.watch.forward(minutes=10)
    late = rooms.answer(CODE)
    assert late is not None
    assert late.tickets == ()
    rooms.answer("send a new code")
    other = rooms.answer(CODE, conversation="thief")
    assert other is not None
    assert other.tickets == ()
    assert words(rooms.answer(CODE)).startswith("The code is right.")


def test_three_unusable_answers_lead_to_a_person(rooms: Rooms) -> None:
    reference = opened(rooms)
    ask(rooms, f"status of {reference}")
    pieces = [rooms.answer(f"{number}{number}{number}{number} 0000") for number in range(3)]
    last = pieces[-1]
    assert last is not None
    assert (last.outcome, last.asks_for) == (Outcome.HANDED_OVER, AsksFor.EMAIL)
    assert [ticket["kind"] for ticket in last.tickets] == ["inquiry"]
    done = rooms.answer("skip")
    assert done is not None
    assert done.tickets == last.tickets


@pytest.mark.parametrize("text", ["what is the status of my request?", "status of CM-0000-0000"])
def test_three_messages_that_nobody_understands_lead_to_a_person(rooms: Rooms, text: str) -> None:
    ask(rooms, text)
    outcomes = []
    for _ in range(3):
        visit = rooms.visit("why is it that the sky is never so blue as on a Sunday")
        pending = rooms.dialogues.load(visit.conversation)
        assert pending is not None
        assert rooms.handover.go_on(visit, pending) is None
        piece = rooms.handover.not_an_answer(visit, pending)
        assert piece is not None
        outcomes.append(rooms.commit(piece).outcome)
    assert outcomes == [Outcome.NEEDS_INPUT, Outcome.NEEDS_INPUT, Outcome.HANDED_OVER]


@pytest.mark.parametrize("answer", ["I don't have one", "no", "skip"])
def test_who_has_no_reference_is_led_to_a_person(rooms: Rooms, answer: str) -> None:
    ask(rooms)
    piece = rooms.answer(answer)
    assert piece is not None
    assert (piece.outcome, piece.asks_for) == (Outcome.HANDED_OVER, AsksFor.EMAIL)


def test_a_policy_question_in_between_is_left_to_others(rooms: Rooms) -> None:
    ask(rooms)
    assert rooms.answer("how long do you keep invoices?") is None
    pending = rooms.dialogues.load(rooms.visit("").conversation)
    assert pending is not None
    reminder = rooms.handover.reminder(rooms.visit(""), pending)
    assert reminder is not None
    assert reminder.asks_for is AsksFor.REFERENCE


def test_a_cancelled_question_for_the_status_changes_nothing(rooms: Rooms) -> None:
    ask(rooms, f"status of {opened(rooms)}")
    done = rooms.answer("cancel")
    assert done is not None
    assert (done.outcome, done.asks_for) == (Outcome.CANCELLED, None)


def test_the_fourth_code_of_a_day_is_not_sent_and_nothing_tells(rooms: Rooms) -> None:
    reference = opened(rooms)
    replies = [words(ask(rooms, f"status of {reference}"))]
    replies += [words(rooms.answer("send a new code")) for _ in range(3)]
    assert len(set(replies)) == 1
    assert len(rooms.mails("code")) == 3
    rooms.watch.now += timedelta(hours=24)
    rooms.answer("send a new code")
    assert len(rooms.mails("code")) == 4


def test_a_reference_without_its_prefix_is_read_where_one_was_asked_for(rooms: Rooms) -> None:
    reference = opened(rooms)
    while not any(character.isdigit() for character in reference[3:]):
        reference = opened(rooms)
    ask(rooms)
    piece = rooms.answer(reference[3:].lower())
    assert piece is not None
    assert piece.asks_for is AsksFor.VERIFICATION_CODE
