"""Seals what is personal before it is stored, opens it again, and makes the keyed index it is looked up by.

Knows no table: a caller names the place of a field, and what was sealed for one place opens in no other.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta

from assistant.clock import Clock
from assistant.db.database import Database
from assistant.errors import Unavailable
from assistant.sealing.boxes import SealBroken, close_box, key_id_of, open_box
from assistant.sealing.keys import BLIND_INDEX, KeyCabinet, Ring

# How long another process may go on sealing under a key that was replaced.
RENEW_AFTER = timedelta(seconds=5)


class Sealer:
    """Safe to share between threads. `place` is table, column and row: "tickets.contact:CM-7F3K-92QD"."""

    def __init__(self, read_ring: Callable[[], Ring], blind_key: bytes, clock: Clock) -> None:
        self._read_ring = read_ring
        self._blind_key = blind_key
        self._clock = clock
        self._ring = read_ring()
        self._read_at = clock()

    def seal(self, plain: str, *, place: str) -> bytes:
        """37 bytes longer than the text, and another each time; the text may be empty."""
        ring = self._current()
        return close_box(ring.ciphers[ring.active], ring.active, _bytes(plain), place=place)

    def open(self, sealed: bytes, *, place: str) -> str:
        """What was sealed for this place; SealBroken for what was altered, cut, moved or never sealed."""
        key_id, ring = key_id_of(sealed), self._current()
        if key_id not in ring.ciphers:
            # Another process may have made this key since.
            ring = self._renewed(self._clock())
        if key_id not in ring.ciphers:
            raise SealBroken
        return open_box(ring.ciphers[key_id], sealed, place=place).decode(errors="surrogatepass")

    def blind(self, value: str, *, purpose: str) -> bytes:
        """32 bytes that equal values of one purpose share, and that tell nothing to who lacks the key."""
        return hmac.digest(self._blind_key, purpose.encode() + b"\0" + _bytes(value), hashlib.sha256)

    def _current(self) -> Ring:
        now = self._clock()
        # A clock that was set back counts as time passed, so that it cannot hold a replaced key for hours.
        return self._ring if timedelta() <= now - self._read_at < RENEW_AFTER else self._renewed(now)

    def _renewed(self, now: datetime) -> Ring:
        # Set first, so that the other threads go on with what they have.
        self._read_at = now
        try:
            self._ring = self._read_ring()
        except Unavailable:
            # The keys at hand still open what they sealed; whether anything can be saved shows at the write.
            return self._ring
        return self._ring


def open_sealer(database: Database, secret: bytes, clock: Clock, *, previous: bytes | None = None) -> Sealer:
    """The sealer of a database; makes its keys the first time. BadSetting: neither secret opens the keys."""
    cabinet = KeyCabinet(database, secret, clock, previous=previous)
    cabinet.prepare()
    return Sealer(cabinet.ring, cabinet.kept(BLIND_INDEX), clock)


def _bytes(text: str) -> bytes:
    # A door may pass anything on, a lone surrogate too.
    return text.encode(errors="surrogatepass")
