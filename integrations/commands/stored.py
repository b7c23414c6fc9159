"""The database, for commands that work beside a serving process and answer no question."""

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.db.database import Database, open_database
from integrations.commands.opening import read_settings


@contextmanager
def opened_database() -> Iterator[Database]:
    database = open_database(read_settings(), server=False)
    try:
        yield database
    finally:
        database.close()
