"""The signed word that a conversation is gone: anyone who has the public key can check it, without us."""

import base64
import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from assistant.sealing.secret import derive_key

ID_BYTES = 16
_PURPOSE = "erasure receipt, Ed25519"


@dataclass(frozen=True, slots=True)
class Receipt:
    """`kept` names what stays and why, each `{"reference", "why"}`; `signature` is base64 of 64 bytes."""

    id: str
    conversation_id: str
    erased_at: datetime
    kept: tuple[dict[str, str], ...]
    signature: str

    def as_json(self) -> dict[str, Any]:
        """The receipt of the public contract. The signature is over the other fields exactly as they stand here."""
        return {
            "id": self.id,
            "conversation_id": self.conversation_id,
            "erased_at": self.erased_at.isoformat().replace("+00:00", "Z"),
            "kept": [dict(item) for item in self.kept],
            "signature": self.signature,
        }


class ReceiptSigner:
    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(derive_key(secret, _PURPOSE))

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that `verify_receipt` takes; they may be published."""
        return self._key.public_key().public_bytes_raw()

    def issue(self, conversation_id: str, *, erased_at: datetime, kept: tuple[dict[str, str], ...] = ()) -> Receipt:
        """A receipt with a new id. The time is UTC, told to the second."""
        receipt = Receipt(
            id=secrets.token_hex(ID_BYTES),
            conversation_id=conversation_id,
            erased_at=erased_at.replace(microsecond=0),
            kept=kept,
            signature="",
        )
        return replace(receipt, signature=base64.b64encode(self._key.sign(_signed_bytes(receipt))).decode())


def receipt_public_key(secret: bytes) -> bytes:
    """The public key of an installation's receipts, raw (32 bytes)."""
    return ReceiptSigner(secret).public_key


def verify_receipt(receipt: Receipt, public_key: bytes) -> bool:
    """Whether this receipt, unchanged, was signed by the installation with this public key."""
    try:
        signature = base64.b64decode(receipt.signature, validate=True)
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _signed_bytes(receipt))
    except (ValueError, InvalidSignature):
        return False
    return True


def _signed_bytes(receipt: Receipt) -> bytes:
    """Canonical JSON: keys sorted, no spaces, UTF-8, the signature left out."""
    fields = {name: value for name, value in receipt.as_json().items() if name != "signature"}
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
