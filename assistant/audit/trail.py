"""The audit trail: who did what to which subject, chained so that nothing can be changed, taken out or cut off unseen.

Knows no ticket and no door. A subject is a public reference or a digest, never an address: it outlives an erasure.
"""

import json
import logging
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RootTransaction, RowMapping, Update, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.audit.chain import NO_PREDECESSOR, Chain, Link, canonical, commitment_to
from assistant.audit.models import DIGEST_BYTES
from assistant.audit.statements import (
    ADD_ENTRY,
    ADD_HEAD,
    BEFORE,
    BLANK,
    ENTRIES,
    ENTRY_HASH,
    EXPIRED,
    FOLLOW,
    FORGOTTEN,
    HAS_DETAIL,
    HEAD_NUMBER,
    LAST_NUMBER,
    LOCK_HEAD,
    MOVE_HEAD,
    READ_HEAD,
)
from assistant.audit.verifying import Progress, Reading, Verification
from assistant.audit.witness import Seen, Witness
from assistant.clock import Clock
from assistant.db.database import Database
from assistant.sealing.keys import AUDIT, KeyCabinet

_OF_SUBJECT = select(ENTRIES).where(ENTRIES.c.subject == bindparam("subject")).order_by(ENTRIES.c.number)

# When, who, what, of whom, and what the detail is bound by: the rest of a link, which its place in the chain precedes.
_Told = tuple[datetime, str, str, str, bytes]
_RECORDED = "audit.recorded"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """`detail` is None where none was given and where it was forgotten."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any] | None
    forgotten: bool


@dataclass(frozen=True, slots=True)
class _Recorded:
    """The newest entry of a transaction, which nobody else can have followed: it holds the head."""

    transaction: RootTransaction | None
    number: int
    last_hash: bytes


class AuditTrail:
    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._chain = Chain(key)
        self._witness = Witness(database.folder, self._chain)

    def record(
        self,
        session: Session,
        *,
        actor: str,
        action: str,
        subject: str,
        detail: Mapping[str, Any] | None = None,
        at: datetime,
    ) -> None:
        """Add one entry in the caller's transaction.

        Call it after the transaction's other work: on PostgreSQL it holds the head until the commit. `actor` is
        "visitor", "assistant", "console", "system" or "key:NAME".
        """
        if "@" in subject and not subject.startswith("key:"):
            raise ValueError("The subject of an audit entry is an address: give a reference or a digest.")
        salt, text = secrets.token_bytes(DIGEST_BYTES), canonical(detail)
        commitment = commitment_to(text, salt=salt)
        connection = session.connection()
        link, entry_hash = self._appended(connection, (at, actor, action, subject, commitment))
        entry = {name: getattr(link, name) for name in Link.__slots__}
        connection.execute(ADD_ENTRY, {**entry, "salt": salt, "detail": text, "hash": entry_hash})

    def forget(self, session: Session, subject: str, *, at: datetime, actor: str = "system") -> int:
        """Blank the details of every entry of a subject and record that; how many. The chain stays whole."""
        forgotten = _blanked(session, ENTRIES.c.subject == subject)
        if forgotten:
            self.record(session, actor=actor, action=FORGOTTEN, subject=subject, detail={"entries": forgotten}, at=at)
        return forgotten

    def forget_before(self, session: Session, before: datetime, *, at: datetime, actor: str = "system") -> int:
        """Blank the details of every entry older than `before` and record that; how many."""
        forgotten = _blanked(session, ENTRIES.c.at < before)
        if forgotten:
            subject = f"{BEFORE}{before.astimezone(UTC).isoformat()}"
            self.record(session, actor=actor, action=EXPIRED, subject=subject, detail={"entries": forgotten}, at=at)
        return forgotten

    def entries(self, subject: str) -> tuple[Entry, ...]:
        """What is recorded of a subject, oldest first."""
        with self._database.read() as session:
            rows = session.execute(_OF_SUBJECT, {"subject": subject}).mappings().all()
        return tuple(_entry(row) for row in rows)

    def verify(self, progress: Progress | None = None, *, accept: bool = False) -> Verification:
        """Read the whole trail, beside whoever writes, and compare it with the note of how far it had come.

        A trail that is whole is noted. `accept` makes no comparison: for after a backup was restored on purpose.
        """
        seen = None if accept else self._witness.seen()
        found = Reading(self._database, self._chain, seen, progress or _silent).verify()
        if not accept and self._witness.is_damaged():
            return replace(found, problems=(*found.problems, "The note beside the database was altered."))
        if not found.problems:
            self._witness.note(Seen(found.entries, found.last_hash))
        return found

    def note_end(self) -> None:
        """Note how far the trail has come, cheaply: for once a minute. What does not fit stays for `verify` to find."""
        seen = self._witness.seen()
        with self._database.read() as session:
            head = session.execute(READ_HEAD).first()
            noted = None if seen is None else session.scalar(ENTRY_HASH, {"number": seen.entries})
        if head is None or head.mac != self._chain.head_mac(head.entries, head.last_hash):
            return
        grown = head.entries > 0 if seen is None else head.entries > seen.entries and noted == seen.last_hash
        if grown and not self._witness.is_damaged():
            try:
                self._witness.note(Seen(head.entries, bytes(head.last_hash)))
            except OSError as error:
                _log.warning("How far the audit trail has come could not be noted: %s", error.strerror)

    def begin(self) -> None:
        """Give an empty trail its head; a head that is missing later is a finding, and is left to that."""
        with self._database.read() as session:
            begun = session.execute(READ_HEAD).first() or session.scalar(LAST_NUMBER)
        if not begun:
            # Another process may have begun it at the same moment.
            with suppress(IntegrityError):
                self._database.write(self._begin)

    def _begin(self, session: Session) -> None:
        genesis = self._chain.genesis()
        _add_head(session.connection(), 0, genesis, self._chain.head_mac(0, genesis))

    def _appended(self, connection: Connection, told: _Told) -> tuple[Link, bytes]:
        """The next link and its hash, once the head names it."""
        before: _Recorded | None = connection.info.get(_RECORDED)
        if before is not None and before.transaction is connection.get_transaction():
            link = Link(before.last_hash, before.number + 1, *told)
            # Where a savepoint took that entry back, the head has another hash, and is read again.
            if entry_hash := self._moved(connection, FOLLOW, link):
                return link, entry_hash
        last, previous = self._tip(connection)
        link = Link(previous, last + 1, *told)
        entry_hash = self._moved(connection, MOVE_HEAD, link)
        return link, entry_hash

    def _moved(self, connection: Connection, statement: Update, link: Link) -> bytes:
        """The hash of the entry, which the head names from now on; empty where the statement found another head."""
        entry_hash = self._chain.hash_of(link)
        mac = self._chain.head_mac(link.number, entry_hash)
        head = {"new_count": link.number, "new_hash": entry_hash, "new_mac": mac}
        if statement is FOLLOW:
            head["old_hash"] = link.previous
        if connection.execute(statement, head).rowcount != 1:
            return b""
        connection.info[_RECORDED] = _Recorded(connection.get_transaction(), link.number, entry_hash)
        return entry_hash

    def _tip(self, connection: Connection) -> tuple[int, bytes]:
        """The last number and hash, and no hash where head and entries disagree: `verify` then shows the break.

        What is to be recorded now must not be lost because somebody damaged what was recorded before.
        """
        head = connection.execute(LOCK_HEAD).first()
        # A statement of its own, after the lock: it must see what the last holder of the lock wrote.
        last = connection.scalar(LAST_NUMBER) or 0
        if head is None:
            _add_head(connection, last, NO_PREDECESSOR, b"")
        elif head.entries == last and head.mac == self._chain.head_mac(last, head.last_hash):
            return last, bytes(head.last_hash)
        _log.error("The audit trail does not fit its head: run `privacy-assistant audit verify`.")
        return last, NO_PREDECESSOR


def open_trail(database: Database, secret: bytes, clock: Clock, *, previous: bytes | None = None) -> AuditTrail:
    """The trail of a database; makes its key the first time. The key outlives a change of the secret."""
    cabinet = KeyCabinet(database, secret, clock, previous=previous)
    cabinet.prepare()
    trail = AuditTrail(database, cabinet.kept(AUDIT))
    trail.begin()
    return trail


def _add_head(connection: Connection, count: int, last_hash: bytes, mac: bytes) -> None:
    connection.execute(ADD_HEAD, {"number": HEAD_NUMBER, "entries": count, "last_hash": last_hash, "mac": mac})


def _blanked(session: Session, meant: ColumnElement[bool]) -> int:
    numbers = session.scalars(BLANK.where(HAS_DETAIL, meant).returning(ENTRIES.c.number)).all()
    return len(numbers)


def _entry(row: RowMapping) -> Entry:
    forgotten = not row["salt"]
    detail = None if forgotten else json.loads(row["detail"])
    return Entry(row["number"], row["at"], row["actor"], row["action"], row["subject"], detail, forgotten)


def _silent(_read: int, _total: int) -> None:
    """Shows nothing."""
