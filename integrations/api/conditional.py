"""Optimistic concurrency over HTTP (RFC 9110, 13.1): a ticket's version as its ETag, and `If-Match` on every change."""

import re
from typing import Annotated

from fastapi import Header

from integrations.api.problems import Problem, Refused

# A weak tag never matches here, and matches nothing that we gave. Some callers leave the quotation marks out.
_TAG = re.compile(r'"([0-9]{1,18})"|([0-9]{1,18})')
ANY = "*"
MISSING = Problem(428, "Send the ETag of the ticket as you read it in the If-Match header.")
NOT_OURS = Problem(412, "The If-Match header holds no ETag of ours: send the one that came with the ticket.")

IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="The ETag of the ticket as it was read.", examples=['"3"'])
]


def etag(version: int) -> str:
    return f'"{version}"'


async def read_version(if_match: IfMatch = None) -> int | None:
    """The version that the caller has read, or None for `*`; a change without it is refused."""
    if if_match is None:
        raise Refused(MISSING)
    return _version(if_match.strip())


async def read_version_if_sent(if_match: IfMatch = None) -> int | None:
    return None if if_match is None else _version(if_match.strip())


def _version(tag: str) -> int | None:
    if tag == ANY:
        return None
    found = _TAG.fullmatch(tag)
    if found is None:
        raise Refused(NOT_OURS)
    return int(found[1] or found[2])
