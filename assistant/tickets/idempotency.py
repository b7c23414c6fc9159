"""Calls of the desk that take effect once: the first answer to a key is kept, sealed, and given again.

Follows draft-ietf-httpapi-idempotency-key-header-07.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.db.base import Base
from assistant.db.database import Database
from assistant.db.engine import writes_alone
from assistant.errors import AssistantError, Invalid
from assistant.sealing.sealer import Sealer
from assistant.tickets.models import StoredCall, call_place

# The draft asks for the time to be published: longer than the seven days of a request that awaits its proof.
KEPT_FOR = timedelta(days=14)
LONGEST_KEY = 255
_CHUNK = 1000
# Visible ASCII, but for the quotation mark and the backslash, which a structured field escapes.
# Written once: every call of the desk waits for them.
_CALLS = Base.metadata.tables[StoredCall.__tablename__]
_KNOWN = select(_CALLS.c.fingerprint, _CALLS.c.answer).where(_CALLS.c.digest == bindparam("of"))
_ADD = insert(_CALLS)
_ANSWER = update(_CALLS).where(_CALLS.c.digest == bindparam("of")).values(answer=bindparam("sealed"))
_KEY = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,255}")


class KeyMissing(AssistantError):
    """A door answers 400."""

    def __init__(self) -> None:
        super().__init__(
            f"This call needs an Idempotency-Key of 1 to {LONGEST_KEY} visible characters, such as a UUID."
        )


class KeyReused(Invalid):
    """A door answers 422."""

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for another call: send a new call under a new key.")


@dataclass(frozen=True, slots=True)
class Call:
    """Whose call of which route under which key, and what it says. A key counts for one client and route."""

    client: str
    route: str
    key: str = field(repr=False)
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    answer: str = field(repr=False)
    replayed: bool


class IdempotencyStore:
    def __init__(self, database: Database, sealer: Sealer, clock: Clock) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock

    def run(self, call: Call, work: Callable[[Session], str]) -> Answered:
        """Do the work and keep its answer in one transaction, or return the answer that was kept.

        A repeat that comes while the first is at work waits for it. KeyReused for another payload; work that raises
        keeps nothing, so the same call may be made again.
        """
        try:
            return self._database.write(lambda session: self._run(session, call, work))
        except IntegrityError:
            # On PostgreSQL another process committed this key first: its answer is there now.
            return self._database.write(lambda session: self._run(session, call, work))

    def purge(self, now: datetime) -> int:
        """Forget calls that are older than two weeks, up to a thousand; how many."""
        with self._database.read() as session:
            old = select(StoredCall.number).where(StoredCall.at < now - KEPT_FOR)
            numbers = session.scalars(old.order_by(StoredCall.at).limit(_CHUNK)).all()
        if numbers:
            meant = delete(StoredCall).where(StoredCall.number.in_(numbers))
            self._database.write(lambda session: session.execute(meant))
        return len(numbers)

    def _run(self, session: Session, call: Call, work: Callable[[Session], str]) -> Answered:
        digest, fingerprint = _digest(call), hashlib.sha256(call.payload).digest()
        connection = session.connection()
        known = connection.execute(_KNOWN, {"of": digest}).one_or_none()
        if known is not None:
            if known.fingerprint != fingerprint:
                raise KeyReused
            return Answered(self._sealer.open(known.answer, place=call_place(digest)), replayed=True)
        row = {"digest": digest, "fingerprint": fingerprint, "answer": b"", "at": self._clock()}
        # The key first, where others write too: this waits for who has it, before any work is done twice.
        shared = not writes_alone(connection)
        if shared:
            connection.execute(_ADD, row)
        answer = work(session)
        sealed = self._sealer.seal(answer, place=call_place(digest))
        if shared:
            connection.execute(_ANSWER, {"of": digest, "sealed": sealed})
        else:
            connection.execute(_ADD, {**row, "answer": sealed})
        return Answered(answer, replayed=False)


def key_of(header: str | None) -> str:
    """The key in an Idempotency-Key header, quoted as a structured field or bare; KeyMissing for none or a bad one."""
    text = (header or "").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    if not _KEY.fullmatch(text):
        raise KeyMissing
    return text


def _digest(call: Call) -> bytes:
    # A JSON list: no two calls are written alike.
    return hashlib.sha256(json.dumps([call.client, call.route, call.key]).encode()).digest()
