"""Engines for SQLite and PostgreSQL: the only module that speaks the dialect of one of them.

Each hides its parameters, so that nothing that was said reaches a log through the message of a database error.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.errors import Unavailable
from assistant.settings import BadSetting

BUSY_MILLISECONDS = 5000
CHECKPOINT_BUSY_MILLISECONDS = 250
# A page of 4 KiB each: the log of a serving process stays near 4 MB.
CHECKPOINT_EVERY_PAGES = 1000
# One connection for each thread that a web server computes in.
POOLED_READERS, MORE_READERS = 8, 32

# What every connection sets, and what `assert_pragmas` must read back. Reasons: FULL, because a commit that was
# acknowledged must survive a power cut; secure_delete, because builds differ in its default.
_PRAGMAS: Mapping[str, str | int] = {
    "busy_timeout": BUSY_MILLISECONDS,
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
}
# Where SQLite keeps the pages that a savepoint changes, as they were: a file of that would be made, written and removed
# at each commit, outside the data folder.
_IN_A_FILE, _IN_MEMORY = 1, 2
# A rewrite is owed while this stands in the file's header; set in the transaction that moved rows.
_REWRITE_OWED = 1
# Any number that no other program takes an advisory lock under.
_MIGRATION_LOCK = 7_120_222

_FULL = "Nothing can be saved because the disk is full: free some space, nothing else is needed."
_REFUSALS: Mapping[int, str] = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "Nothing can be saved because the disk refuses to write: check its space and its health.",
    sqlite3.SQLITE_READONLY: "Nothing can be saved because the database is read-only: make its folder writable.",
    sqlite3.SQLITE_CANTOPEN: "The database cannot be opened: check that its folder exists and is writable.",
    sqlite3.SQLITE_BUSY: "Another program is holding the database: nothing was saved, please try again.",
    sqlite3.SQLITE_CORRUPT: "The database is damaged: restore it from a backup.",
    sqlite3.SQLITE_NOTADB: "The database is damaged: restore it from a backup.",
}
# The same by the codes of the SQL standard, which PostgreSQL gives.
_REFUSAL_STATES: Mapping[str, str] = {
    "25006": "Nothing can be saved because the database is read-only: name the server that takes writes.",
    "40001": "Two writes met: nothing was saved, please try again.",
    "40P01": "Two writes met: nothing was saved, please try again.",
    "53100": _FULL,
}


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def create_privately(url: URL) -> None:
    """Create an SQLite file that only its owner can read; the files beside it inherit that.

    An existing file is never opened here: closing it would drop the locks that SQLite holds on it in this process.
    """
    path = Path(url.database or "")
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


def reading_engine(url: URL) -> Engine:
    """A pool of connections of which none can write; each transaction sees one snapshot."""
    if not is_sqlite(url):
        return plain_engine(url).execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    engine = create_engine(url, pool_size=POOLED_READERS, max_overflow=MORE_READERS, hide_parameters=True)
    _set_on_connect(engine, {**_PRAGMAS, "wal_autocheckpoint": 0, "query_only": 1})
    event.listen(engine, "begin", _begin_reading)
    return engine


def writing_engine(url: URL) -> Engine:
    """SQLite only: connections that begin as writers, so that no transaction starts on what it may not overwrite."""
    engine = create_engine(url, poolclass=NullPool, connect_args={"check_same_thread": False}, hide_parameters=True)
    _set_on_connect(engine, {**_PRAGMAS, "wal_autocheckpoint": 0, "temp_store": _IN_MEMORY})
    event.listen(engine, "begin", _begin_writing)
    # Every unit of a batch has one: put together anew each time, as the library does, they cost as much as its rows.
    engine.dialect.do_savepoint = partial(_savepoint, "SAVEPOINT")  # type: ignore[method-assign]
    engine.dialect.do_release_savepoint = partial(_savepoint, "RELEASE SAVEPOINT")  # type: ignore[method-assign]
    return engine


def plain_engine(url: URL) -> Engine:
    """PostgreSQL, or whatever else the URL names; BadSetting when its driver is not installed."""
    try:
        engine = create_engine(
            url, pool_size=POOLED_READERS, max_overflow=MORE_READERS, pool_pre_ping=True, hide_parameters=True
        )
    except (ModuleNotFoundError, ArgumentError) as error:
        raise BadSetting("DATABASE_URL", "names a driver that is not installed: use postgresql+psycopg://…") from error
    if engine.dialect.name == "postgresql":
        event.listen(engine, "before_cursor_execute", _storable, retval=True)
    return engine


def assert_pragmas(connection: Connection) -> None:
    """Unavailable when a connection does not keep what it was told, as on a network folder without shared memory."""
    for name, expected in _PRAGMAS.items():
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
        if found != expected:
            raise Unavailable(
                f"SQLite does not keep {name}={expected} in the data folder: use a local disk, or PostgreSQL."
            )


def refusal(error: Exception) -> Unavailable | None:
    """What a failure of the database itself is to a person; None for a failure of the work that was asked of it."""
    behind: BaseException | None = error
    # A rollback after a full disk fails too, as SQLite has given the transaction up: what came first tells why.
    while isinstance(behind, DBAPIError | sqlite3.Error):
        if sentence := _sentence(behind):
            return Unavailable(sentence)
        behind = behind.__cause__ or behind.__context__
    return None


def _sentence(error: DBAPIError | sqlite3.Error) -> str | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _REFUSALS.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    if sentence := _REFUSAL_STATES.get(getattr(cause, "sqlstate", None) or ""):
        return sentence
    lost = isinstance(error, OperationalError | InterfaceError)
    return "The database cannot be reached: nothing was saved, please try again." if lost else None


def driver(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection, for what must run outside any transaction."""
    bare = connection.connection.dbapi_connection
    assert isinstance(bare, sqlite3.Connection)
    return bare


