"""How a route describes itself to other programs: an example of what it gives, a problem for what it refuses."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from integrations.api.problems import MEDIA_TYPE, Problem
from integrations.api.schemas import ProblemShape

Responses = dict[int | str, dict[str, Any]]

_NO_WORDS: Mapping[int, str] = MappingProxyType({})
_DETAILS = {
    400: "Send an Idempotency-Key header of 1 to 255 characters, such as a UUID.",
    401: "Send the bearer token in the Authorization header.",
    403: "This key does not hold the scope that is needed.",
    404: "There is no such conversation.",
    409: "Ticket EX-7F3K-92QD is closed and cannot become in_progress.",
    412: "Ticket EX-7F3K-92QD has changed since you read it: read it again and repeat what you meant.",
    422: "What was sent does not fit; `errors` says where.",
    428: "Send the ETag of the ticket as you read it in the If-Match header.",
    429: "A conversation takes 20 messages a minute. Please wait a moment.",
    503: "The index is being built.",
}


def gives(
    example: Any, *, status: int = 200, refuses: tuple[int, ...] = (), words: Mapping[int, str] = _NO_WORDS
) -> Responses:
    """The responses of a route, by status; `words` are what a refusal says where it is not the usual."""
    shown: Responses = {
        status: {"description": HTTPStatus(status).phrase, "content": {"application/json": {"example": example}}}
    }
    return {**shown, **{code: _problem(code, words) for code in refuses}}


def takes(example: dict[str, Any]) -> dict[str, Any]:
    """The body of a route, for `openapi_extra`."""
    return {"requestBody": {"content": {"application/json": {"example": example}}}}


def nothing(*, refuses: tuple[int, ...]) -> Responses:
    return {204: {"description": "Done"}, **{code: _problem(code) for code in refuses}}


def _problem(status: int, words: Mapping[int, str] = _NO_WORDS) -> dict[str, Any]:
    example = Problem(status, words.get(status, _DETAILS[status])).as_json()
    schema: type[BaseModel] = ProblemShape
    reference = {"$ref": f"#/components/schemas/{schema.__name__}"}
    return {
        "description": HTTPStatus(status).phrase,
        "model": schema,
        "content": {MEDIA_TYPE: {"schema": reference, "example": example}},
    }
