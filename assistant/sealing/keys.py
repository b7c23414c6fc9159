"""The data keys: random, kept wrapped in the database, made once and shared by every process. Knows no field.

Changing the secret wraps them anew and leaves what they sealed as it is; `rotation.py` changes the keys themselves.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.db.database import Database
from assistant.errors import Unavailable
from assistant.sealing.boxes import ID_BYTES, SealBroken, close_box, open_box
from assistant.sealing.models import KEPT, ROTATES, StoredDataKey
from assistant.sealing.secret import KEY_BYTES, derive_key
from assistant.settings import BadSetting

BLIND_INDEX, AUDIT = "blind-index", "audit"
_KEPT_KEYS = (BLIND_INDEX, AUDIT)
_WRAPPING = "data keys, AES-256-GCM"
# A wrapped key names no key: the secret that wraps it has no id.
_NO_ID = "0" * 2 * ID_BYTES


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys in use: `active` seals, every one of `ciphers` opens."""

    active: str
    ciphers: Mapping[str, AESGCM] = field(repr=False)


class _WrongSecret(BadSetting):
    def __init__(self) -> None:
        super().__init__(
            "SECRET_KEY",
            "is not the secret that this database was sealed with: set that one again, or name it in "
            "PRIVACY_ASSISTANT_PREVIOUS_SECRET_KEY to change to the new one.",
        )


class KeyCabinet:
    """Opens, makes and wraps the data keys of one database under one secret."""

    def __init__(self, database: Database, secret: bytes, clock: Clock, *, previous: bytes | None = None) -> None:
        self._database = database
        self._clock = clock
        self._wrapping = AESGCM(derive_key(secret, _WRAPPING))
        self._previous = None if previous is None else AESGCM(derive_key(previous, _WRAPPING))

    def prepare(self) -> None:
        """Make the keys that are missing and wrap those of the previous secret under the present one.

        Raises BadSetting when neither secret opens them: nothing is changed then.
        """
        with self._database.read() as session:
            rows = session.scalars(select(StoredDataKey)).all()
        if not {*_KEPT_KEYS} <= {row.id for row in rows} or all(row.purpose != ROTATES for row in rows):
            # Of two processes that start together one is refused by the unique name, and finds what the other made.
            with suppress(IntegrityError):
                self._database.write(self._make_missing)
        if any(not self._opens(row) for row in rows):
            self._database.write(self._wrap_anew)
            # The copies wrapped under the old secret must not outlive it in the log. A slow reader delays that only.
            with suppress(Unavailable):
                self._database.clear_traces()

    def ring(self) -> Ring:
        """The keys that seal and open at this moment; a retired one is not among them."""
        with self._database.read() as session:
            rows = session.scalars(in_use()).all()
        return Ring(rows[-1].id, {row.id: self.cipher(row) for row in rows})

    def every_cipher(self) -> dict[str, AESGCM]:
        """Retired keys too, for whoever seals anew."""
        with self._database.read() as session:
            rows = session.scalars(select(StoredDataKey).where(StoredDataKey.purpose == ROTATES)).all()
        return {row.id: self.cipher(row) for row in rows}

    def kept(self, name: str) -> bytes:
        """32 random bytes that stay the same for the life of the database, whatever becomes of the secret."""
        with self._database.read() as session:
            row = session.scalars(select(StoredDataKey).where(StoredDataKey.id == name)).one()
        return self._unwrap(row)

    def cipher(self, row: StoredDataKey) -> AESGCM:
        return AESGCM(self._unwrap(row))

    def add_key(self, session: Session) -> StoredDataKey:
        """A new key; it seals from the commit on, and in other processes from their next look."""
        return self._add(session, secrets.token_hex(ID_BYTES), ROTATES)

    def _make_missing(self, session: Session) -> None:
        present = {row.id: row.purpose for row in session.scalars(select(StoredDataKey))}
        for name in _KEPT_KEYS:
            if name not in present:
                self._add(session, name, KEPT)
        session.flush()
        if ROTATES not in present.values():
            self.add_key(session)

    def _add(self, session: Session, key_id: str, purpose: str) -> StoredDataKey:
        wrapped = close_box(self._wrapping, _NO_ID, secrets.token_bytes(KEY_BYTES), place=_place(key_id, purpose))
        row = StoredDataKey(id=key_id, purpose=purpose, wrapped=wrapped, created_at=self._clock(), retired_at=None)
        session.add(row)
        return row

    def _wrap_anew(self, session: Session) -> None:
        for row in session.scalars(select(StoredDataKey).with_for_update()):
            if not self._opens(row):
                place = _place(row.id, row.purpose)
                row.wrapped = close_box(self._wrapping, _NO_ID, self._unwrap_previous(row), place=place)

    def _opens(self, row: StoredDataKey) -> bool:
        with suppress(SealBroken):
            open_box(self._wrapping, row.wrapped, place=_place(row.id, row.purpose))
            return True
        return False

    def _unwrap(self, row: StoredDataKey) -> bytes:
        return open_box(self._wrapping, row.wrapped, place=_place(row.id, row.purpose))

    def _unwrap_previous(self, row: StoredDataKey) -> bytes:
        try:
            if self._previous is not None:
                return open_box(self._previous, row.wrapped, place=_place(row.id, row.purpose))
        except SealBroken as error:
            raise _WrongSecret from error
        raise _WrongSecret


def in_use() -> Select[StoredDataKey]:
    """The keys that seal or still open, the one that seals last."""
    rotating = select(StoredDataKey).where(StoredDataKey.purpose == ROTATES, StoredDataKey.retired_at.is_(None))
    return rotating.order_by(StoredDataKey.number)


def _place(key_id: str, purpose: str) -> str:
    return f"data_keys.wrapped:{purpose}:{key_id}"
