"""Who may send an entry now: claims, and what is noted after an attempt. One short transaction each, no network.

A claim is a lease. When its owner dies it lapses and any worker takes the entry over; the token of the claim then
keeps a late owner from noting anything.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, exists, select, update
from sqlalchemy.orm import Session

from assistant.outbox.models import CONTENTS, ENTRIES
from assistant.outbox.service import FORGOTTEN, blank, entry_of
from assistant.outbox.values import Entry, Kind, State


@dataclass(frozen=True, slots=True)
class Lease:
    entry: Entry
    number: int
    token: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a worker has room for: entries of this kind, only the urgent ones where `priority` says so."""

    kind: Kind
    limit: int
    priority: int | None = None


_DUE = and_(ENTRIES.c.state == State.WAITING.value, ENTRIES.c.due_at <= bindparam("now"))
_ANY_DUE = select(exists().where(_DUE, ENTRIES.c.kind.in_(bindparam("kinds", expanding=True))))
# The most urgent and then the oldest first. Where rows can be locked, those that another worker is taking are left out.
_NEXT = (
    select(ENTRIES.c.number)
    .where(_DUE, ENTRIES.c.kind == bindparam("kind"), ENTRIES.c.priority <= bindparam("priority"))
    .order_by(ENTRIES.c.priority, ENTRIES.c.number)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_TAKE = (
    update(ENTRIES)
    .where(ENTRIES.c.number.in_(bindparam("numbers", expanding=True)))
    .values(due_at=bindparam("until"), lease_owner=bindparam("token"))
)
_READ = (
    select(ENTRIES, CONTENTS.c.sealed)
    .join(CONTENTS, CONTENTS.c.entry_number == ENTRIES.c.number)
    .where(ENTRIES.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(ENTRIES.c.priority, ENTRIES.c.number)
)
_NOTE = (
    update(ENTRIES)
    .where(
        ENTRIES.c.number == bindparam("which"),
        ENTRIES.c.lease_owner == bindparam("token"),
        ENTRIES.c.state == State.WAITING.value,
    )
    .values(
        state=bindparam("becomes"),
        attempts=bindparam("made"),
        last_error=bindparam("code"),
        due_at=bindparam("due"),
        settled_at=bindparam("settled"),
        lease_owner=None,
    )
    .returning(ENTRIES.c.number)
)
_WHY = select(ENTRIES.c.last_error).where(
    ENTRIES.c.state == State.DROPPED.value, ENTRIES.c.number == bindparam("which")
)
_ANY_PRIORITY = 1_000_000


def anything_due(connection: Connection, kinds: Collection[Kind], *, now: datetime) -> bool:
    return bool(connection.scalar(_ANY_DUE, {"now": now, "kinds": [kind.value for kind in kinds]}))


def claim(session: Session, wanted: Wanted, *, token: str, now: datetime, lease: timedelta) -> tuple[Lease, ...]:
    """Take what is due; nobody else gets it until the lease lapses."""
    urgent = _ANY_PRIORITY if wanted.priority is None else wanted.priority
    asked = {"now": now, "kind": wanted.kind.value, "priority": urgent, "most": wanted.limit}
    connection = session.connection()
    numbers = connection.scalars(_NEXT, asked).all()
    if not numbers:
        return ()
    connection.execute(_TAKE, {"numbers": numbers, "until": now + lease, "token": token})
    rows = connection.execute(_READ, {"numbers": numbers}).all()
    return tuple(Lease(entry_of(row), row.number, token, row.sealed) for row in rows)


def note_sent(session: Session, lease: Lease, *, now: datetime) -> bool:
    """Mark as sent and blank the content; False when the lease was lost meanwhile, and nothing is changed."""
    noted = _note(session, lease, State.SENT, made=lease.entry.attempts, code="", due=now, settled=now)
    if noted:
        blank(session, [lease.number])
    return noted


def note_failure(session: Session, lease: Lease, *, code: str, again_at: datetime | None, now: datetime) -> bool:
    """Count a failed attempt; without `again_at` the entry is dead. False as with `note_sent`."""
    made = lease.entry.attempts + 1
    if again_at is None:
        return _note(session, lease, State.DEAD, made=made, code=code, due=now, settled=now)
    return _note(session, lease, State.WAITING, made=made, code=code, due=again_at, settled=None)


def was_forgotten(session: Session, lease: Lease) -> bool:
    """Whether the entry was dropped with its address; one that was only taken back may have left."""
    return session.scalar(_WHY, {"which": lease.number}) == FORGOTTEN


def _note(
    session: Session, lease: Lease, becomes: State, *, made: int, code: str, due: datetime, settled: datetime | None
) -> bool:
    values = {"becomes": becomes.value, "made": made, "code": code, "due": due, "settled": settled}
    return session.connection().scalar(_NOTE, {"which": lease.number, "token": lease.token, **values}) is not None
