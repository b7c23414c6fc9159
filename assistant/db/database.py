"""The database as the rest of the house sees it: read in a session, hand over a write, make erased bytes gone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from assistant.db import engine as dialect
from assistant.db.folder import assert_writable, prepare_folder
from assistant.db.migrate import migrate
from assistant.db.plain_writer import PlainWriter
from assistant.db.writer import GroupWriter, Writer
from assistant.errors import Unavailable
from assistant.settings import BadSetting, Settings

FILE_NAME = "assistant.sqlite3"

T = TypeVar("T")


class Database:
    def __init__(self, readers: Engine, writer: Writer, folder: Path) -> None:
        self._readers = readers
        self._writer = writer
        self.folder = folder

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one snapshot, for reading only. Keep it short: on SQLite an open one delays `clear_traces`."""
        try:
            with Session(self._readers, expire_on_commit=False) as session:
                yield session
        except DBAPIError as error:
            raise dialect.refusal(error) or error from error

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """The same for statements on tables alone, without a session: that costs a turn more than such a statement."""
        try:
            with self._readers.connect() as connection:
                yield connection
        except DBAPIError as error:
            raise dialect.refusal(error) or error from error

    def write(self, work: Callable[[Session], T]) -> T:
        """Run the work in one transaction and return its result once it is committed; see `Writer.write`."""
        return self._writer.write(work)

    def clear_traces(self) -> None:
        """Return when what was blanked before stands in no file of the database any more (SQLite; see `Writer`)."""
        self._writer.clear_traces()

    def compact(self, work: Callable[[Session], None]) -> None:
        """Run work that deletes rows, then rewrite the file (SQLite): a deleted row's neighbours move between pages,
        and the places that they left keep their bytes. Takes about a second for 100 MB, while no other write runs.
        """
        self._writer.compact(work)

    def problem(self) -> str | None:
        """One line that says why nothing can be read or saved at the moment; None when all is well."""
        try:
            assert_writable(self.folder)
            # First the write: it alone knows that the database was closed.
            self._writer.write(_nothing)
            with self.read() as session:
                session.execute(select(1))
        except Unavailable as error:
            return str(error)
        return None

    def close(self) -> None:
        self._readers.dispose()
        self._writer.close()


def open_database(settings: Settings, *, server: bool) -> Database:
    """Open and migrate the database that the settings name, SQLite in the data folder by default.

    `server` is for serving processes: the first of them keeps the log short and clears it for whatever runs beside it.
    Raises BadSetting or Unavailable with a line for the person who starts it.
    """
    prepare_folder(settings.data_dir)
    url = _url(settings)
    writer = _writer(url, settings.data_dir, server=server)
    try:
        writer.alone(_prepare)
        if server:
            # A crash may have left blanked rows in the log.
            writer.clear_traces()
    except BaseException:
        writer.close()
        raise
    return Database(dialect.reading_engine(url), writer, settings.data_dir)


def _nothing(_session: Session) -> None:
    """Shows that a write can begin and end."""


def _url(settings: Settings) -> URL:
    if settings.database_url is None:
        return URL.create("sqlite", database=str(settings.data_dir / FILE_NAME))
    try:
        return make_url(settings.database_url)
    except ArgumentError as error:
        raise BadSetting("DATABASE_URL", "takes sqlite:///FILE or postgresql+psycopg://….") from error


def _writer(url: URL, folder: Path, *, server: bool) -> Writer:
    if not dialect.is_sqlite(url):
        return PlainWriter(dialect.plain_engine(url))
    try:
        dialect.create_privately(url)
    except OSError as error:
        raise BadSetting("DATABASE_URL", "names a file that cannot be created: check its folder.") from error
    return GroupWriter(dialect.writing_engine(url), folder, server=server)


def _prepare(connection: Connection) -> None:
    if dialect.is_sqlite(connection.engine.url):
        dialect.assert_pragmas(connection)
        connection.rollback()
    migrate(connection)
