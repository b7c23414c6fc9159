"""Turns what was raised into a problem: the one table from error class to status, and the handlers that use it."""

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from assistant.errors import AssistantError, Conflict, Invalid, NotAllowed, NotFound, Unavailable
from assistant.tickets.errors import StaleTicket
from integrations.api.body import WRONG_TYPE, Unreadable
from integrations.api.problems import Problem, Refused
from knowledge.errors import KnowledgeError, UnknownVersion

RETRY_SECONDS = "5"

# The first class in an error's method resolution order that stands here decides.
STATUS: Mapping[type[Exception], int] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    StaleTicket: HTTPStatus.PRECONDITION_FAILED,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    UnknownVersion: HTTPStatus.NOT_FOUND,
    KnowledgeError: HTTPStatus.SERVICE_UNAVAILABLE,
}
# What the framework refuses by itself, in our words.
_DETAILS: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "The request could not be read.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method.",
}
LAST_RESORT = Problem(500, "Something went wrong on our side. Please try again in a moment.")

_log = logging.getLogger(__name__)


def problem_of(error: Exception) -> Problem:
    """The problem for an error of ours; one that the table does not know gets the last resort."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            status = STATUS[kind]
            wait = {"Retry-After": RETRY_SECONDS} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
            return Problem(status, str(error), headers=wait)
    _log.error("no status for %s", type(error).__name__)
    return LAST_RESORT


def validation_problem(error: RequestValidationError) -> Problem:
    """What does not fit, and where; never the value that was sent."""
    if isinstance(error.body, Unreadable):
        return error.body.problem
    if isinstance(error.body, bytes):
        return WRONG_TYPE
    entries = [_entry(item) for item in cast("Iterable[dict[str, Any]]", error.errors())]
    return Problem(422, "What was sent does not fit; `errors` says where.", extra={"errors": entries})


def install(app: FastAPI) -> None:
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(AssistantError, _ours)
    app.add_exception_handler(KnowledgeError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)


def _entry(item: Mapping[str, Any]) -> dict[str, str]:
    place, *path = item["loc"]
    if place == "body":
        steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
        return {"detail": item["msg"], "pointer": "#" + "".join(f"/{step}" for step in steps)}
    return {"detail": item["msg"], "parameter": str(path[0])}


async def _refused(_: Request, error: Exception) -> Response:
    return cast("Refused", error).problem.response()


async def _ours(_: Request, error: Exception) -> Response:
    return problem_of(error).response()


async def _invalid(_: Request, error: Exception) -> Response:
    return validation_problem(cast("RequestValidationError", error)).response()


async def _framework(request: Request, error: Exception) -> Response:
    refused = cast("HTTPException", error)
    detail = _DETAILS.get(refused.status_code, HTTPStatus(refused.status_code).description or "Refused.")
    headers = dict(refused.headers or {})
    if refused.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_taken(request))
    return Problem(refused.status_code, detail, headers=headers).response()


def _taken(request: Request) -> list[str]:
    """Every method that this address takes; the framework names those of one route only."""
    contexts = iter_route_contexts(request.app.routes)
    here = [context for context in contexts if context.matches(request.scope)[0] != Match.NONE]
    methods = {method for context in here for method in context.methods or ()}
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))
