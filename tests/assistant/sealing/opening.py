"""A database with every table that is declared, and a clock that a test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from assistant.db.base import Base
from assistant.db.database import Database
from tests.assistant.db.opening import opened

SECRET = b"an invented secret of some length"


@dataclass
class SetClock:
    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@contextmanager
def with_tables(folder: Path, **settings: Any) -> Iterator[Database]:
    with opened(folder, **settings) as database:
        database._writer.alone(_create)
        yield database


def _create(connection: Connection) -> None:
    Base.metadata.create_all(connection, checkfirst=True)
    connection.commit()
