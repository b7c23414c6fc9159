import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import Invalid
from assistant.outbox.models import StoredContent
from assistant.outbox.service import EntryNotFound, NotDead, Outbox
from assistant.outbox.values import Kind, Message, Refused, State
from tests.assistant.db.opening import found_in
from tests.assistant.outbox.conftest import START, Room, mail

CANARY = "canary-of-the-body"


class GlassSealer:
    """Seals nothing, so that a search finds what a real seal would hide."""

    def seal(self, plain: str, *, place: str) -> bytes:
        return plain.encode()

    def open(self, sealed: bytes, *, place: str) -> str:
        return sealed.decode()

    def blind(self, value: str, *, purpose: str) -> bytes:
        return f"blind {value}".encode()


def test_an_entry_is_there_only_when_what_caused_it_is_committed(room: Room) -> None:
    class Changed(Exception):
        pass

    def work(session: Session) -> None:
        room.outbox.put(session, mail(), at=START)
        raise Changed

    with pytest.raises(Changed):
        room.database.write(work)
    assert room.outbox.entries() == ()


def test_what_is_queued_is_read_back_as_it_was(room: Room) -> None:
    message = Message(
        Kind.WEBHOOK, "https://hooks.example.com/a", "incident.reported", "", "alert", "CM-1", 0, {"severity": "high"}
    )
    name = room.put(message)
    room.dispatcher().run_once()
    (delivery,) = room.office.taken
    assert (delivery.id, delivery.attempt, delivery.created_at, delivery.message) == (name, 1, START, message)


def test_an_id_that_is_given_twice_is_queued_once(room: Room) -> None:
    assert room.put(mail(), name="CM-1-0-0") == room.put(mail(), name="CM-1-0-0") == "CM-1-0-0"
    assert len(room.outbox.entries()) == 1


@pytest.mark.parametrize("name", ["a.b", "a b", "../a", "x" * 65, "a\n", "é"])
def test_an_id_that_a_file_or_a_signature_could_misread_is_refused(room: Room, name: str) -> None:
    with pytest.raises(Invalid):
        room.put(mail(), name=name)


@pytest.mark.parametrize(
    "to",
    [
        "a@b.c\r\nBcc: v@x",
        "a@b.c,v@x.example",
        "a@b.c v@x.example",
        "ana",
        "@example.com",
        "ana@",
        "a@b@c",
        '"a b"@c.d',
        "Ana <ana@example.com>",
        "ana@example.com\0",
        "a" * 250 + "@b.co",
    ],
)
def test_what_is_not_one_plain_address_is_refused_and_not_repeated(to: str) -> None:
    with pytest.raises(Invalid) as refusal:
        mail(to)
    assert to not in str(refusal.value)


@pytest.mark.parametrize("subject", ["Hello\r\nBcc: v@x", "Hello\nthere", "tab\tbed", "x" * 201])
def test_a_subject_of_more_than_one_line_is_refused(subject: str) -> None:
    with pytest.raises(Invalid):
        mail(subject=subject)


def test_neither_address_nor_text_stands_in_any_file_in_clear(room: Room) -> None:
    room.put(mail(to="ana.canary@example.com", subject="canary subject", body=CANARY))
    folder = room.database.folder
    assert found_in(folder, ["ana.canary@example.com", "canary subject", CANARY]) == []


def test_neither_shows_in_the_repr_of_what_carries_them(room: Room) -> None:
    room.put(mail(to="ana.canary@example.com", subject="canary subject", body=CANARY))
    room.dispatcher().run_once()
    shown = repr((room.office.taken, room.outbox.entries()))
    assert "canary" not in shown


def test_the_bytes_of_what_was_sent_dropped_or_forgotten_are_gone(room: Room) -> None:
    outbox = Outbox(room.database, GlassSealer(), room.watch)  # type: ignore[arg-type]
    glass = Room(room.database, room.sealer, outbox, room.watch, room.office)
    needles = [f"canary-{number:03}-of-many" for number in range(60)]
    for needle in needles[:40]:
        glass.put(mail(to=f"{needle}@example.com", body=needle * 5))
    glass.dispatcher().run_once()
    for needle in needles[40:50]:
        glass.put(mail(to="bo@example.com", body=needle * 40))
    for needle in needles[50:]:
        glass.put(mail(reference="CM-DROP", purpose="alert", body=needle * 400))
    assert found_in(room.database.folder, needles[40:])
    room.database.write(lambda session: outbox.forget(session, to="Bo@Example.com"))
    room.database.write(lambda session: outbox.drop_waiting(session, reference="CM-DROP", purposes={"alert"}))
    room.database.clear_traces()
    assert found_in(room.database.folder, [*needles, "blind canary", "blind bo@"]) == []


