"""How a write becomes durable on PostgreSQL: each in a transaction of its own, with the contract of `Writer`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assistant.db import engine as dialect
from assistant.errors import Unavailable

T = TypeVar("T")


class PlainWriter:
    """Any number of threads and processes write at once: the database itself groups the commits."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._closed = False

    def write(self, work: Callable[[Session], T]) -> T:
        self._assert_open()
        with _refusing(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            return work(session)

    def alone(self, action: Callable[[Connection], T]) -> T:
        self._assert_open()
        with _refusing(), self._engine.connect() as connection:
            return action(connection)

    def clear_traces(self) -> None:
        """Nothing to do from here: old row versions go with the database's own vacuum, old logs with its archive."""

    def compact(self, work: Callable[[Session], None]) -> None:
        self.write(work)

    def close(self) -> None:
        self._closed = True
        self._engine.dispose()

    def _assert_open(self) -> None:
        # A pool that was disposed of would open connections again that nobody closes.
        if self._closed:
            raise Unavailable("The assistant is stopping: nothing was saved, please try again.")


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise dialect.refusal(error) or error from error
