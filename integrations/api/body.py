"""Reads a JSON body strictly. Knows nothing of what the JSON means.

A body that cannot be read is handed on as `Unreadable`, so that authorisation, which runs
before a body is checked, refuses first.
"""

import json
import math
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from email.message import Message
from typing import Any, NoReturn

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from integrations.api.problems import Problem, Refused

MAX_DEPTH = 20

NOT_JSON = Problem(400, "The body is not JSON.")
NOT_UTF8 = Problem(400, "The body is not UTF-8.")
TOO_DEEP = Problem(422, f"The JSON is nested deeper than {MAX_DEPTH} levels.")
TWICE = Problem(422, "The JSON has the same member twice in one object.")
NOT_FINITE = Problem(422, "The JSON holds a number that is not finite or far too long.")
BROKEN_TEXT = Problem(422, "The JSON holds a NUL or half a surrogate pair, which no text can have.")
WRONG_TYPE = Problem(415, "Send the body as application/json in UTF-8, not compressed.")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in for a body that could not be read."""

    problem: Problem


def parse(body: bytes) -> Any:
    """The JSON value of a body; raises Refused for whatever RFC 8259 or good sense leaves open."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Refused(NOT_UTF8) from None
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_once)
    except json.JSONDecodeError:
        raise Refused(NOT_JSON) from None
    except RecursionError:
        raise Refused(TOO_DEEP) from None
    except ValueError:  # an integer of more digits than Python converts
        raise Refused(NOT_FINITE) from None
    _check_tree(value)
    return value


class StrictRequest(Request):
    async def json(self) -> Any:
        if not _is_plain_utf8(self):
            return Unreadable(WRONG_TYPE)
        try:
            return parse(await self.body())
        except Refused as refused:
            return Unreadable(refused.problem)


class StrictRoute(APIRoute):
    """A route whose JSON body is read by `parse`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strictly


def _is_plain_utf8(request: Request) -> bool:
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        return False
    content_type = request.headers.get("content-type", "")
    if content_type == "application/json":
        return True
    message = Message()
    message["content-type"] = content_type
    return str(message.get_param("charset", "utf-8")).lower() in {"utf-8", "utf8"}


def _refuse_constant(_: str) -> NoReturn:
    raise Refused(NOT_FINITE)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Refused(NOT_FINITE)
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Refused(TWICE)
    return members


def _check_tree(root: Any) -> None:
    """Walks without recursion: depth first shows here, not in whoever reads the value next."""
    waiting: list[tuple[Any, int]] = [(root, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str):
            _check_text(value)
        elif isinstance(value, dict | list):
            if depth == MAX_DEPTH:
                raise Refused(TOO_DEEP)
            inside = [*value, *value.values()] if isinstance(value, dict) else value
            waiting.extend((item, depth + 1) for item in inside)


def _check_text(text: str) -> None:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Refused(BROKEN_TEXT)
