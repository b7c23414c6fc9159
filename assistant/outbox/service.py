"""What must be sent, written in the transaction of what caused it. Sends nothing and knows no transport."""

import json
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, desc, func, insert, or_, select, update
from sqlalchemy.orm import Session

from assistant.clock import Clock, utc_now
from assistant.db.database import Database
from assistant.errors import Conflict, Invalid, NotFound
from assistant.outbox.models import CONTENTS, ENTRIES, NOTHING, StoredContent, StoredEntry, place_of
from assistant.outbox.values import Entry, Kind, Message, State, mailbox
from assistant.sealing.sealer import Sealer

MOST_ENTRIES = 1000
# How long a dead letter stays replayable. A code is worth nothing soon after it was asked for.
KEEP_DEAD_CODES, KEEP_DEAD = timedelta(days=1), timedelta(days=90)
# How long it shows that something was sent, and how many such rows are worth writing the file anew.
KEEP_SETTLED, MANY = timedelta(days=90), 10_000
CODE = "code"
FORGOTTEN = "forgotten"
# It becomes a Message-ID, a file name and a webhook's id; a full stop would be ambiguous in what a webhook signs.
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BLIND = "outbox.to"
_PER_UPDATE = 500
_ADD_ENTRY = insert(ENTRIES).returning(ENTRIES.c.number)
_ADD_CONTENT = insert(CONTENTS)
_NUMBERS = select(ENTRIES.c.number).with_for_update()
_WAITING = _NUMBERS.where(
    ENTRIES.c.state == State.WAITING.value,
    ENTRIES.c.reference == bindparam("of"),
    ENTRIES.c.purpose.in_(bindparam("purposes", expanding=True)),
)
_BLANK = (
    update(CONTENTS)
    .where(CONTENTS.c.entry_number.in_(bindparam("numbers", expanding=True)))
    .values(sealed=NOTHING, to_blind=NOTHING)
)


class EntryNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such entry in the outbox: `privacy-assistant outbox list` shows them.")


class NotDead(Conflict):
    def __init__(self, state: str) -> None:
        super().__init__(f"This entry is {state}: only a dead one can be replayed.")


