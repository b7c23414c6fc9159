import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail, open_trail
from assistant.audit.verifying import MOST_PROBLEMS, PAGE
from assistant.db.database import Database
from tests.assistant.audit.writing import SUBJECTS, tamper, write
from tests.assistant.sealing.opening import SECRET, SetClock

COUNT = 9
HEAD = "SELECT entries, last_hash, mac FROM audit_head"
PUT_HEAD = "UPDATE audit_head SET entries = :entries, last_hash = :last_hash, mac = :mac"


@pytest.fixture
def long_trail(database: Database, trail: AuditTrail, clock: SetClock) -> AuditTrail:
    write(database, trail, clock, COUNT)
    return trail


def test_an_empty_trail_and_a_whole_one_have_no_problems(
    database: Database, trail: AuditTrail, clock: SetClock
) -> None:
    assert (trail.verify().entries, trail.verify().problems) == (0, ())
    write(database, trail, clock, COUNT)
    shown: list[tuple[int, int]] = []
    found = trail.verify(lambda read, total: shown.append((read, total)))
    assert (found.entries, found.problems, len(found.last_hash)) == (COUNT, (), 32)
    assert shown == [(COUNT, COUNT)]


@pytest.mark.parametrize("number", [1, 5, COUNT])
@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("at = '2026-03-02 09:00:00.000001'", "Entry {} was altered."),
        pytest.param(
            "at = 'some day'", "Entry {} cannot be read.", marks=pytest.mark.sqlite(reason="a column without a type")
        ),
        ("actor = 'key:other'", "Entry {} was altered."),
        ("action = 'ticket.read'", "Entry {} was altered."),
        ("subject = 'CM-2222-2222'", "Entry {} was altered."),
        ("detail = '{{}}'", "The detail of entry {} was altered."),
        ("detail = ''", "The detail of entry {} was altered."),
        ("salt = :zeros", "The detail of entry {} was altered."),
        ("salt = 'text'", "The detail of entry {} was altered."),
        ("salt = :nothing", "The detail of entry {} was altered."),
        (
            "salt = :nothing, detail = ''",
            "Details of {subject!r} are blank up to entry {}, and the trail does not say why.",
        ),
        ("commitment = :zeros", "Entry {} was altered."),
        ("commitment = 'text'", "Entry {} was altered."),
        ("previous = :zeros", "Entry {} was altered."),
        ("hash = :zeros", "Entry {} was altered."),
        ("number = -4", "Entry -4 was altered."),
    ],
)
def test_any_field_that_was_altered_is_found(
    database: Database, long_trail: AuditTrail, number: int, change: str, problem: str
) -> None:
    subject = SUBJECTS[(number - 1) % len(SUBJECTS)]
    tamper(database, f"UPDATE audit_entries SET {change.format()} WHERE number = :number", number=number)
    assert problem.format(number, subject=subject) in long_trail.verify().problems


@pytest.mark.parametrize("number", range(1, COUNT + 1))
def test_any_entry_that_was_removed_is_missed(database: Database, long_trail: AuditTrail, number: int) -> None:
    tamper(database, "DELETE FROM audit_entries WHERE number = :number", number=number)
    assert long_trail.verify().problems == (f"Entry {number} is missing.",)


def test_a_gap_that_was_closed_by_renumbering_is_found(database: Database, long_trail: AuditTrail) -> None:
    tamper(
        database,
        "DELETE FROM audit_entries WHERE number = 4",
        "UPDATE audit_entries SET number = -number WHERE number > 4",
        "UPDATE audit_entries SET number = -number - 1 WHERE number < 0",
    )
    problems = long_trail.verify().problems
    assert [line for line in problems if "was altered" in line] == [f"Entry {n} was altered." for n in range(4, COUNT)]
    assert f"Entry {COUNT} is missing." in problems


@pytest.mark.parametrize("pair", [(1, 2), (3, 7), (8, 9)])
def test_two_entries_that_changed_places_are_found(
    database: Database, long_trail: AuditTrail, pair: tuple[int, int]
) -> None:
    first, second = pair
    tamper(
        database,
        f"UPDATE audit_entries SET number = 1000 WHERE number = {first}",
        f"UPDATE audit_entries SET number = {first} WHERE number = {second}",
        f"UPDATE audit_entries SET number = {second} WHERE number = 1000",
    )
    problems = long_trail.verify().problems
    for number in pair:
        assert f"Entry {number} was altered." in problems
        assert f"Entry {number} does not follow the entry before it." in problems


@pytest.mark.parametrize("cut", [1, 3, COUNT])
def test_a_tail_that_was_cut_off_is_missed(database: Database, long_trail: AuditTrail, cut: int) -> None:
    tamper(database, "DELETE FROM audit_entries WHERE number > :kept", kept=COUNT - cut)
    first = COUNT - cut + 1
    missing = f"Entry {COUNT} is missing." if cut == 1 else f"Entries {first} to {COUNT} are missing."
    assert long_trail.verify().problems == (missing,)


@pytest.mark.parametrize(
    "change", ["entries = entries - 1", "last_hash = mac", "mac = last_hash", "mac = :nothing", "number = 2"]
)
def test_a_head_that_was_altered_is_found(database: Database, long_trail: AuditTrail, change: str) -> None:
    tamper(database, f"UPDATE audit_head SET {change}")
    assert long_trail.verify().problems == ("The head of the trail is missing or was altered.",)


