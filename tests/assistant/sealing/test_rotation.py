from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assistant.db.database import Database
from assistant.dialogue.models import StoredDialogue
from assistant.sealing.boxes import SealBroken
from assistant.sealing.columns import SealedColumn
from assistant.sealing.keys import KeyCabinet
from assistant.sealing.models import StoredDataKey
from assistant.sealing.rotation import CHUNK, GRACE, Rotation
from assistant.sealing.sealer import Sealer, open_sealer
from tests.assistant.sealing.opening import SECRET, SetClock

COLUMN = SealedColumn("dialogues", "data", place="dialogues.data:{conversation}")


class CutShort(Exception):
    pass


def place(number: int) -> str:
    return f"dialogues.data:{conversation(number).hex()}"


def conversation(number: int) -> bytes:
    return number.to_bytes(32)


def fill(database: Database, sealer: Sealer, clock: SetClock, numbers: Iterable[int]) -> None:
    def work(session: Session) -> None:
        session.add_all(
            StoredDialogue(
                conversation=conversation(number),
                kind="rights",
                state="email",
                data=sealer.seal(f"said {number}", place=place(number)),
                unusable=0,
                version=1,
                updated_at=clock.now,
            )
            for number in numbers
        )

    database.write(work)


def put(database: Database, number: int, data: bytes | None) -> None:
    this = StoredDialogue.conversation == conversation(number)
    database.write(lambda session: session.execute(update(StoredDialogue).where(this).values(data=data)))


def rows(database: Database) -> dict[bytes, bytes | None]:
    with database.read() as session:
        in_order = select(StoredDialogue).order_by(StoredDialogue.conversation)
        return {row.conversation: row.data for row in session.scalars(in_order)}


def keys(database: Database) -> list[tuple[str, bool]]:
    """Each key that seals or sealed, oldest first, and whether it is still in use."""
    with database.read() as session:
        found = session.scalars(
            select(StoredDataKey).where(StoredDataKey.purpose == "rotates").order_by(StoredDataKey.number)
        )
        return [(key.id, key.retired_at is None) for key in found]


def rotation(database: Database, clock: SetClock, *, stop_at: str = "never", grace: timedelta = GRACE) -> Rotation:
    def progress(words: str) -> None:
        if stop_at in words:
            raise CutShort

    cabinet = KeyCabinet(database, SECRET, clock)
    return Rotation(
        database, cabinet, [COLUMN], clock, progress, grace, sleep=lambda seconds: clock.pass_by(seconds=seconds)
    )


def test_every_field_is_sealed_anew_and_the_old_key_retired(
    database: Database, sealer: Sealer, clock: SetClock
) -> None:
    count = CHUNK + 5
    fill(database, sealer, clock, range(count))
    put(database, 1, None)
    put(database, 2, b"")
    before = rows(database)
    rotated = rotation(database, clock).run()
    assert (rotated.resealed, rotated.retired, rotated.unreadable) == (count - 2, 1, ())
    ((old, old_in_use), (new, new_in_use)) = keys(database)
    assert (old_in_use, new_in_use) == (False, True)
    after, anew = rows(database), open_sealer(database, SECRET, clock)
    assert (after[conversation(1)], after[conversation(2)]) == (None, b"")
    for number in range(3, count):
        sealed, was = after[conversation(number)], before[conversation(number)]
        assert sealed is not None
        assert was is not None
        assert (was[1:9].hex(), sealed[1:9].hex(), len(sealed)) == (old, new, len(was))
        assert anew.open(sealed, place=place(number)) == f"said {number}"


def test_what_a_retired_key_sealed_is_refused(database: Database, sealer: Sealer, clock: SetClock) -> None:
    kept_aside = sealer.seal("slipped in", place=place(7))
    rotation(database, clock).run()
    for each in (sealer, open_sealer(database, SECRET, clock)):
        with pytest.raises(SealBroken):
            each.open(kept_aside, place=place(7))


