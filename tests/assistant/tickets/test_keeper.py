from datetime import UTC, datetime, timedelta

from assistant.reply import Right
from assistant.tickets.values import Regime, Status
from tests.assistant.db.opening import found_in
from tests.assistant.tickets.conftest import ANA, CONVERSATION, START, Room

ACCESS_DAYS = 30


def warned(room: Room) -> list[tuple[str, str]]:
    """The warnings that are sent now: subject, and who gets them."""
    room.tickets.warn(room.watch.now)
    return [(mail.subject, mail.to) for mail in room.mails()]


def test_each_limit_is_warned_of_once_at_each_of_its_moments(room: Room) -> None:
    reference = room.open().reference
    room.do(room.tickets.reply, reference, "We are on it.", actor="key:ana")
    room.mails()
    told = []
    for share in (49, 50, 60, 75, 80, 90, 99, 100, 120, 200):
        room.watch.now = START + timedelta(days=ACCESS_DAYS) * share / 100
        told += [(share, subject) for subject, to in warned(room) if to == room.organisation.privacy_contact.email]
        assert warned(room) == []
    assert told == [
        (50, f"{reference}: 50 % of the time is over"),
        (75, f"{reference}: 75 % of the time is over"),
        (90, f"{reference}: 90 % of the time is over"),
        (100, f"{reference} is overdue"),
    ]


def test_a_warning_is_thin(room: Room) -> None:
    reference = room.open().reference
    room.watch.forward(hours=36)
    room.tickets.warn(room.watch.now)
    (mail,) = room.mails()
    assert mail.body == (
        f"Reference: {reference}\nKind: rights request\n"
        "The first answer is due: 25 September 2026, 15:45 (Asia/Kolkata)\n"
    )
    assert mail.purpose == "warning"


def test_moments_that_passed_while_nobody_looked_are_told_as_one(room: Room) -> None:
    reference = room.open_inquiry().reference
    room.watch.forward(days=40)
    assert [subject for subject, _ in warned(room)] == [f"{reference} is overdue"]


def test_an_unproven_request_causes_no_warning_until_it_is_proven(room: Room) -> None:
    card = room.open_unproven()
    room.watch.forward(days=4)
    assert warned(room) == []
    room.do(room.tickets.verify, [card.reference], actor="visitor", at=room.watch.now)
    # The first answer was due a day ago.
    assert [subject for subject, _ in warned(room)] == [f"{card.reference} is overdue"]


def test_what_is_answered_done_or_paused_is_warned_of_no_more(room: Room) -> None:
    answered, done, paused = (room.open(right=Right.DELETION).reference for _ in range(3))
    room.do(room.tickets.move, done, Status.FULFILLED, actor="key:ana")
    for reference in (answered, paused):
        room.do(room.tickets.reply, reference, "Hello.", actor="key:ana")
    room.mails()
    room.do(room.tickets.set_regime, paused, Regime.GDPR, actor="key:ana")
    room.do(room.tickets.move, paused, Status.ON_HOLD, actor="key:ana", reason="Asked who they are.")
    room.watch.forward(days=16)
    assert [subject for subject, _ in warned(room)] == [f"{answered}: 50 % of the time is over"]
    room.do(room.tickets.move, paused, Status.IN_PROGRESS, actor="key:ana")
    room.watch.forward(days=1)
    assert warned(room) == []


def test_a_promise_that_a_law_loosens_is_still_warned_of(room: Room) -> None:
    reference = room.open(right=Right.ACCESS).reference
    room.do(room.tickets.reply, reference, "Hello.", actor="key:ana")
    room.do(room.tickets.set_regime, reference, Regime.CCPA, actor="key:ana")
    room.mails()
    room.watch.now = START + timedelta(days=31)
    # The policy's thirty days are over; of the law's forty-five, half.
    assert sorted(subject for subject, _ in warned(room)) == [
        f"{reference} is overdue",
        f"{reference}: 50 % of the time is over",
    ]