def lost_transaction(connection: Connection) -> bool:
    """SQLite gives up a whole transaction after some errors, a full disk among them."""
    return not driver(connection).in_transaction


def checkpoint_after_commits(connection: Connection) -> None:
    _pragma(driver(connection), "wal_autocheckpoint", CHECKPOINT_EVERY_PAGES)


def truncate_wal(connection: Connection) -> bool:
    """Move the log into the database file and cut it to nothing; False while a reader still needs a part of it."""
    bare = driver(connection)
    _pragma(bare, "busy_timeout", CHECKPOINT_BUSY_MILLISECONDS)
    try:
        with closing(bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")) as cursor:
            busy, *_ = cursor.fetchone()
    finally:
        _pragma(bare, "busy_timeout", BUSY_MILLISECONDS)
    return not busy


@contextmanager
def changing_much(connection: Connection) -> Iterator[None]:
    """SQLite: for work on a large part of the file, which memory may not hold twice. Goes around the transaction."""
    if not is_sqlite(connection.engine.url):
        yield
        return
    _pragma(driver(connection), "temp_store", _IN_A_FILE)
    try:
        yield
    finally:
        _pragma(driver(connection), "temp_store", _IN_MEMORY)


def owe_rewrite(connection: Connection) -> None:
    """SQLite: note in the file, with the running transaction, that rows are moved and the file must be written anew."""
    if is_sqlite(connection.engine.url):
        connection.exec_driver_sql(f"PRAGMA user_version = {_REWRITE_OWED}")


def rewrite_if_owed(connection: Connection) -> None:
    """SQLite: write the file anew, so that no copy of a moved row stays in the free space of a page."""
    if not is_sqlite(connection.engine.url):
        return
    bare = driver(connection)
    with closing(bare.execute("PRAGMA user_version")) as cursor:
        (owed,) = cursor.fetchone()
    if owed == _REWRITE_OWED:
        bare.execute("VACUUM").close()
        _pragma(bare, "user_version", 0)


def writes_alone(connection: Connection) -> bool:
    """Whether nobody else can write before this transaction ends: on SQLite."""
    return is_sqlite(connection.engine.url)


def one_at_a_time(connection: Connection) -> None:
    """On PostgreSQL, let one process migrate at a time; on SQLite the write lock has seen to it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def _set_on_connect(engine: Engine, pragmas: Mapping[str, str | int]) -> None:
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)
        # The driver would begin transactions by rules of its own; here the engine's `begin` event does.
        connection.isolation_level = None
        for name, value in pragmas.items():
            _pragma(connection, name, value)

    event.listen(engine, "connect", prepare)


def _pragma(connection: sqlite3.Connection, name: str, value: str | int) -> None:
    connection.execute(f"PRAGMA {name}={value}").close()


def _storable(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
    """PostgreSQL has no NUL in a text: what stands for a character that cannot be shown takes its place."""
    return statement, _without_nul(parameters)


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if isinstance(value, Mapping):
        return {name: _without_nul(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_without_nul(each) for each in value)
    return value


def _begin_reading(connection: Connection) -> None:
    _by_driver(connection, "BEGIN")


def _begin_writing(connection: Connection) -> None:
    _by_driver(connection, "BEGIN IMMEDIATE")


def _savepoint(verb: str, connection: Connection, name: str) -> None:
    _by_driver(connection, f"{verb} {name}")


def _by_driver(connection: Connection, statement: str) -> None:
    # What it costs the library to prepare such a statement is more than all that it does.
    try:
        driver(connection).execute(statement).close()
    except sqlite3.Error as error:
        raise OperationalError(statement, None, error) from error
