"""Which database a test stands on: SQLite in its data folder, or the database of that folder on a PostgreSQL server."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import closing, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from assistant.db.database import FILE_NAME, open_database
from assistant.settings import Settings

# Holds the address of the server's own database while the tests stand on PostgreSQL. Processes that a test starts
# inherit it, so that they find the same database for the same folder.
SERVER = "TESTS_POSTGRESQL"
# Migrated once; the database of a folder begins as a copy of it.
MIGRATED = "migrated"
# Empty, as every server has it.
EMPTY = "template0"


def settings_for(folder: Path, **settings: Any) -> Settings:
    """Settings on this data folder and its database. What a test sets itself stands over that."""
    if SERVER not in os.environ and not (folder / FILE_NAME).exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(_migrated_file(), folder / FILE_NAME)
    return Settings(**{"data_dir": folder, "database_url": database_url(folder), **settings})


@cache
def _migrated_file() -> Path:
    """A file that was migrated once: the database of a folder begins as a copy of it."""
    folder = Path(tempfile.mkdtemp(prefix="migrated-"))
    atexit.register(shutil.rmtree, folder)
    open_database(Settings(data_dir=folder, database_url=None), server=False).close()
    return folder / FILE_NAME


def database_url(folder: Path, *, template: str = MIGRATED) -> str | None:
    """The DATABASE_URL of the folder's own database, which is made on first use; None where the file is the default."""
    if SERVER not in os.environ:
        return None
    name = _name_of(folder)
    with closing(connected()) as server:
        if name not in databases(server):
            _copy(server, name, template, _path_of(folder))
    return url_of(name)


def url_of(name: str) -> str:
    return _server_url().set(database=name).render_as_string(hide_password=False)


def connected(name: str | None = None) -> psycopg.Connection[Any]:
    """A connection of its own, beside those of the product; to the server's own database unless one is named."""
    url = _server_url()
    socket = str(url.query["host"])
    return psycopg.connect(host=socket, user=url.username, dbname=name or url.database, autocommit=True)


def databases(server: psycopg.Connection[Any]) -> dict[str, str]:
    """The databases of folders, each with the path that it stands for."""
    found = server.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname LIKE 'of\\_%'"
    )
    return {name: path or "" for name, path in found}


def drop(server: psycopg.Connection[Any], names: Iterable[str]) -> None:
    for name in names:
        # What a killed process left connected must not keep it.
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def rows_holding(folder: Path, needles: Iterable[bytes]) -> list[str]:
    """Each needle that stands in a row of a database of a folder here or below, with the table's name."""
    with closing(connected()) as server:
        below = [name for name, path in databases(server).items() if Path(path).is_relative_to(_path_of(folder))]
    wanted = tuple(needles)
    return [line for name in below for line in _search(name, wanted)]


def _search(name: str, needles: tuple[bytes, ...]) -> list[str]:
    found = []
    with closing(connected(name)) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            # Bytes and text stand in this format as they are.
            whole = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
            with connection.cursor().copy(whole) as copy:
                data = b"".join(bytes(block) for block in copy)
            found += [f"{table} {needle.decode()}" for needle in needles if needle in data]
    return found


def _copy(server: psycopg.Connection[Any], name: str, template: str, path: Path) -> None:
    made = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
        sql.Identifier(name), sql.Identifier(template)
    )
    # Another process may make it at the same moment.
    with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        server.execute(made)
        server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(str(path))))


def _server_url() -> URL:
    return make_url(os.environ[SERVER])


def _name_of(folder: Path) -> str:
    return f"of_{sha256(str(_path_of(folder)).encode()).hexdigest()[:24]}"


def _path_of(folder: Path) -> Path:
    return folder.absolute()