def test_a_request_without_its_code_expires_after_seven_days(room: Room) -> None:
    card, proven = room.open_unproven(), room.open_unproven(right=Right.DELETION)
    room.do(room.tickets.verify, [proven.reference], actor="visitor", at=START)
    room.watch.forward(days=6, hours=23)
    assert room.tickets.expire_unverified(room.watch.now) == 0
    room.watch.forward(hours=1)
    assert room.tickets.expire_unverified(room.watch.now) == 1
    assert room.tickets.expire_unverified(room.watch.now) == 0
    assert room.tickets.card(card.reference).status is Status.EXPIRED
    assert room.tickets.card(proven.reference).status is Status.RECEIVED
    assert room.tickets.history(card.reference)[-1].actor == "system"


def test_what_is_done_is_blanked_after_three_years_to_the_byte(room: Room) -> None:
    done = room.open(text="Canary of the done.", conversation=CONVERSATION).reference
    still_open = room.open(text="Canary of the open.").reference
    room.do(room.tickets.note, done, "A note.", actor="key:ana")
    room.do(room.tickets.move, done, Status.FULFILLED, actor="key:ana")
    before = datetime(2029, 9, 22, 10, 14, tzinfo=UTC)
    assert room.tickets.purge_closed(before) == 0
    assert room.tickets.purge_closed(before + timedelta(minutes=2)) == 1
    assert room.tickets.purge_closed(before + timedelta(minutes=3)) == 0
    view = room.tickets.view(done)
    assert (view.text, view.contact, view.details) == ("", None, None)
    assert [entry.words for entry in room.tickets.history(done)] == ["", "", ""]
    assert room.tickets.cards_of_conversation(CONVERSATION) == ()
    assert view.card.status is Status.FULFILLED
    assert found_in(room.database.folder, ["Canary of the done"]) == []
    assert room.tickets.view(still_open).contact == ANA
    assert room.audit.verify().problems == ()


def test_erasing_an_address_keeps_what_is_open_until_it_is_done(room: Room) -> None:
    done, going = room.open().reference, room.open(right=Right.DELETION).reference
    other = room.open(contact="ben@example.com").reference
    room.do(room.tickets.move, done, Status.FULFILLED, actor="key:ana")
    kept = room.do(room.tickets.forget_contact, "Ana@example.com", at=START)
    assert [(each.reference, "still open" in each.why) for each in kept] == [(done, False), (going, True)]
    assert room.tickets.view(done).contact is None
    assert room.tickets.view(going).contact == ANA
    room.do(room.tickets.move, going, Status.FULFILLED, actor="key:ana")
    assert room.tickets.view(going).contact is None
    assert room.tickets.by_address(ANA) == ()
    assert room.do(room.tickets.forget_contact, ANA, at=START) == ()
    assert room.tickets.view(other).contact == "ben@example.com"
    assert room.audit.verify().problems == ()


def test_what_a_restore_brought_back_is_forgotten_again_by_its_digest(room: Room) -> None:
    meant = room.tickets.contact_digest(" ANA@example.com")
    done, other = room.open().reference, room.open(contact="ben@example.com").reference
    for reference in (done, other):
        room.do(room.tickets.move, reference, Status.FULFILLED, actor="key:ana")
    assert room.do(room.tickets.forget_contacts_where, lambda digest: digest == meant, at=START) == 1
    assert room.do(room.tickets.forget_contacts_where, lambda digest: digest == meant, at=START) == 0
    assert (room.tickets.view(done).contact, room.tickets.view(other).contact) == (None, "ben@example.com")


def test_a_ticket_outlives_its_conversation_and_forgets_where_it_came_from(room: Room) -> None:
    reference = room.open(conversation=CONVERSATION).reference
    (kept,) = room.do(room.tickets.let_go, CONVERSATION)
    assert kept.as_json()["reference"] == reference
    assert room.tickets.cards_of_conversation(CONVERSATION) == ()
    assert room.tickets.card(reference).status is Status.RECEIVED