def test_an_old_head_that_was_put_back_is_found(database: Database, trail: AuditTrail, clock: SetClock) -> None:
    write(database, trail, clock, 4)
    old = database.write(lambda session: dict(session.execute(text(HEAD)).mappings().one()))
    write(database, trail, clock, 3)
    tamper(database, PUT_HEAD, **old)
    assert trail.verify().problems == ("There are entries after 4, where the head of the trail ends.",)


def test_an_older_copy_of_the_whole_trail_is_found_by_the_note_beside_the_database(
    database: Database, trail: AuditTrail, clock: SetClock
) -> None:
    write(database, trail, clock, 4)
    old = database.write(lambda session: dict(session.execute(text(HEAD)).mappings().one()))
    write(database, trail, clock, 3)
    trail.note_end()
    tamper(database, PUT_HEAD, "DELETE FROM audit_entries WHERE number > 4", **old)
    assert trail.verify().problems == ("The trail had 7 entries before: it was cut, or is an older copy.",)
    trail.note_end()
    write(database, trail, clock, 5)
    trail.note_end()
    (problem,) = trail.verify().problems
    assert problem.startswith("Entry 7 is another than before")
    # A person who restored a backup says so once.
    assert trail.verify(accept=True).problems == ()
    assert trail.verify().problems == ()


def test_a_trail_that_was_emptied_is_found(database: Database, long_trail: AuditTrail, clock: SetClock) -> None:
    assert long_trail.verify().problems == ()
    tamper(database, "DELETE FROM audit_entries", "DELETE FROM audit_head")
    again = open_trail(database, SECRET, clock)
    assert again.verify().problems == (f"The trail had {COUNT} entries before: it was cut, or is an older copy.",)


def test_a_note_that_was_altered_is_found(database: Database, long_trail: AuditTrail, tmp_path: Path) -> None:
    long_trail.verify()
    note = tmp_path / "audit.witness"
    assert note.stat().st_mode & 0o777 == 0o600
    for content in (note.read_text(encoding="ascii").replace("9", "8", 1), "", "[]", '{"entries": null}', "\x00\xff"):
        note.write_text(content, encoding="latin-1")
        assert long_trail.verify().problems == ("The note beside the database was altered.",)
        long_trail.note_end()
        assert note.read_text(encoding="latin-1") == content


def test_a_blank_detail_is_explained_only_by_a_later_entry_on_its_subject(
    database: Database, long_trail: AuditTrail, clock: SetClock
) -> None:
    database.write(lambda session: long_trail.forget(session, SUBJECTS[0], at=clock.now))
    write(database, long_trail, clock, 3)
    tamper(database, "UPDATE audit_entries SET salt = :nothing, detail = '' WHERE number IN (2, 11)")
    assert {line.split(",")[0] for line in long_trail.verify().problems} == {
        f"Details of {SUBJECTS[1]!r} are blank up to entry 2",
        f"Details of {SUBJECTS[0]!r} are blank up to entry 11",
    }


def test_many_problems_are_cut_to_what_a_person_reads(database: Database, trail: AuditTrail, clock: SetClock) -> None:
    write(database, trail, clock, MOST_PROBLEMS + 20)
    tamper(database, "UPDATE audit_entries SET actor = 'x'")
    problems = trail.verify().problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == "There are 20 problems more."


@pytest.mark.sqlite(reason="bytes are put into a column of text")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_bit_that_turned_in_any_field_is_found(
    database: Database, long_trail: AuditTrail, data: st.DataObject
) -> None:
    column = data.draw(
        st.sampled_from(["actor", "action", "subject", "salt", "detail", "commitment", "previous", "hash"])
    )
    number = data.draw(st.integers(1, COUNT))
    where = {"number": number}
    read = text(f"SELECT CAST({column} AS BLOB), typeof({column}) FROM audit_entries WHERE number = :number")
    with database.read() as session:
        raw, kind = session.execute(read, where).one()
    changed = bytearray(raw)
    # The eighth bit of a letter would make text that no longer decodes.
    bit = data.draw(st.integers(0, len(changed) * 8 - 1).filter(lambda bit: kind == "blob" or bit % 8 != 7))
    changed[bit // 8] ^= 1 << bit % 8
    put = f"UPDATE audit_entries SET {column} = CAST(:value AS {kind}) WHERE number = :number"
    tamper(database, put, number=number, value=bytes(changed))
    problems = long_trail.verify().problems
    tamper(database, put, number=number, value=bytes(raw))
    assert problems
    assert long_trail.verify().problems == ()


def test_verifying_beside_writers_and_forgetters_finds_nothing(
    database: Database, trail: AuditTrail, clock: SetClock
) -> None:
    write(database, trail, clock, PAGE + 50)
    forgotten: list[int] = []

    def meanwhile(_read: int, _total: int) -> None:
        if len(forgotten) < 3:
            write(database, trail, clock, 2)
            subject = SUBJECTS[len(forgotten)]
            forgotten.append(database.write(lambda session: trail.forget(session, subject, at=clock.now)))

    assert trail.verify(meanwhile).problems == ()
    assert len(forgotten) == 3


def test_a_hundred_thousand_entries_take_seconds(database: Database, trail: AuditTrail, clock: SetClock) -> None:
    """Measured on fewer, to keep this suite quick: 0.2 ms an entry are 20 seconds."""

    def work(session: Session) -> None:
        for _ in range(3_000):
            trail.record(session, actor="visitor", action="a", subject="s", detail={"to": "x"}, at=clock.now)

    database.write(work)
    began = time.process_time()
    assert trail.verify().entries == 3_000
    assert time.process_time() - began < 0.6
