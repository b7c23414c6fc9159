"""What a request must be before any route sees it: for us, from a page that may, small, and not one too many.

Plain ASGI, so that a body is refused while it is read and not after.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.api.origins import OriginRule, is_host
from integrations.api.problems import Problem
from integrations.api.reading import BodyReader

MAX_BODY = 64 * 1024
MAX_HEADERS = 100
MAX_HEADER_BYTES = 32 * 1024
BODY_SECONDS = 10.0
MAX_WAITING = 500
UNCOUNTED = frozenset({"/livez"})

TOO_MANY_HEADERS = Problem(431, f"A request may have {MAX_HEADERS} headers of {MAX_HEADER_BYTES} bytes in all.")
BAD_HOST = Problem(400, "The Host header does not name a host.")
FOREIGN = Problem(
    403,
    "Pages of this origin may not call. PRIVACY_ASSISTANT_PUBLIC_URL and PRIVACY_ASSISTANT_ALLOWED_ORIGINS say which.",
)
FULL = Problem(503, "Too many requests are waiting. Please try again in a moment.", headers={"Retry-After": "1"})


class Doorstep:
    """Refuses by Host, Origin and the sheer size of the headers."""

    def __init__(self, app: ASGIApp, *, rule: OriginRule) -> None:
        self._app = app
        self._rule = rule

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = self._problem(scope) if scope["type"] == "http" else None
        await (problem.response() if problem else self._app)(scope, receive, send)

    def _problem(self, scope: Scope) -> Problem | None:
        raw = scope["headers"]
        if len(raw) > MAX_HEADERS or sum(len(name) + len(value) for name, value in raw) > MAX_HEADER_BYTES:
            return TOO_MANY_HEADERS
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        origins: list[str | None] = [*headers.getlist("origin")] or [None]
        if len(hosts) != 1 or not is_host(hosts[0]):
            return BAD_HOST
        permitted = all(self._rule.permits(origin, scheme=scope["scheme"], host=hosts[0]) for origin in origins)
        return None if permitted else FOREIGN


class Queue:
    """Lets `size` requests in at a time; whether the process lives is answered even then."""

    def __init__(self, app: ASGIApp, *, size: int = MAX_WAITING) -> None:
        self._app = app
        self._free = size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in UNCOUNTED:
            await self._app(scope, receive, send)
        elif not self._free:
            await FULL.response()(scope, receive, send)
        else:
            self._free -= 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._free += 1


class Intake:
    """Reads the body, up to `MAX_BODY` bytes and for `seconds`, and hands it on in one piece."""

    def __init__(self, app: ASGIApp, *, seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._reader = BodyReader(MAX_BODY, seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await self._reader.read(scope, receive)
        if isinstance(body, Problem):
            await body.response()(scope, receive, send)
        elif body is not None:
            await self._app(scope, _replay(body, receive), send)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed
