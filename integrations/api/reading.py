"""Reads a request's body in one piece: up to so many bytes, and for so many seconds. Knows nothing of what it says."""

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Receive, Scope

from integrations.api.problems import Problem

# The rest of a body that is not wanted is not read either: the connection ends.
_HANG_UP = {"Connection": "close"}
BAD_LENGTH = Problem(400, "The Content-Length header is not a number.", headers=_HANG_UP)


@dataclass(frozen=True, slots=True)
class BodyReader:
    """`most` bytes within `seconds`; both may differ from door to door."""

    most: int
    seconds: float

    async def read(self, scope: Scope, receive: Receive) -> bytes | Problem | None:
        """The body, what is wrong with it, or None where the caller has hung up."""
        problem = self._announced(scope)
        if problem is not None:
            return problem
        try:
            async with asyncio.timeout(self.seconds):
                return await self._whole(receive)
        except TimeoutError:
            return Problem(408, f"The body did not arrive within {self.seconds:g} seconds.", headers=_HANG_UP)

    def _announced(self, scope: Scope) -> Problem | None:
        length = Headers(scope=scope).get("content-length")
        if length is None:
            return None
        if not (length.isascii() and length.isdigit()):
            return BAD_LENGTH
        return self._too_large() if len(length) > len(str(self.most)) or int(length) > self.most else None

    async def _whole(self, receive: Receive) -> bytes | Problem | None:
        pieces: list[bytes] = []
        room = self.most
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            piece = message.get("body", b"")
            room -= len(piece)
            if room < 0:
                return self._too_large()
            pieces.append(piece)
            if not message.get("more_body", False):
                return b"".join(pieces)

    def _too_large(self) -> Problem:
        return Problem(413, f"A body may have {self.most} bytes at most.", headers=_HANG_UP)