def test_a_field_found_under_a_retired_key_is_rescued_by_the_next_rotation(
    database: Database, sealer: Sealer, clock: SetClock
) -> None:
    late = sealer.seal("said 7", place=place(7))
    rotation(database, clock).run()
    fill(database, sealer, clock, [7])
    put(database, 7, late)
    assert rotation(database, clock).run().resealed == 1
    sealed = rows(database)[conversation(7)]
    assert sealed is not None
    assert open_sealer(database, SECRET, clock).open(sealed, place=place(7)) == "said 7"


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(stop_at=st.sampled_from(["sealed anew", f"{CHUNK} sealed", f"{2 * CHUNK} sealed", "waiting"]))
def test_a_rotation_that_was_cut_short_is_finished_by_the_next(
    database: Database, sealer: Sealer, clock: SetClock, stop_at: str
) -> None:
    count, before = 2 * CHUNK + 20, keys(database)
    database.write(lambda session: session.execute(delete(StoredDialogue)))
    fill(database, open_sealer(database, SECRET, clock), clock, range(count))
    with pytest.raises(CutShort):
        rotation(database, clock, stop_at=stop_at).run()
    between = open_sealer(database, SECRET, clock)
    for number, sealed in enumerate(rows(database).values()):
        assert sealed is not None
        assert between.open(sealed, place=place(number)) == f"said {number}"
    rotated = rotation(database, clock).run()
    after = keys(database)
    assert len(after) == len(before) + 1
    assert [in_use for _, in_use in after] == [False] * len(before) + [True]
    assert rotated.retired == 1
    sealed_by = {data[1:9].hex() for data in rows(database).values() if data}
    assert sealed_by == {after[-1][0]}


def test_fields_that_no_key_opens_are_counted_and_keep_the_key_that_they_name(
    database: Database, sealer: Sealer, clock: SetClock
) -> None:
    fill(database, sealer, clock, range(5))
    put(database, 1, rows(database)[conversation(2)])
    put(database, 3, b"said 3, in clear and long enough for a sealed field")
    rotated = rotation(database, clock).run()
    assert rotated.unreadable == (
        "2 fields of dialogues.data cannot be opened: restore them from a backup or empty them, then rotate again.",
    )
    assert rotated.retired == 0
    assert [in_use for _, in_use in keys(database)] == [True, True]
    put(database, 1, b"")
    put(database, 3, b"")
    again = rotation(database, clock).run()
    assert (again.retired, again.unreadable) == (1, ())
    assert len(keys(database)) == 2


def test_what_is_sealed_under_the_old_key_while_rotating_is_not_lost(
    database: Database, sealer: Sealer, clock: SetClock
) -> None:
    """The sealer of a process that has not yet looked for a new key writes in the middle of a rotation."""
    late = sealer.seal("said 9", place=place(9))

    def progress(words: str) -> None:
        if "waiting" in words and conversation(9) not in rows(database):
            fill(database, sealer, clock, [9])
            put(database, 9, late)

    work = Rotation(
        database,
        KeyCabinet(database, SECRET, clock),
        [COLUMN],
        clock,
        progress,
        sleep=lambda seconds: clock.pass_by(seconds=seconds),
    )
    assert work.run().retired == 1
    sealed = rows(database)[conversation(9)]
    assert sealed is not None
    assert sealed != late
    assert sealer.open(sealed, place=place(9)) == "said 9"
    assert clock.now - SetClock().now >= GRACE


def test_places_are_written_from_the_columns_of_a_row() -> None:
    column = SealedColumn("ticket_history", "words", place="ticket_history.words:{ticket_number}:{entry}")
    assert column.place_of({"ticket_number": 4, "entry": 2, "words": b""}) == "ticket_history.words:4:2"
    assert COLUMN.place_of({"conversation": b"\x0a\xff"}) == "dialogues.data:0aff"
