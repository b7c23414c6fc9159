"""Sends what the outbox holds, in threads of its own. Knows leases and pauses; how a thing is sent, transports know.

A thing is sent at least once: after a crash between sending and noting it, it goes out again under the same id.
"""

import logging
import random
import secrets
import threading
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from assistant.clock import Clock
from assistant.db.database import Database
from assistant.errors import AssistantError
from assistant.outbox.leases import Lease, Wanted, anything_due, claim, note_failure, note_sent, was_forgotten
from assistant.outbox.schedule import pause
from assistant.outbox.service import Outbox
from assistant.outbox.values import Delivery, Kind, Postponed, Recalling, Refused, Transport
from assistant.sealing.boxes import SealBroken

URGENT = 1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """`lanes` are the threads a kind of transport has; one of them is kept free for what is urgent (priority 0, 1),
    so that an alert never waits behind slow receivers.
    """

    lease_seconds: float = 30.0
    poll_seconds: float = 1.0
    lanes: int = 4


_USUAL = Pace()


class Dispatcher:
    """`owner` names this worker in the outbox. Without `start`, `run_once` sends in the thread that calls it."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        transports: Mapping[Kind, Transport],
        clock: Clock,
        owner: str,
        *,
        pace: Pace = _USUAL,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._transports = dict(transports)
        self._clock = clock
        self._owner = owner[:32]
        self._pace = pace
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._gate = threading.Lock()
        self._busy: Counter[Kind] = Counter()
        self._thread: threading.Thread | None = None
        self._pools: dict[Kind, ThreadPoolExecutor] = {}
        self._complained = False

    def add(self, kind: Kind, transport: Transport) -> None:
        """One transport more, that needs what is wired by now; before `start`."""
        self._transports[kind] = transport

    def start(self) -> None:
        """Begin to send in the background; once."""
        self._pools = {
            kind: ThreadPoolExecutor(self._pace.lanes, thread_name_prefix=f"send-{kind}") for kind in self._transports
        }
        self._thread = threading.Thread(target=self._look_out, name="outbox", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something was committed: look now. Returns at once, from any thread."""
        self._news.set()

    def run_once(self) -> int:
        """Try everything that is due, one after the other; how many attempts were made."""
        attempts = 0
        while leases := [lease for kind in self._transports for lease in self._claim(Wanted(kind, self._pace.lanes))]:
            for lease in leases:
                self._attempt(lease)
            attempts += len(leases)
        return attempts

    def close(self) -> None:
        """Finish what is being sent and stop; what is left waits for the next worker."""
        self._stopping.set()
        self._news.set()
        if self._thread is not None:
            self._thread.join()
        for pool in self._pools.values():
            pool.shutdown()

    def _look_out(self) -> None:
        while not self._stopping.is_set():
            self._news.wait(self._pace.poll_seconds)
            self._news.clear()
            try:
                self._hand_out()
            except Exception as error:  # noqa: BLE001 the edge of this thread: the next look tries again
                self._complain(error)
            else:
                self._complained = False

    def _hand_out(self) -> None:
        wanted = [want for kind in self._transports if (want := self._room(kind)) is not None]
        if not wanted or not self._due(wanted):
            return
        for want in wanted:
            for lease in self._claim(want):
                with self._gate:
                    self._busy[want.kind] += 1
                self._pools[want.kind].submit(self._work, lease)

    def _room(self, kind: Kind) -> Wanted | None:
        with self._gate:
            free = self._pace.lanes - self._busy[kind]
        if free <= 0 or self._stopping.is_set():
            return None
        return Wanted(kind, free - 1) if free > 1 else Wanted(kind, 1, priority=URGENT)

    def _due(self, wanted: list[Wanted]) -> bool:
        with self._database.look() as connection:
            return anything_due(connection, [want.kind for want in wanted], now=self._clock())

    def _claim(self, want: Wanted) -> tuple[Lease, ...]:
        # A token for each claim: a lapsed lease is lost to its owner even where that owner takes it again.
        token = f"{self._owner}-{secrets.token_hex(8)}"
        now, lease = self._clock(), timedelta(seconds=self._pace.lease_seconds)
        return self._database.write(lambda session: claim(session, want, token=token, now=now, lease=lease))

    def _work(self, lease: Lease) -> None:
        """One lane's share; a free lane may be what the next entry waits for."""
        try:
            self._attempt(lease)
        except Exception as error:  # noqa: BLE001 the edge of this thread: the lease lapses and the entry is tried again
            self._complain(error)
        finally:
            with self._gate:
                self._busy[lease.entry.kind] -= 1
            self._news.set()

    def _attempt(self, lease: Lease) -> None:
        entry = lease.entry
        transport = self._transports[entry.kind]
        try:
            message = self._outbox.unseal(number=lease.number, sealed=lease.sealed, entry=entry)
            delivery = Delivery(entry.id, entry.attempts + 1, entry.created_at, message)
            transport.send(delivery)
        except Postponed as failure:
            self._failed(lease, failure.code, asked=failure.seconds)
        except Refused as failure:
            self._dead(lease, failure.code)
        except SealBroken:
            self._dead(lease, "seal-broken")
        except Exception as error:  # noqa: BLE001 the edge of a transport: whatever went wrong in it may pass
            self._failed(lease, type(error).__name__, asked=None)
        else:
            now = self._clock()
            if not self._database.write(lambda session: note_sent(session, lease, now=now)):
                self._take_back(lease, transport, delivery)

    def _failed(self, lease: Lease, code: str, *, asked: float | None) -> None:
        # Chance only spreads attempts here; nothing rests on its being unguessable.
        wait = pause(lease.entry.purpose, failures=lease.entry.attempts + 1, asked=asked, random=random.random)
        if wait is None:
            self._dead(lease, code)
            return
        now = self._clock()
        self._database.write(lambda session: note_failure(session, lease, code=code, again_at=now + wait, now=now))

    def _dead(self, lease: Lease, code: str) -> None:
        now = self._clock()
        if self._database.write(lambda session: note_failure(session, lease, code=code, again_at=None, now=now)):
            _log.error(
                "The outbox gave up on %s (%s, %s): %s. See `privacy-assistant outbox list --state dead`.",
                lease.entry.id,
                lease.entry.kind.value,
                lease.entry.purpose,
                code,
            )

    def _take_back(self, lease: Lease, transport: Transport, delivery: Delivery) -> None:
        """The lease was lost while it was sent. Where its address was erased meanwhile, undo what can be undone."""
        if isinstance(transport, Recalling):
            with self._database.read() as session:
                forgotten = was_forgotten(session, lease)
            if forgotten:
                transport.recall(delivery)

    def _complain(self, error: Exception) -> None:
        """Once until it works again. A sentence of ours is safe to log; of any other error only its name."""
        if not self._complained:
            _log.error(
                "The outbox cannot work: %s", error if isinstance(error, AssistantError) else type(error).__name__
            )
        self._complained = True
