"""Problem details (RFC 9457): the one shape in which a door refuses. Knows no error class of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal. `detail` and `extra` are fixed words of ours, never what was sent."""

    status: int
    detail: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The members of RFC 9457 without `instance`: the address may hold an id that is nobody's business."""
        title = HTTPStatus(self.status).phrase
        return {"type": "about:blank", "title": title, "status": self.status, "detail": self.detail, **self.extra}

    def response(self) -> JSONResponse:
        return JSONResponse(self.as_json(), self.status, dict(self.headers), MEDIA_TYPE)


class Refused(Exception):
    """Raised at a door for what never reaches the assistant."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def unauthorised() -> Refused:
    detail = "Send the bearer token in the Authorization header."
    return Refused(Problem(401, detail, headers={"WWW-Authenticate": "Bearer"}))


def too_busy(detail: str, *, status: int, seconds: int) -> Refused:
    """Come back later: 429 or 503 with `Retry-After` in whole seconds."""
    return Refused(Problem(status, detail, headers={"Retry-After": str(max(1, seconds))}))
