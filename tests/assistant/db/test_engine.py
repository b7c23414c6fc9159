import sqlite3
from pathlib import Path

import pytest
from psycopg import errors
from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from assistant.db.engine import (
    assert_pragmas,
    create_privately,
    plain_engine,
    reading_engine,
    refusal,
    truncate_wal,
    writing_engine,
)
from assistant.errors import Unavailable
from assistant.settings import BadSetting

pytestmark = pytest.mark.sqlite(reason="pragmas, files and the log of SQLite")


def url_in(folder: Path) -> URL:
    return URL.create("sqlite", database=str(folder / "a b%20?.sqlite3"))


def test_a_writing_connection_keeps_every_pragma(tmp_path: Path) -> None:
    with writing_engine(url_in(tmp_path)).connect() as connection:
        assert_pragmas(connection)
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_a_connection_that_lost_a_pragma_is_unavailable_with_its_name(tmp_path: Path) -> None:
    with writing_engine(url_in(tmp_path)).connect() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete=0")
        with pytest.raises(Unavailable, match="secure_delete=1"):
            assert_pragmas(connection)


def test_a_reading_connection_cannot_write(tmp_path: Path) -> None:
    with writing_engine(url_in(tmp_path)).begin() as connection:
        connection.execute(text("CREATE TABLE t (a INTEGER)"))
    engine = reading_engine(url_in(tmp_path))
    with engine.connect() as connection, pytest.raises(OperationalError) as refused:
        connection.execute(text("INSERT INTO t VALUES (1)"))
    engine.dispose()
    assert str(refusal(refused.value)).startswith("Nothing can be saved because the database is read-only")


def test_an_error_of_the_database_does_not_show_what_was_to_be_stored(tmp_path: Path) -> None:
    with writing_engine(url_in(tmp_path)).connect() as connection, pytest.raises(OperationalError) as refused:
        connection.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "canary-4711"})
    assert "canary-4711" not in str(refused.value)


def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    create_privately(url_in(tmp_path))
    with writing_engine(url_in(tmp_path)).begin() as connection:
        connection.execute(text("CREATE TABLE t (a INTEGER)"))
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


def test_a_failure_of_the_work_is_no_refusal_of_the_database() -> None:
    assert refusal(sqlite3.IntegrityError("UNIQUE")) is None
    assert refusal(KeyError("x")) is None


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (errors.DiskFull(), "the disk is full"),
        (errors.ReadOnlySqlTransaction(), "read-only"),
        (errors.DeadlockDetected(), "Two writes met"),
        (errors.SerializationFailure(), "Two writes met"),
        (errors.ConnectionException(), "cannot be reached"),
    ],
)
def test_what_postgresql_refuses_is_a_sentence(error: errors.Error, sentence: str) -> None:
    refused = DBAPIError.instance("SELECT 1", {}, error, errors.Error)
    assert isinstance(refused, DBAPIError)
    assert sentence in str(refusal(refused))


def test_what_postgresql_says_of_the_work_is_no_refusal_of_the_database() -> None:
    refused = DBAPIError.instance("SELECT 1", {}, errors.UniqueViolation(), errors.Error)
    assert isinstance(refused, DBAPIError)
    assert refusal(refused) is None


def test_a_log_is_not_cut_while_a_reader_needs_it(tmp_path: Path) -> None:
    writers, readers = writing_engine(url_in(tmp_path)), reading_engine(url_in(tmp_path))
    log = tmp_path / "a b%20?.sqlite3-wal"
    with writers.connect() as writer:
        with writer.begin():
            writer.execute(text("CREATE TABLE t (a INTEGER)"))
        with readers.connect() as reader:
            reader.execute(text("SELECT * FROM t"))
            with writer.begin():
                writer.execute(text("INSERT INTO t VALUES (1)"))
            assert not truncate_wal(writer)
            assert log.stat().st_size > 0
        assert truncate_wal(writer)
        assert log.stat().st_size == 0
    readers.dispose()


def test_a_driver_that_is_not_installed_is_a_bad_setting() -> None:
    with pytest.raises(BadSetting, match="PRIVACY_ASSISTANT_DATABASE_URL names a driver"):
        plain_engine(make_url("postgresql+nosuchdriver://db/x"))