def test_only_what_waits_for_this_ticket_and_purpose_is_taken_back(room: Room) -> None:
    taken_back = room.put(mail(purpose="alert"))
    kept = {room.put(mail(purpose="receipt")), room.put(mail(purpose="alert", reference="CM-OTHER"))}
    count = room.database.write(
        lambda session: room.outbox.drop_waiting(session, reference="CM-7F3K-92QD", purposes=["alert", "code"])
    )
    assert count == 1
    assert room.dispatcher().run_once() == 2
    assert {delivery.id for delivery in room.office.taken} == kept
    (dropped,) = room.outbox.entries(State.DROPPED)
    assert dropped.id == taken_back


def test_an_address_is_forgotten_in_any_case_and_among_dead_letters(room: Room) -> None:
    room.office.failures = [Refused("smtp-550")]
    room.put(mail("ana@example.com"))
    room.dispatcher().run_once()
    room.put(mail("ana@example.com"))
    other = room.put(mail("bo@example.com"))
    assert room.database.write(lambda session: room.outbox.forget(session, to=" ANA@Example.com ")) == 2
    assert [entry.id for entry in room.outbox.entries(State.WAITING)] == [other]
    assert room.outbox.entries(State.DEAD) == ()
    with room.database.read() as session:
        kept = session.scalars(select(StoredContent).order_by(StoredContent.entry_number)).all()
        assert [bool(content.sealed) for content in kept] == [False, False, True]


def test_dead_codes_are_blanked_after_a_day_and_other_dead_letters_after_ninety(room: Room) -> None:
    room.office.failures = [Refused("smtp-550"), Refused("smtp-550")]
    room.put(mail(purpose="code"))
    receipt = room.put(mail(purpose="receipt"))
    room.dispatcher().run_once()

    def purged() -> int:
        return room.database.write(lambda session: room.outbox.purge(session, now=room.watch.now))

    assert purged() == 0
    room.watch.forward(days=1, seconds=1)
    assert purged() == 1
    assert [entry.id for entry in room.outbox.entries(State.DEAD)] == [receipt]
    room.watch.forward(days=89)
    assert purged() == 1


def test_only_what_was_settled_long_ago_is_swept(room: Room) -> None:
    room.office.failures = [Refused("smtp-550")]
    dead = room.put(mail())
    room.put(mail())
    room.dispatcher().run_once()
    waiting = room.put(mail())
    room.watch.forward(days=91)
    room.database.compact(lambda session: room.outbox.sweep(session, now=room.watch.now))
    assert [entry.id for entry in room.outbox.entries()] == [waiting, dead]
    with room.database.read() as session:
        assert not room.outbox.worth_sweeping(session, now=room.watch.now)


def test_a_dead_letter_is_replayed_with_its_id_and_its_steps_anew(room: Room) -> None:
    room.office.failures = [Refused("smtp-550")]
    name = room.put(mail())
    room.dispatcher().run_once()
    assert room.outbox.entries(State.DEAD)[0].last_error == "smtp-550"
    room.outbox.replay(name)
    assert room.outbox.entries()[0].attempts == 0
    assert room.dispatcher().run_once() == 1
    assert [delivery.id for delivery in room.office.taken] == [name]


def test_all_dead_letters_are_replayed_at_once(room: Room) -> None:
    room.office.failures = [Refused("smtp-550") for _ in range(3)]
    for _ in range(4):
        room.put(mail())
    room.dispatcher().run_once()
    assert room.outbox.replay_all() == 3
    assert room.dispatcher().run_once() == 3
    assert room.outbox.replay_all() == 0


def test_only_a_dead_letter_can_be_replayed(room: Room) -> None:
    name = room.put(mail())
    with pytest.raises(NotDead, match="waiting"):
        room.outbox.replay(name)
    with pytest.raises(EntryNotFound):
        room.outbox.replay("nobody")


def test_a_content_that_was_moved_to_another_entry_is_never_sent(room: Room) -> None:
    room.put(mail("ana@example.com"))
    room.put(mail("bo@example.com"))

    def swap(session: Session) -> None:
        first, second = session.scalars(select(StoredContent).order_by(StoredContent.entry_number))
        first.sealed, second.sealed = second.sealed, first.sealed

    room.database.write(swap)
    room.dispatcher().run_once()
    assert room.office.taken == []
    assert [entry.last_error for entry in room.outbox.entries(State.DEAD)] == ["seal-broken", "seal-broken"]


def test_entries_are_listed_newest_first_by_state_and_ticket(room: Room) -> None:
    first, second, third = (room.put(mail(reference=name)) for name in ("CM-A", "CM-B", "CM-A"))
    assert [entry.id for entry in room.outbox.entries()] == [third, second, first]
    assert [entry.id for entry in room.outbox.entries(reference="CM-A", limit=1)] == [third]
    assert room.outbox.entries(State.SENT) == ()
