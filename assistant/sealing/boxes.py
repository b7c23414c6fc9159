"""AES-GCM with the place bound in: what was sealed for one place opens in no other. Knows no key of its own.

A sealed field is: version (1 byte) and key id (8), together its header, nonce (12), ciphertext and tag.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assistant.errors import Unavailable

VERSION = b"\x01"
ID_BYTES, NONCE_BYTES, TAG_BYTES = 8, 12, 16
HEADER_BYTES = len(VERSION) + ID_BYTES
_SHORTEST = HEADER_BYTES + NONCE_BYTES + TAG_BYTES


class SealBroken(Unavailable):
    """A stored field is not what was sealed here. Its cause is kept out: it may hold what must not be shown."""

    def __init__(self) -> None:
        super().__init__(
            "A stored field cannot be opened: it was altered, moved or sealed by another installation. "
            "Restore it from a backup."
        )


def header_of(key_id: str) -> bytes:
    """How every field begins that this key sealed."""
    return VERSION + bytes.fromhex(key_id)


def key_id_of(sealed: bytes) -> str:
    """The id that a field names; SealBroken for what cannot be a sealed field."""
    if len(sealed) < _SHORTEST or not sealed.startswith(VERSION):
        raise SealBroken
    return sealed[len(VERSION) : HEADER_BYTES].hex()


def close_box(cipher: AESGCM, key_id: str, plain: bytes, *, place: str) -> bytes:
    header, nonce = header_of(key_id), os.urandom(NONCE_BYTES)
    return header + nonce + cipher.encrypt(nonce, plain, _bound(header, place))


def open_box(cipher: AESGCM, sealed: bytes, *, place: str) -> bytes:
    """What was closed with this cipher for this place; SealBroken for anything else."""
    key_id_of(sealed)
    header, rest = sealed[:HEADER_BYTES], sealed[HEADER_BYTES:]
    try:
        return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], _bound(header, place))
    except InvalidTag:
        raise SealBroken from None


def _bound(header: bytes, place: str) -> bytes:
    return header + place.encode()
