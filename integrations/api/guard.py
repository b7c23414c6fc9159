"""Who may call what: the authorisation dependencies, the rates, and the refusal to start with an open route."""

import math
import re
from collections.abc import Callable, Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from assistant.access.keys import UnknownKey
from assistant.errors import NotFound
from integrations.api.addresses import counted_address, is_local
from integrations.api.door import Door, TheDoor
from integrations.api.limits import CALLS_PER_KEY, MESSAGES_PER_CONVERSATION, Rate
from integrations.api.problems import Problem, Refused, too_busy, unauthorised

# Every (method, path) that anyone may call. What does not stand here needs a dependency from below.
PUBLIC_ROUTES: frozenset[tuple[str, str]] = frozenset(
    ("GET", path)
    for path in (
        "/",
        "/policy",
        "/assets/{name}",
        "/widget.js",
        "/widget/",
        "/widget/look.css",
        "/widget/{build}/{name:path}",
        "/v1/policy",
        "/v1/policy/versions",
        "/v1/policy/versions/{version}",
        "/v1/policy/diff",
        "/livez",
        "/readyz",
        "/openapi.json",
    )
) | {("POST", "/v1/conversations")}

_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,256}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
LOCAL = "local"
NO_SUCH_CONVERSATION = Problem(404, "There is no such conversation.")

Credentials = HTTPAuthorizationCredentials | None
_visitor_bearer = HTTPBearer(auto_error=False, scheme_name="conversation", description="The token of a conversation.")
_key_bearer = HTTPBearer(auto_error=False, scheme_name="key", description="An API key.")


class UnguardedRoute(Exception):
    def __init__(self, method: str, path: str) -> None:
        super().__init__(f"{method} {path} is neither listed in PUBLIC_ROUTES nor has it an authorisation dependency.")


def visitor(door: TheDoor, conversation_id: str, credentials: Annotated[Credentials, Depends(_visitor_bearer)]) -> str:
    """The id of a conversation that the caller holds the token of."""
    if credentials is None or not credentials.credentials:
        raise unauthorised()
    token = credentials.credentials
    if not (_ID.fullmatch(conversation_id) and _TOKEN.fullmatch(token)):
        raise Refused(NO_SUCH_CONVERSATION)
    try:
        door.assistant.front_desk.authorise(conversation_id, token)
    except NotFound:
        raise Refused(NO_SUCH_CONVERSATION) from None
    return conversation_id


async def speaking_visitor(door: TheDoor, conversation_id: Annotated[str, Depends(visitor)]) -> str:
    """A visitor who sends a message, which counts against the conversation's rate."""
    _take(door, MESSAGES_PER_CONVERSATION, conversation_id)
    return conversation_id


class KeyWith:
    """Admits API keys that hold a scope; where `or_local`, also whoever asks on this very machine.

    The actor is handed on: "key:NAME", or "local".
    """

    def __init__(self, scope: str, *, or_local: bool = False) -> None:
        self._scope = scope
        self._or_local = or_local

    async def __call__(
        self, request: Request, door: TheDoor, credentials: Annotated[Credentials, Depends(_key_bearer)]
    ) -> str:
        if self._or_local and is_local(request):
            return LOCAL
        if credentials is None or not _TOKEN.fullmatch(credentials.credentials):
            raise unauthorised()
        keys, sent = door.assistant.keys, credentials.credentials
        try:
            # Only what reads the database goes to a thread: a hop there and back costs more than the rest of this.
            key = keys.lately(sent, self._scope)
            if key is None:
                key = await run_in_threadpool(keys.verify, sent, self._scope)
        except UnknownKey:
            raise unauthorised() from None
        _take(door, CALLS_PER_KEY, key.name)
        return f"key:{key.name}"


class PerAddress:
    """Counts a call against the rate of the address it comes from."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate

    async def __call__(self, request: Request, door: TheDoor) -> None:
        _take(door, self._rate, counted_address(request, trusted_proxies=door.proxies))


def check_every_route(app: FastAPI) -> None:
    """Raises UnguardedRoute for the first route that anyone could call without anyone having said so."""
    for context in iter_route_contexts(app.routes):
        guarded = any(_authorises(call) for call in _calls(getattr(context, "dependant", None)))
        path = str(getattr(context, "path", context))
        for method in sorted((getattr(context, "methods", None) or {"ANY"}) - {"HEAD"}):
            if not guarded and (method, path) not in PUBLIC_ROUTES:
                raise UnguardedRoute(method, path)


def _authorises(call: Callable[..., object] | None) -> bool:
    return call is visitor or isinstance(call, KeyWith)


def _calls(dependant: Dependant | None) -> Iterator[Callable[..., object] | None]:
    for dependency in dependant.dependencies if dependant else ():
        yield dependency.call
        yield from _calls(dependency)


def _take(door: Door, rate: Rate, key: str) -> None:
    seconds = door.limiter.take(rate, key)
    if seconds:
        door.metrics.limited.labels(rate.name).inc()
        raise too_busy(rate.detail, status=429, seconds=math.ceil(seconds))
