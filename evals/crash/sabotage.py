"""Breaks the product on purpose, to see that a run notices. Only a run of `evals.crash --break` ever loads this.

Patches the one place through which everything is written; the product itself knows nothing of it.
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from assistant.db.database import Database

VARIABLE = "PRIVACY_ASSISTANT_TEST_BREAK"
# What starts the product with the hook in it; a command line follows.
LAUNCH = "from evals.crash import sabotage; sabotage.arm(); from integrations.cli import main; main()"
EVERY = 40
LATE_SECONDS = 0.3

T = TypeVar("T")
Write = Callable[[Database, Callable[[Session], Any]], Any]


class Break(StrEnum):
    """`commit`: every so many writes are answered and never committed. `order`: all are answered first and committed
    a moment later, so that only a crash shows it.
    """

    COMMIT = "commit"
    ORDER = "order"


class _Undone(Exception):
    """Carries a result out of a transaction that is rolled back by it."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


def arm() -> None:
    """Put in place of `Database.write` what the variable asks for."""
    kind = os.environ.get(VARIABLE)
    if kind is not None:
        makers = {Break.COMMIT: _dropping, Break.ORDER: _late}
        Database.write = makers[Break(kind)](Database.write)  # type: ignore[method-assign,assignment]


def _undone(write: Write, database: Database, work: Callable[[Session], T]) -> Any:
    """The result of the work, which is not saved."""

    def work_and_undo(session: Session) -> None:
        raise _Undone(work(session))

    try:
        write(database, work_and_undo)
    except _Undone as undone:
        return undone.value
    raise AssertionError("The work was undone by an exception.")


def _dropping(write: Write) -> Write:
    numbers = count(1)

    def broken(database: Database, work: Callable[[Session], Any]) -> Any:
        return _undone(write, database, work) if next(numbers) % EVERY == 0 else write(database, work)

    return broken


def _late(write: Write) -> Write:
    def commit(database: Database, work: Callable[[Session], Any]) -> None:
        with suppress(Exception):
            write(database, work)

    def broken(database: Database, work: Callable[[Session], Any]) -> Any:
        value = _undone(write, database, work)
        timer = threading.Timer(LATE_SECONDS, commit, (database, work))
        timer.daemon = True
        timer.start()
        return value

    return broken
