from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select, text
from sqlalchemy.orm import Session

from assistant.audit.trail import open_trail
from assistant.db.base import Base
from assistant.db.database import Database
from assistant.dialogue.models import StoredDialogue
from assistant.sealing.keys import KeyCabinet
from assistant.sealing.sealer import open_sealer
from integrations.commands.sealed import SEALED
from tests.assistant.db.opening import opened
from tests.assistant.sealing.opening import SetClock
from tests.integrations.commands.conftest import Terminal

OLD, NEW = "an invented secret of some length", "another secret of some length"
DIGEST = bytes(32)
PLACE = f"dialogues.data:{DIGEST.hex()}"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def database(terminal: Terminal) -> Iterator[Database]:
    terminal.settings["PRIVACY_ASSISTANT_SECRET_KEY"] = OLD
    with opened(terminal.data) as database:
        yield database


def record(database: Database, count: int) -> None:
    trail = open_trail(database, OLD.encode(), SetClock())

    def work(session: Session) -> None:
        for number in range(count):
            trail.record(
                session,
                actor="key:desk",
                action="ticket.moved",
                subject="CM-1",
                detail={"to": f"state {number}"},
                at=AT,
            )

    database.write(work)


def change(database: Database, statement: str) -> None:
    database.write(lambda session: session.execute(text(statement)))


def test_a_whole_trail_is_said_to_be_whole(terminal: Terminal, database: Database) -> None:
    record(database, 3)
    said = terminal("audit", "verify")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("3 entries, the chain is whole. Last hash ")
    assert len(said.out.split()[-1]) == 64


def test_each_problem_is_a_line_and_the_exit_status_is_1(terminal: Terminal, database: Database) -> None:
    record(database, 6)
    change(database, "DELETE FROM audit_entries WHERE number = 2")
    change(database, "UPDATE audit_entries SET actor = 'visitor' WHERE number = 5")
    said = terminal("audit", "verify")
    assert (said.status, said.out) == (1, "Entry 2 is missing.\nEntry 5 was altered.\n")


def test_an_older_copy_is_found_until_a_person_accepts_it(terminal: Terminal, database: Database) -> None:
    record(database, 4)
    assert terminal("audit", "verify").status == 0
    change(database, "DELETE FROM audit_entries")
    change(database, "DELETE FROM audit_head")
    assert terminal("audit", "verify").out == "The trail had 4 entries before: it was cut, or is an older copy.\n"
    assert terminal("audit", "verify", "--accept").status == 0
    record(database, 1)
    assert terminal("audit", "verify").status == 0


def test_the_entries_of_a_subject_are_shown(terminal: Terminal, database: Database) -> None:
    record(database, 2)
    assert terminal("audit", "show", "CM-1").out.splitlines() == [
        "1  2026-03-02 09:00:00 UTC  key:desk  ticket.moved  to: state 0",
        "2  2026-03-02 09:00:00 UTC  key:desk  ticket.moved  to: state 1",
    ]
    assert terminal("audit", "show", "CM-2").refusal == "Error: The trail says nothing of 'CM-2'."


def keep(database: Database, data: bytes) -> None:
    def work(session: Session) -> None:
        session.add(
            StoredDialogue(
                conversation=DIGEST, kind="rights", state="email", data=data, unusable=0, version=1, updated_at=AT
            )
        )

    database.write(work)


def kept(database: Database) -> bytes:
    with database.read() as session:
        return session.scalars(select(StoredDialogue.data)).one() or b""


def test_rotation_seals_anew_retires_the_old_key_and_is_in_the_trail(terminal: Terminal, database: Database) -> None:
    before = open_sealer(database, OLD.encode(), SetClock()).seal("asha@example.com", place=PLACE)
    keep(database, before)
    assert terminal("keys", "rotate", "--wait", "0").out == "1 fields sealed anew, 1 old keys retired.\n"
    after = kept(database)
    assert after[:9] != before[:9]
    assert open_sealer(database, OLD.encode(), SetClock()).open(after, place=PLACE) == "asha@example.com"
    assert "keys.rotated  resealed: 1, retired: 1, unreadable: 0" in terminal("audit", "show", "key:data").out


def test_fields_that_cannot_be_opened_are_named_without_their_content(terminal: Terminal, database: Database) -> None:
    KeyCabinet(database, OLD.encode(), SetClock()).prepare()
    keep(database, b"asha@example.com, in clear and long enough for a sealed field")
    said = terminal("keys", "rotate", "--wait", "0")
    assert said.refusal.startswith("1 fields of dialogues.data cannot be opened: ")
    assert "asha" not in said.err + said.out


def test_a_changed_secret_needs_the_former_one_once(terminal: Terminal, database: Database) -> None:
    record(database, 2)
    terminal.settings["PRIVACY_ASSISTANT_SECRET_KEY"] = NEW
    assert "PRIVACY_ASSISTANT_PREVIOUS_SECRET_KEY" in terminal("audit", "verify").refusal
    terminal.settings["PRIVACY_ASSISTANT_PREVIOUS_SECRET_KEY"] = OLD
    assert terminal("audit", "verify").status == 0
    del terminal.settings["PRIVACY_ASSISTANT_PREVIOUS_SECRET_KEY"]
    assert terminal("audit", "verify").status == 0


def test_every_sealed_column_is_sealed_anew(database: Database) -> None:
    """A sealed column is of bytes without a limit; digests and wrapped keys have one."""
    unlimited = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and column.type.length is None
    }
    assert {(column.table, column.column) for column in SEALED} == unlimited
    for column in SEALED:
        row = {each.name: 7 for each in Base.metadata.tables[column.table].columns}
        assert column.place_of(row).startswith(f"{column.table}.{column.column}:7")


def test_the_data_folder_keeps_the_note_of_the_trail_to_its_owner(terminal: Terminal, database: Database) -> None:
    record(database, 1)
    terminal("audit", "verify")
    assert Path(terminal.data, "audit.witness").stat().st_mode & 0o077 == 0
