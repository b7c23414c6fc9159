"""The ledger of erasures: for each erased conversation a mark and a time, nothing that leads back to a person.

It stands in a table, written with the erasure itself, and again in a file of the data folder: a database that is
restored from a backup brings its old table back, and the file remembers what the table forgot.
"""

import hashlib
import hmac
import logging
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.db.base import Base
from assistant.db.database import Database
from assistant.db.types import UTCDateTime
from assistant.sealing.secret import derive_key

FILE_NAME = "erasures.ledger"
_PURPOSE = "erasure ledger, HMAC-SHA256"
# Searched for rather than split: a line that a crash cut short must not spoil the next one.
_ENTRY = re.compile(r"\b([0-9a-f]{64}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n")

_log = logging.getLogger(__name__)


class StoredErasure(Base):
    __tablename__ = "erasures"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Ledger:
    def __init__(self, database: Database, secret: bytes) -> None:
        self._database = database
        self._file = database.folder / FILE_NAME
        self._key = derive_key(secret, _PURPOSE)

    def mark(self, digest: bytes) -> str:
        """What stands for a conversation here: a keyed hash, so that who holds an id cannot look it up."""
        return hmac.digest(self._key, digest, hashlib.sha256).hex()

    def enter(self, session: Session, digest: bytes, *, at: datetime) -> None:
        """Into the table, with the transaction that erases."""
        # A person may be erased again: what came since goes too.
        session.merge(StoredErasure(mark=self.mark(digest), erased_at=at))

    def enter_in_file(self, digest: bytes, *, at: datetime) -> None:
        """Into the file, durably, once the transaction is committed. What a full disk prevents, `reconcile` does."""
        try:
            _append(self._file, {self.mark(digest): at})
        except OSError as error:
            _log.warning("An erasure could not be noted in %s, the next start does it: %s", self._file, error.strerror)

    def reconcile(self) -> frozenset[str]:
        """Give the table what only the file knows and the file what only the table knows; all marks."""
        filed = _read(self._file)
        with self._database.read() as session:
            stored = {row.mark: row.erased_at for row in session.scalars(select(StoredErasure))}
        if missing := {mark: at for mark, at in filed.items() if mark not in stored}:
            self._database.write(
                lambda session: session.add_all(StoredErasure(mark=mark, erased_at=at) for mark, at in missing.items())
            )
        _append(self._file, {mark: at for mark, at in stored.items() if mark not in filed})
        return frozenset(filed) | frozenset(stored)


def _append(path: Path, entries: Mapping[str, datetime]) -> None:
    if not entries:
        return
    lines = "".join(f"{mark} {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n" for mark, at in entries.items())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # The first newline ends whatever a crash left unfinished.
        os.write(descriptor, f"\n{lines}".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> dict[str, datetime]:
    if not path.exists():
        return {}
    found = _ENTRY.finditer(path.read_text(encoding="ascii", errors="replace"))
    return {match[1]: datetime.fromisoformat(match[2]) for match in found}
