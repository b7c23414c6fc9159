"""Events as they are stored: taken in once by Slack's own id, claimed by one worker, blanked once they are handled.

A claim is a lease, as in the outbox: when its owner dies it lapses and any worker takes the event over.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from assistant.clock import Clock
from assistant.db.database import Database
from assistant.errors import Conflict
from assistant.reply import Write
from assistant.sealing.sealer import Sealer
from integrations.slack.models import NOTHING, StoredEvent, event_place

LEASE = timedelta(seconds=60)
WAITING, DONE, DEAD = "waiting", "done", "dead"
# Slack repeats an event for some minutes; what was handled is known for a day.
KEPT, MANY = timedelta(days=1), 5_000
_LANE = "slack.lane"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came from Slack. `id` is Slack's own for it, `lane` names what is dealt with in order."""

    kind: str
    id: str
    lane: str
    body: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """An event that this worker has. `key` is what everything that it causes is named by."""

    number: int
    key: str
    kind: str
    attempts: int
    received_at: datetime
    token: str
    body: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """What is said of it has this id in the outbox."""
        return f"slack-{self.key[:48]}"

    @property
    def turn_id(self) -> str:
        return f"slack:{self.key[:48]}"


class LeaseLost(Conflict):
    def __init__(self) -> None:
        super().__init__("Another worker has this event by now.")


class Inbox:
    def __init__(self, database: Database, sealer: Sealer, clock: Clock) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock

    def take_in(self, arrival: Arrival, beside: Sequence[Write] = ()) -> bool:
        """Store it, once, and write `beside` with it; False where it is known already. It is on disk on return."""
        if self.knows(arrival):
            return False

        def work(session: Session) -> bool:
            is_new = self.put(session, arrival)
            for write in beside if is_new else ():
                write(session)
            return is_new

        return self._database.write(work)

    def hand_over(self, session: Session, arrival: Arrival) -> None:
        """Store something of our own making, in the caller's transaction."""
        self.put(session, arrival)

    def knows(self, arrival: Arrival) -> bool:
        """Whether it was stored before."""
        with self._database.read() as session:
            return session.scalar(_known(_key(arrival))) is not None

    def put(self, session: Session, arrival: Arrival) -> bool:
        """What `take_in` does, in the caller's transaction."""
        key, now = _key(arrival), self._clock()
        if session.scalar(_known(key)) is not None:
            return False
        row = StoredEvent(
            key=key,
            lane=self._sealer.blind(arrival.lane, purpose=_LANE),
            kind=arrival.kind,
            sealed=self._sealer.seal(json.dumps(dict(arrival.body)), place=event_place(key)),
            state=WAITING,
            attempts=0,
            due_at=now,
            last_error="",
            received_at=now,
        )
        # Two processes may be handed the same event at once.
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:
            return False
        return True

    def anything_due(self) -> bool:
        with self._database.read() as session:
            return session.scalar(_due(self._clock()).limit(1)) is not None

    def claim(self) -> Held | None:
        """The oldest event that is due and first in its lane."""
        now, token = self._clock(), secrets.token_hex(16)

        def work(session: Session) -> StoredEvent | None:
            first = _due(now).order_by(StoredEvent.number).limit(1).with_for_update(skip_locked=True, of=StoredEvent)
            row: StoredEvent | None = session.scalar(first)
            if row is not None:
                row.due_at, row.lease_owner = now + LEASE, token
                session.flush()
            return row

        row = self._database.write(work)
        if row is None:
            return None
        body = json.loads(self._sealer.open(row.sealed, place=event_place(row.key)))
        return Held(row.number, row.key.hex(), row.kind, row.attempts, row.received_at, token, body)

    def finish(self, session: Session, held: Held, *, state: str = DONE, code: str = "") -> None:
        """Within the transaction of all that it caused; LeaseLost takes that back."""
        mine = (StoredEvent.number == held.number, StoredEvent.lease_owner == held.token, StoredEvent.state == WAITING)
        values = {"state": state, "sealed": NOTHING, "settled_at": self._clock(), "lease_owner": None}
        done = update(StoredEvent).where(*mine).values(**values, last_error=code[:48]).returning(StoredEvent.number)
        if session.scalar(done) is None:
            raise LeaseLost

    def postpone(self, held: Held, *, code: str, wait: timedelta) -> None:
        """Let it be tried again after a while."""
        mine = (StoredEvent.number == held.number, StoredEvent.lease_owner == held.token)
        values = {"due_at": self._clock() + wait, "lease_owner": None, "attempts": held.attempts + 1}
        again = update(StoredEvent).where(*mine).values(**values, last_error=code[:48])
        self._database.write(lambda session: session.execute(again))

    def sweep(self, now: datetime) -> None:
        """Delete what was handled long ago, many at once."""
        old = (StoredEvent.state != WAITING, StoredEvent.settled_at < now - KEPT)
        with self._database.read() as session:
            many = session.scalar(select(func.count()).where(*old)) or 0
        if many >= MANY:
            self._database.compact(lambda session: _delete(session, *old))


def _key(arrival: Arrival) -> bytes:
    return hashlib.sha256(f"{arrival.kind}\0{arrival.id}".encode(errors="surrogatepass")).digest()


def _known(key: bytes) -> Any:
    return select(StoredEvent.number).where(StoredEvent.key == key)


def _due(now: datetime) -> Any:
    earlier = aliased(StoredEvent)
    before = exists().where(
        earlier.lane == StoredEvent.lane, earlier.state == WAITING, earlier.number < StoredEvent.number
    )
    return select(StoredEvent).where(StoredEvent.state == WAITING, StoredEvent.due_at <= now, ~before)


def _delete(session: Session, *old: Any) -> None:
    session.execute(delete(StoredEvent).where(*old))
