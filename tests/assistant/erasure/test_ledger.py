import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete

from assistant.db.database import Database
from assistant.erasure.ledger import Ledger, StoredErasure
from tests.assistant.db.opening import opened

SECRET = b"s" * 32
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database, SECRET)


def enter(database: Database, ledger: Ledger, digest: bytes) -> None:
    database.write(lambda session: ledger.enter(session, digest, at=NOON))


def test_a_mark_depends_on_the_secret(database: Database, ledger: Ledger) -> None:
    assert ledger.mark(b"one") == Ledger(database, SECRET).mark(b"one")
    assert len({ledger.mark(b"one"), ledger.mark(b"two"), Ledger(database, b"t" * 32).mark(b"one")}) == 3


def test_what_only_the_table_knows_goes_into_the_file_and_the_other_way(
    database: Database, ledger: Ledger, tmp_path: Path
) -> None:
    enter(database, ledger, b"in the table")
    ledger.enter_in_file(b"in the file", at=NOON)
    both = {ledger.mark(b"in the table"), ledger.mark(b"in the file")}
    assert ledger.reconcile() == both
    database.write(lambda session: session.execute(delete(StoredErasure)))
    assert ledger.reconcile() == both
    (tmp_path / "erasures.ledger").unlink()
    assert ledger.reconcile() == both
    written = (tmp_path / "erasures.ledger").read_text(encoding="ascii")
    assert ledger.reconcile() == both
    assert (tmp_path / "erasures.ledger").read_text(encoding="ascii") == written


def test_the_file_holds_marks_and_times_and_is_its_owners_only(ledger: Ledger, tmp_path: Path) -> None:
    ledger.enter_in_file(b"one", at=NOON)
    file = tmp_path / "erasures.ledger"
    assert file.read_text(encoding="ascii").split() == [ledger.mark(b"one"), "2026-03-01T12:00:00Z"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_line_that_a_crash_cut_short_spoils_no_other(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "erasures.ledger"
    ledger.enter_in_file(b"one", at=NOON)
    file.write_bytes(file.read_bytes() + b"\xff" + ledger.mark(b"cut").encode()[:40])
    ledger.enter_in_file(b"two", at=NOON)
    assert ledger.reconcile() == {ledger.mark(b"one"), ledger.mark(b"two")}


def test_a_file_that_cannot_be_written_is_a_warning_and_made_good_later(
    database: Database, ledger: Ledger, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "erasures.ledger"
    file.mkdir()
    enter(database, ledger, b"one")
    with caplog.at_level(logging.WARNING):
        ledger.enter_in_file(b"one", at=NOON)
    assert "the next start does it" in caplog.text
    file.rmdir()
    assert ledger.reconcile() == {ledger.mark(b"one")}
    assert ledger.mark(b"one") in file.read_text(encoding="ascii")
