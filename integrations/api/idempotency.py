"""The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07): read here, kept by the queue."""

import re
from typing import Annotated

from fastapi import Header

from integrations.api.problems import Problem, Refused

# A structured-field string (RFC 8941, 3.3.3); without quotation marks it is taken as well.
_QUOTED = re.compile(r'"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"')
_BARE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,255}")
_ESCAPED = re.compile(r"\\(.)")
MISSING = Problem(400, "Send an Idempotency-Key header of 1 to 255 characters, such as a UUID.")

Sent = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="The same key again gives the same answer and does nothing twice.",
        examples=['"8e03978e-40d5-43dd-bc93-6894a57f9324"'],
    ),
]


async def idempotency_key(sent: Sent = None) -> str:
    """The key without its quotation marks; a call without a usable one is refused."""
    written = (sent or "").strip()
    if quoted := _QUOTED.fullmatch(written):
        return _ESCAPED.sub(r"\1", quoted[1])
    if _BARE.fullmatch(written):
        return written
    raise Refused(MISSING)
