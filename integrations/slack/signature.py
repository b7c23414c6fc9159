"""Whether a request was signed with the app's signing secret, and is fresh. Total: whatever is sent, it only says no.

Slack signs `v0:{timestamp}:{body}` with HMAC-SHA256 (docs.slack.dev, "Verifying requests from Slack").
"""

import hashlib
import hmac
import re

MOST_SECONDS = 300
_TIMESTAMP = re.compile(rb"[0-9]{10}")
_SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}")


def is_signed(body: bytes, *, timestamp: bytes, signature: bytes, secret: str, now: float) -> bool:
    """`timestamp` and `signature` are the headers as they came."""
    if not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
        return False
    if abs(now - int(timestamp)) > MOST_SECONDS:
        return False
    return hmac.compare_digest(signed(body, timestamp=timestamp, secret=secret), signature)


def signed(body: bytes, *, timestamp: bytes, secret: str) -> bytes:
    """The signature that the body has at this time."""
    digest = hmac.new(secret.encode(), b"v0:" + timestamp + b":" + body, hashlib.sha256)
    return b"v0=" + digest.hexdigest().encode()
