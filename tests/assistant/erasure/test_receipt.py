import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from assistant.erasure.receipt import Receipt, ReceiptSigner, receipt_public_key, verify_receipt

SECRET = b"s" * 32
AT = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)
KEPT = ({"reference": "CM-7F3K-92QD", "why": "A rights request that you opened is still being answered."},)


@pytest.fixture
def receipt() -> Receipt:
    return ReceiptSigner(SECRET).issue("c" * 32, erased_at=AT, kept=KEPT)


def test_a_receipt_is_verified_with_the_public_key_of_its_secret(receipt: Receipt) -> None:
    assert verify_receipt(receipt, receipt_public_key(SECRET))
    assert not verify_receipt(receipt, receipt_public_key(b"t" * 32))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "0" * 32},
        {"conversation_id": "d" * 32},
        {"erased_at": AT + timedelta(days=1)},
        {"kept": ()},
        {"kept": ({**KEPT[0], "why": ""},)},
        {"signature": ""},
        {"signature": "not base64"},
        {"signature": base64.b64encode(b"x" * 64).decode()},
        {"signature": base64.b64encode(b"short").decode()},
    ],
)
def test_a_receipt_with_any_field_changed_is_not_verified(receipt: Receipt, change: dict[str, object]) -> None:
    assert not verify_receipt(replace(receipt, **change), receipt_public_key(SECRET))  # type: ignore[arg-type]


def test_a_public_key_that_is_none_verifies_nothing(receipt: Receipt) -> None:
    assert not verify_receipt(receipt, b"short")


def test_anyone_can_check_the_json_without_this_code(receipt: Receipt) -> None:
    shown = json.loads(json.dumps(receipt.as_json()))
    assert set(shown) == {"id", "conversation_id", "erased_at", "kept", "signature"}
    assert shown["erased_at"] == "2026-03-01T12:30:15Z"
    signature = base64.b64decode(shown.pop("signature"))
    signed = json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    Ed25519PublicKey.from_public_bytes(receipt_public_key(SECRET)).verify(signature, signed)


def test_two_receipts_never_share_an_id() -> None:
    signer = ReceiptSigner(SECRET)
    assert len({signer.issue("c" * 32, erased_at=AT).id for _ in range(50)}) == 50
