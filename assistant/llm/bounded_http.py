"""An HTTP transport whose every answer is bounded in seconds and bytes, however slowly or long the server talks."""

import time
from collections.abc import Iterator

import httpx2

MAX_BYTES = 262_144


class _Bounded(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def __iter__(self) -> Iterator[bytes]:
        taken = 0
        for chunk in self._stream:
            taken += len(chunk)
            if taken > MAX_BYTES or time.monotonic() > self._until:
                raise httpx2.ReadTimeout("The answer was too long or too slow.")
            yield chunk

    def close(self) -> None:
        self._stream.close()


class BoundedTransport(httpx2.BaseTransport):
    """Sends as usual and gives up on an answer after `seconds` in all, also when bytes keep dripping in."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._inner = httpx2.HTTPTransport(retries=0)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        until = time.monotonic() + self._seconds
        response = self._inner.handle_request(request)
        stream = response.stream
        if isinstance(stream, httpx2.SyncByteStream):
            response.stream = _Bounded(stream, until)
        return response

    def close(self) -> None:
        self._inner.close()
