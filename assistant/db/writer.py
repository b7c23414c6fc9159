"""How a write becomes durable: the caller hands over a unit of work and waits for its commit.

Knows threads, locks and commits; knows no table.
"""

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assistant.db import engine as dialect
from assistant.db.checkpoint import CheckpointRole
from assistant.db.locks import FileLock
from assistant.errors import AssistantError, Unavailable

QUEUE_LIMIT = 500
BATCH_LIMIT = 200
LOCK_PATIENCE_SECONDS = 30.0
CLEAR_PATIENCE_SECONDS = 30.0
# How often an idle writer looks for a request of another process.
IDLE_SECONDS = 0.25

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Writer(Protocol):
    def write(self, work: Callable[[Session], T]) -> T:
        """Run the work in a transaction and return its result once that is committed.

        The work sees what was written before it, and an exception of its own undoes it alone and reaches the caller.
        It must not ask for another write. Unavailable: nothing was saved.
        """

    def alone(self, action: Callable[[Connection], T]) -> T:
        """Run the action while nobody writes, in no transaction: it begins its own."""

    def clear_traces(self) -> None:
        """Return when no byte of what was blanked before this call stands in any file of the database."""

    def compact(self, work: Callable[[Session], None]) -> None:
        """Run work that deletes rows, and see to it that the rows it moved leave no copies behind."""

    def close(self) -> None:
        """Finish what is waiting; a write asked for later is Unavailable."""


@dataclass(slots=True, eq=False)
class _Unit:
    work: Callable[[Session], Any]
    answer: Future[Any] = field(default_factory=Future)


@dataclass(slots=True, eq=False)
class _Alone:
    action: Callable[[Connection], Any]
    answer: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any = None
    error: Exception | None = None


class _Cleared(Enum):
    DONE = auto()
    READERS_IN_THE_WAY = auto()
    ASKED_THE_SERVER = auto()


