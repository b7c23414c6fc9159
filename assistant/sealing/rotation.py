"""Changes the data keys: a new one, every sealed field anew under it, then the old ones retired.

Can be cut short anywhere and run again. Knows the rooms' columns only as data.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, LargeBinary, RowMapping, Table, and_, func, select, update
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.db.base import Base
from assistant.db.database import Database
from assistant.sealing.boxes import HEADER_BYTES, SealBroken, close_box, header_of, key_id_of, open_box
from assistant.sealing.columns import SealedColumn
from assistant.sealing.keys import BLIND_INDEX, KeyCabinet, in_use
from assistant.sealing.models import StoredDataKey

CHUNK = 200
# Until every process has seen the new key, and what it sealed before is written or given up.
GRACE = timedelta(seconds=60)
_STEP_SECONDS = 1.0

# Told what is being done, in a few words.
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Rotated:
    """`unreadable` has a sentence for each column with fields that no key opens; a key that they name stays in use."""

    resealed: int
    retired: int
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rotation:
    database: Database
    cabinet: KeyCabinet
    columns: Sequence[SealedColumn]
    clock: Clock
    progress: Progress
    grace: timedelta = GRACE
    sleep: Callable[[float], None] = time.sleep

    def run(self) -> Rotated:
        """Rotate to the end; where an earlier run was cut short, go on with its key."""
        new = self.database.write(self._begin)
        first, _ = self._seal_all_anew(new.id)
        self._wait_for_the_others(new)
        # What another process still sealed under an old key while we were waiting.
        late, unreadable = self._seal_all_anew(new.id)
        retired = self.database.write(lambda session: self._retire(session, new.id))
        self.database.clear_traces()
        return Rotated(first + late, retired, unreadable)

    def _begin(self, session: Session) -> StoredDataKey:
        # Any row that is never deleted will do as a lock: two rotations at once would make two keys.
        session.execute(select(StoredDataKey.number).where(StoredDataKey.id == BLIND_INDEX).with_for_update())
        keys = session.scalars(in_use()).all()
        new = keys[-1] if len(keys) > 1 else self.cabinet.add_key(session)
        session.flush()
        return new

    def _wait_for_the_others(self, new: StoredDataKey) -> None:
        while (left := new.created_at + self.grace - self.clock()) > timedelta():
            self.progress(f"waiting {left.seconds + 1} s for what is being written under the old key")
            self.sleep(min(_STEP_SECONDS, left.total_seconds()))

    def _seal_all_anew(self, key_id: str) -> tuple[int, tuple[str, ...]]:
        ciphers = self.cabinet.every_cipher()
        resealed, unreadable = 0, []
        for column in self.columns:
            work = _ColumnWork(self.database, column, ciphers, key_id)
            for done in work.chunks():
                self.progress(f"{column.table}.{column.column}: {done} sealed anew")
            resealed += work.resealed
            if work.unreadable:
                unreadable.append(
                    f"{work.unreadable} fields of {column.table}.{column.column} cannot be opened: "
                    "restore them from a backup or empty them, then rotate again."
                )
        return resealed, tuple(unreadable)

    def _retire(self, session: Session, key_id: str) -> int:
        retired = 0
        for old in session.scalars(in_use().with_for_update()):
            if old.id != key_id and not any(_uses(session, column, old.id) for column in self.columns):
                old.retired_at = self.clock()
                retired += 1
        return retired


class _ColumnWork:
    """One column, a chunk of rows at a time, each chunk in a transaction of its own."""

    def __init__(self, database: Database, column: SealedColumn, ciphers: Mapping[str, AESGCM], key_id: str) -> None:
        self._database = database
        self._column = column
        self._ciphers = ciphers
        self._key_id = key_id
        self._table, self._field = _in_metadata(column)
        (self._row_key,) = self._table.primary_key.columns
        self._after: Any = None
        self.resealed = 0
        self.unreadable = 0

    def chunks(self) -> Iterator[int]:
        """Work through the column; after each chunk, how many fields are sealed anew."""
        while self._database.write(self._seal_chunk):
            yield self.resealed

    def _seal_chunk(self, session: Session) -> bool:
        old = select(self._table).where(_is_filled(self._field), _header(self._field) != header_of(self._key_id))
        rest = old if self._after is None else old.where(self._row_key > self._after)
        rows = session.execute(rest.order_by(self._row_key).limit(CHUNK).with_for_update()).mappings().all()
        for row in rows:
            self._seal_anew(session, row)
            self._after = row[self._row_key.name]
        return bool(rows)

    def _seal_anew(self, session: Session, row: RowMapping) -> None:
        place, sealed = self._column.place_of(dict(row)), row[self._column.column]
        try:
            plain = _opened(sealed, self._ciphers, place=place)
        except SealBroken:
            self.unreadable += 1
            return
        anew = close_box(self._ciphers[self._key_id], self._key_id, plain, place=place)
        this_row = self._row_key == row[self._row_key.name]
        session.execute(update(self._table).where(this_row).values({self._column.column: anew}))
        self.resealed += 1


def _opened(sealed: bytes, ciphers: Mapping[str, AESGCM], *, place: str) -> bytes:
    cipher = ciphers.get(key_id_of(sealed))
    if cipher is None:
        raise SealBroken
    return open_box(cipher, sealed, place=place)


def _uses(session: Session, column: SealedColumn, key_id: str) -> bool:
    table, field = _in_metadata(column)
    using = select(1).select_from(table).where(_is_filled(field), _header(field) == header_of(key_id)).limit(1)
    return session.scalar(using) is not None


def _in_metadata(column: SealedColumn) -> tuple[Table, ColumnElement[bytes]]:
    table = Base.metadata.tables[column.table]
    return table, table.c[column.column]


def _is_filled(field: ColumnElement[bytes]) -> ColumnElement[bool]:
    return and_(field.is_not(None), field != b"")


def _header(field: ColumnElement[bytes]) -> ColumnElement[bytes]:
    return func.substr(field, 1, HEADER_BYTES, type_=LargeBinary())
