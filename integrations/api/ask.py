"""One question for the support desk: answered like a visitor's, remembered nowhere."""

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from integrations.api import examples
from integrations.api.body import StrictRoute
from integrations.api.description import gives, takes
from integrations.api.door import TheDoor
from integrations.api.guard import KeyWith
from integrations.api.schemas import Question, ReplyShape

router = APIRouter(prefix="/v1", tags=["desk"], route_class=StrictRoute)


@router.post(
    "/ask",
    response_model=ReplyShape,
    dependencies=[Depends(KeyWith("desk:read"))],
    responses=gives(examples.ASKED, refuses=(401, 403, 422, 429, 503)),
    openapi_extra=takes({"question": "How long do you keep invoices?", "as_of": "2026-03-02"}),
)
def ask(door: TheDoor, question: Question) -> Response:
    """The reply, out of the policy as it stood on `as_of` or stands today."""
    return JSONResponse(door.assistant.front_desk.ask(question.question, as_of=question.as_of))