class GroupWriter:
    """SQLite: what is waiting is committed together, by one thread at a time, under a lock that all processes share.

    A caller that finds nobody writing does it itself: handed to another thread and back, a write would wait twice for
    the interpreter. What comes meanwhile, the log, and what the main thread writes, which interrupts end anywhere, is
    for a thread of the writer's own.
    """

    def __init__(self, engine: Engine, folder: Path, *, server: bool) -> None:
        self._engine = engine
        self._lock = FileLock(folder / "write.lock")
        self._role = CheckpointRole(folder, keep=server)
        self._queue: queue.Queue[_Unit | _Alone] = queue.Queue(QUEUE_LIMIT)
        self._gate = threading.Lock()
        self._closed = False
        self._left_over = threading.Event()
        # Whoever holds the turn writes, and is `_writes` meanwhile; it alone uses what follows.
        self._turn = threading.Lock()
        self._writes: int | None = None
        self._connection: Connection | None = None
        self._checkpointing = False
        self._complained = False
        self.commits = 0
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[Session], T]) -> T:
        result: T = self._ask(_Unit(work))
        return result

    def alone(self, action: Callable[[Connection], T]) -> T:
        result: T = self._ask(_Alone(action))
        return result

    def compact(self, work: Callable[[Session], None]) -> None:
        self.alone(partial(_compact, work))

    def clear_traces(self) -> None:
        give_up = time.monotonic() + CLEAR_PATIENCE_SECONDS
        while (outcome := self.alone(self._clear)) is not _Cleared.DONE:
            if outcome is _Cleared.ASKED_THE_SERVER and self._answered():
                return
            if time.monotonic() > give_up:
                self.alone(self._leave_request)
                raise Unavailable("It is erased, but somebody is still reading its last bytes: they go when that ends.")
            time.sleep(IDLE_SECONDS / 10)

    def close(self) -> None:
        with self._gate:
            if self._closed:
                return
            self._closed = True
        self._left_over.set()
        self._thread.join()

    def _ask(self, item: _Unit | _Alone) -> Any:
        if self._writes == threading.get_ident():
            raise RuntimeError("A unit of work may not ask for another write: it would wait for itself.")
        with self._gate:
            if self._closed:
                raise Unavailable("The assistant is stopping: nothing was saved, please try again in a moment.")
            try:
                self._queue.put_nowait(item)
            except queue.Full:
                raise Unavailable("Too many writes are waiting: nothing was saved, please try again.") from None
        if threading.current_thread() is threading.main_thread():
            self._left_over.set()
        elif self._turn.acquire(blocking=False):
            try:
                self._work_off_once(own=item)
            finally:
                self._turn.release()
            # Who found the turn taken until now relies on the thread.
            if not self._queue.empty():
                self._left_over.set()
        return item.answer.result()

    def _answered(self) -> bool:
        """Wait a second for the serving process; if it died meanwhile, the caller tries for the role again."""
        until = time.monotonic() + 1.0
        while self._role.requested():
            if time.monotonic() > until:
                return False
            time.sleep(IDLE_SECONDS / 25)
        return True

    def _run(self) -> None:
        while not (self._closed and self._queue.empty()):
            # What came while this thread had the turn found it taken, and is here.
            if self._queue.empty():
                self._left_over.wait(IDLE_SECONDS)
            self._left_over.clear()
            self._in_turn(self._work_off)
        self._in_turn(self._stop)

    def _in_turn(self, action: Callable[[], None]) -> None:
        with self._turn:
            action()

    # What follows needs the turn.

    def _work_off(self) -> None:
        """Keep the turn until nothing is waiting: the busier it is, the more is committed together."""
        self._look_after_the_log()
        while not self._queue.empty():
            self._work_off_once()
            self._look_after_the_log()

    def _work_off_once(self, own: _Unit | _Alone | None = None) -> None:
        """Do what is waiting now. A caller, whose item is its `own`, leaves what others want alone to the thread: that
        may take long.
        """
        items: list[_Unit | _Alone] = []
        with suppress(queue.Empty):
            while len(items) < BATCH_LIMIT:
                items.append(self._queue.get_nowait())
        self._writes = threading.get_ident()
        try:
            if units := [item for item in items if isinstance(item, _Unit)]:
                self._commit_together(units)
            for item in items:
                if isinstance(item, _Unit):
                    continue
                if own is None or item is own:
                    self._do_alone(item)
                else:
                    self._queue.put_nowait(item)
            if items and not self._checkpointing:
                self._look_after_the_log()
        finally:
            self._writes = None

    def _commit_together(self, units: Sequence[_Unit]) -> None:
        try:
            with self._writing() as connection, connection.begin():
                outcomes = [_attempt(connection, unit.work) for unit in units]
        except Exception as error:  # noqa: BLE001 every caller that waits for this commit gets it
            for unit in units:
                unit.answer.set_exception(dialect.refusal(error) or error)
            return
        self.commits += 1
        for unit, outcome in zip(units, outcomes, strict=True):
            _tell(unit.answer, outcome)

    def _do_alone(self, item: _Alone) -> None:
        try:
            with self._writing() as connection:
                outcome = _Outcome(value=item.action(connection))
        except Exception as error:  # noqa: BLE001 the caller gets it
            outcome = _Outcome(error=dialect.refusal(error) or error)
        _tell(item.answer, outcome)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """The connection, under the lock; after any failure the next write begins with a new one."""
        with self._lock.held(patience_seconds=LOCK_PATIENCE_SECONDS):
            try:
                if self._connection is None:
                    self._connection = self._engine.connect()
                yield self._connection
            except BaseException:
                self._disconnect()
                raise

    def _disconnect(self) -> None:
        connection, self._connection, self._checkpointing = self._connection, None, False
        if connection is not None:
            connection.close()

    def _clear(self, connection: Connection) -> _Cleared:
        if not self._role.take():
            self._role.ask()
            return _Cleared.ASKED_THE_SERVER
        try:
            if not dialect.truncate_wal(connection):
                return _Cleared.READERS_IN_THE_WAY
            self._role.answer()
            return _Cleared.DONE
        finally:
            self._role.done()

    def _leave_request(self, _connection: Connection) -> None:
        self._role.ask()

    def _look_after_the_log(self) -> None:
        """A serving process keeps the log short, and clears it when another process asks."""
        try:
            if not self._role.take_for_life():
                return
            if self._connection is not None and not self._checkpointing:
                dialect.checkpoint_after_commits(self._connection)
                self._checkpointing = True
            if self._role.requested():
                with self._writing() as connection:
                    self._clear(connection)
        except (AssistantError, DBAPIError, sqlite3.Error, OSError) as error:
            # Tried again after the next moment; said once.
            if not self._complained:
                _log.warning("The log of the database cannot be looked after: %s", type(error).__name__)
            self._complained = True
        else:
            self._complained = False

    def _stop(self) -> None:
        # The last connection to close checkpoints, so it closes under the lock too.
        try:
            with self._lock.held(patience_seconds=LOCK_PATIENCE_SECONDS):
                self._disconnect()
        except (AssistantError, DBAPIError, OSError) as error:
            _log.warning("The database was left without a last checkpoint: %s", type(error).__name__)
        self._role.close()
        self._engine.dispose()


def _attempt(connection: Connection, work: Callable[[Session], Any]) -> _Outcome:
    """Run one unit in a savepoint. Raises when the whole transaction is lost with it."""
    try:
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            value = work(session)
            session.commit()
    except Exception as error:
        if dialect.refusal(error) or dialect.lost_transaction(connection):
            raise
        return _Outcome(error=error)
    return _Outcome(value=value)


def _compact(work: Callable[[Session], None], connection: Connection) -> None:
    with dialect.changing_much(connection):
        with connection.begin():
            dialect.owe_rewrite(connection)
            with Session(connection, join_transaction_mode="create_savepoint") as session:
                work(session)
                session.commit()
        dialect.rewrite_if_owed(connection)


def _tell(answer: Future[Any], outcome: _Outcome) -> None:
    if outcome.error is None:
        answer.set_result(outcome.value)
    else:
        answer.set_exception(outcome.error)
