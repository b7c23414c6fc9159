"""Slack's one address, before Bolt: size, time, signature and form are checked here, so that Bolt never meets garbage.

Plain ASGI. What is refused is neither stored nor logged, and gets one and the same answer.
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from integrations.api.problems import Problem
from integrations.api.reading import BodyReader
from integrations.slack.signature import is_signed

PATH = "/slack/events"
MAX_BODY = 1024 * 1024
BODY_SECONDS = 5.0
# Of their own, so that an acknowledgement never waits behind questions that are being answered.
THREADS = 8
MAX_WAITING = 200
_SERVER_ERROR = 500

UNSIGNED = Problem(401, "The request is not signed by Slack with our secret, or not now.")
UNREADABLE = Problem(400, "The body is not what Slack sends.")
WRONG_METHOD = Problem(405, "This address does not take that method.", headers={"Allow": "POST"})
BUSY = Problem(503, "It could not be stored. Please send it again.", headers={"Retry-After": "1"})

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    body: str = ""
    media_type: str = "text/plain"


# Bolt, as the gate sees it: body and headers. Raises where the request could not be stored.
Dispatch = Callable[[str, dict[str, str]], Answered]


@dataclass(frozen=True, slots=True)
class _Route:
    """What the journal calls the address."""

    path: str = PATH


class SlackGate:
    def __init__(self, app: ASGIApp, *, dispatch: Dispatch, secret: str, now: Callable[[], float] = time.time) -> None:
        self._app = app
        self._dispatch = dispatch
        self._secret = secret
        self._now = now
        self._reader = BodyReader(MAX_BODY, BODY_SECONDS)
        self._limiter = CapacityLimiter(THREADS)
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        scope["route"] = _Route()
        response = await self._answer(scope, receive)
        await response(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        if scope["method"] != "POST":
            return WRONG_METHOD.response()
        headers = Headers(scope=scope)
        body = await self._reader.read(scope, receive)
        if body is None or isinstance(body, Problem):
            # Whoever has hung up hears nothing of it.
            return (body or UNREADABLE).response()
        problem = self._refusal(headers, body)
        if problem is not None:
            return problem.response()
        if self._waiting >= MAX_WAITING:
            return BUSY.response()
        self._waiting += 1
        try:
            return await self._dispatched(body.decode(), headers)
        finally:
            self._waiting -= 1

    def _refusal(self, headers: Headers, body: bytes) -> Problem | None:
        stamps, signatures = (
            [value for key, value in headers.raw if key == name]
            for name in (b"x-slack-request-timestamp", b"x-slack-signature")
        )
        if len(stamps) != 1 or len(signatures) != 1:
            return UNSIGNED
        (stamp,), (signature,) = stamps, signatures
        if not is_signed(body, timestamp=stamp, signature=signature, secret=self._secret, now=self._now()):
            return UNSIGNED
        return None if _is_readable(body, headers.get("content-type", "")) else UNREADABLE

    async def _dispatched(self, body: str, headers: Headers) -> Response:
        given = dict(headers.items())
        try:
            answered = await to_thread.run_sync(lambda: self._dispatch(body, given), limiter=self._limiter)
        except Exception as error:  # noqa: BLE001 the edge of this door: what was not stored is asked for again
            _log.error("A request of Slack was not taken in (%s).", type(error).__name__)
            return BUSY.response()
        if answered.status >= _SERVER_ERROR:
            return BUSY.response()
        return Response(answered.body, answered.status, media_type=answered.media_type)


def _is_readable(body: bytes, content_type: str) -> bool:
    """UTF-8, and an object of JSON or a form: whatever else was signed is not Slack's."""
    try:
        text = body.decode()
        if content_type.startswith("application/x-www-form-urlencoded") and not text.startswith("{"):
            form = parse_qs(text, max_num_fields=100)
            return "payload" not in form or _is_object(form["payload"][0])
        return _is_object(text)
    except ValueError:
        return False


def _is_object(text: str) -> bool:
    try:
        found = json.loads(text)
    except RecursionError:
        return False
    return isinstance(found, dict)