class Outbox:
    def __init__(self, database: Database, sealer: Sealer, clock: Clock = utc_now) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock

    def put(self, session: Session, message: Message, *, at: datetime, id: str | None = None) -> str:  # noqa: A002 the field's own word
        """Queue the message in the caller's transaction and return its id, the same at every attempt to send it.

        An `id` that is there already is returned and nothing is queued. Invalid for one of other signs than
        letters, digits, `-` and `_`, or longer than 64.
        """
        name = id or secrets.token_hex(16)
        if not _ID.fullmatch(name):
            raise Invalid("An id of the outbox has 1 to 64 letters, digits, hyphens and underscores.")
        if id is not None and session.scalar(select(StoredEntry.number).where(StoredEntry.id == id)) is not None:
            return name
        connection = session.connection()
        number = connection.execute(_ADD_ENTRY, _row(name, message, at)).scalar_one()
        content = {
            "entry_number": number,
            "sealed": self._sealer.seal(_packed(message), place=place_of(number)),
            "to_blind": self._blind(message.to),
        }
        connection.execute(_ADD_CONTENT, content)
        return name

    def drop_waiting(self, session: Session, *, reference: str, purposes: Collection[str]) -> int:
        """Take back and blank what waits for this ticket and these purposes; how many there were.

        What is being sent at this moment counts as taken back, and may have left.
        """
        waiting = session.connection().scalars(_WAITING, {"of": reference, "purposes": list(purposes)}).all()
        return self._drop(session, waiting, why="taken-back")

    def forget(self, session: Session, *, to: str) -> int:
        """Take back and blank everything that is still kept for this address, dead letters too; how many."""
        addressed = select(StoredContent.entry_number).where(StoredContent.to_blind == self._blind(to))
        kept = and_(ENTRIES.c.state.in_((State.WAITING.value, State.DEAD.value)), ENTRIES.c.number.in_(addressed))
        return self._drop(session, session.scalars(_NUMBERS.where(kept)).all(), why=FORGOTTEN)

    def purge(self, session: Session, *, now: datetime) -> int:
        """Blank dead letters that nobody replayed: codes after a day, everything else after 90; how many."""
        code_too_old = and_(ENTRIES.c.purpose == CODE, ENTRIES.c.settled_at < now - KEEP_DEAD_CODES)
        too_old = or_(ENTRIES.c.settled_at < now - KEEP_DEAD, code_too_old)
        dead = _NUMBERS.where(ENTRIES.c.state == State.DEAD.value, too_old)
        return self._drop(session, session.scalars(dead).all(), why="too-old")

    def worth_sweeping(self, session: Session, *, now: datetime) -> bool:
        return (session.scalar(select(func.count()).select_from(_long_settled(now).subquery())) or 0) >= MANY

    def sweep(self, session: Session, *, now: datetime) -> None:
        """Delete what was sent or dropped more than 90 days ago. Only inside `Database.compact`: rows move."""
        old = _long_settled(now)
        session.execute(delete(CONTENTS).where(CONTENTS.c.entry_number.in_(old)))
        session.execute(delete(ENTRIES).where(ENTRIES.c.number.in_(old)))

    def entries(
        self, state: State | None = None, *, limit: int = 100, reference: str | None = None
    ) -> tuple[Entry, ...]:
        """The newest entries first, at most 1,000."""
        query = select(StoredEntry).order_by(desc(StoredEntry.number)).limit(min(limit, MOST_ENTRIES))
        if state is not None:
            query = query.where(StoredEntry.state == state.value)
        if reference is not None:
            query = query.where(StoredEntry.reference == reference)
        with self._database.read() as session:
            return tuple(entry_of(row) for row in session.scalars(query))

    def replay(self, id: str) -> None:  # noqa: A002 the field's own word
        """Let a dead entry be tried again from the start, at once; EntryNotFound or NotDead."""
        now = self._clock()

        def work(session: Session) -> None:
            state = session.scalar(select(StoredEntry.state).where(StoredEntry.id == id).with_for_update())
            if state is None:
                raise EntryNotFound
            if state != State.DEAD.value:
                raise NotDead(state)
            session.execute(update(StoredEntry).where(StoredEntry.id == id).values(_revived(now)))

        self._database.write(work)

    def replay_all(self) -> int:
        """Let every dead entry be tried again; how many there were."""
        now = self._clock()

        def work(session: Session) -> int:
            dead = select(StoredEntry.number).where(StoredEntry.state == State.DEAD.value)
            numbers = session.scalars(dead.with_for_update(skip_locked=True)).all()
            for start in range(0, len(numbers), _PER_UPDATE):
                some = StoredEntry.number.in_(numbers[start : start + _PER_UPDATE])
                session.execute(update(StoredEntry).where(some).values(_revived(now)))
            return len(numbers)

        return self._database.write(work)

    def unseal(self, *, number: int, sealed: bytes, entry: Entry) -> Message:
        """What an entry says, for whoever is about to send it; SealBroken when it is not what was put here."""
        packed = json.loads(self._sealer.open(sealed, place=place_of(number)))
        return Message(
            kind=entry.kind,
            to=packed["to"],
            subject=packed["subject"],
            body=packed["body"],
            purpose=entry.purpose,
            reference=entry.reference,
            priority=entry.priority,
            data=packed["data"],
        )

    def _drop(self, session: Session, numbers: Sequence[int], *, why: str) -> int:
        dropped = {
            "state": State.DROPPED.value,
            "lease_owner": None,
            "settled_at": self._clock(),
            "last_error": why,
        }
        for start in range(0, len(numbers), _PER_UPDATE):
            some = numbers[start : start + _PER_UPDATE]
            session.execute(update(ENTRIES).where(ENTRIES.c.number.in_(some)).values(dropped))
            blank(session, some)
        return len(numbers)

    def _blind(self, to: str) -> bytes:
        return self._sealer.blind(mailbox(to), purpose=_BLIND)


def blank(session: Session, numbers: Collection[int]) -> None:
    """Empty the content of these entries in place."""
    session.connection().execute(_BLANK, {"numbers": list(numbers)})


def entry_of(row: StoredEntry | Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        kind=Kind(row.kind),
        purpose=row.purpose,
        reference=row.reference,
        priority=row.priority,
        state=State(row.state),
        attempts=row.attempts,
        due_at=row.due_at,
        last_error=row.last_error,
        created_at=row.created_at,
        settled_at=row.settled_at,
    )


def _long_settled(now: datetime) -> Select[tuple[int]]:
    settled = ENTRIES.c.state.in_((State.SENT.value, State.DROPPED.value))
    return select(ENTRIES.c.number).where(settled, ENTRIES.c.settled_at < now - KEEP_SETTLED)


def _row(name: str, message: Message, at: datetime) -> Mapping[str, object]:
    return {
        "id": name,
        "kind": message.kind.value,
        "purpose": message.purpose,
        "reference": message.reference,
        "priority": message.priority,
        "state": State.WAITING.value,
        "attempts": 0,
        "due_at": at,
        "lease_owner": None,
        "last_error": "",
        "created_at": at,
        "settled_at": None,
    }


def _revived(now: datetime) -> Mapping[str, object]:
    return {"state": State.WAITING.value, "attempts": 0, "due_at": now, "settled_at": None}


def _packed(message: Message) -> str:
    data = None if message.data is None else dict(message.data)
    return json.dumps({"to": message.to, "subject": message.subject, "body": message.body, "data": data})
