"""How entries are chained: every hash of the trail, as pure functions of a key. Knows no table and no clock.

An entry's hash covers a commitment to its detail and not the detail: without the salt nothing can be told from the
commitment, so a detail can be forgotten while the chain still verifies.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# What an entry names as its predecessor where the trail was found broken: no entry has this hash.
NO_PREDECESSOR = bytes(32)


@dataclass(frozen=True, slots=True)
class Link:
    """All that the hash of an entry covers."""

    previous: bytes
    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    commitment: bytes


class Chain:
    def __init__(self, key: bytes) -> None:
        self._key = key

    def genesis(self) -> bytes:
        """What the first entry names as its predecessor."""
        return self._mac("genesis")

    def hash_of(self, link: Link) -> bytes:
        at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
        before, commitment = link.previous.hex(), link.commitment.hex()
        return self._mac("entry", before, link.number, at, link.actor, link.action, link.subject, commitment)

    def head_mac(self, count: int, last_hash: bytes) -> bytes:
        return self._mac("head", count, last_hash.hex())

    def witness_mac(self, count: int, last_hash: bytes) -> bytes:
        return self._mac("witness", count, last_hash.hex())

    def _mac(self, *parts: str | int) -> bytes:
        # A JSON list: no two lists of parts are written alike.
        return hmac.digest(self._key, json.dumps(parts).encode(), hashlib.sha256)


def canonical(detail: Mapping[str, Any] | None) -> str:
    """ASCII, keys sorted, no spaces: the same text for the same detail."""
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), allow_nan=False)


def commitment_to(detail: str, *, salt: bytes) -> bytes:
    return hmac.digest(salt, detail.encode(errors="surrogatepass"), hashlib.sha256)
