"""A visitor's conversation over HTTP: open, speak, read, rate, erase."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request
from starlette.responses import JSONResponse, Response

from assistant.conversation.values import Opened, Transcript
from integrations.api import examples
from integrations.api.addresses import counted_address
from integrations.api.body import StrictRoute
from integrations.api.description import gives, nothing, takes
from integrations.api.door import TheDoor
from integrations.api.guard import PerAddress, speaking_visitor, visitor
from integrations.api.limits import CALLS_PER_ADDRESS, MESSAGES_PER_ADDRESS, OPENINGS_PER_ADDRESS
from integrations.api.schemas import (
    ErasedShape,
    Feedback,
    NewConversation,
    NewMessage,
    OpenedShape,
    ReplyShape,
    TranscriptShape,
    TurnId,
)

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], route_class=StrictRoute)

# What the header Sec-GPC says where a browser sends Global Privacy Control.
GLOBAL_PRIVACY_CONTROL = "1"
_MINE = (401, 404, 422, 429)
Mine = Annotated[str, Depends(visitor)]
_counted = [Depends(PerAddress(CALLS_PER_ADDRESS))]


@router.post(
    "",
    status_code=201,
    response_model=OpenedShape,
    dependencies=[Depends(PerAddress(OPENINGS_PER_ADDRESS))],
    responses=gives(examples.OPENED, status=201, refuses=(422, 429, 503)),
    openapi_extra=takes({"channel": "web", "language": "en"}),
)
def open_conversation(
    door: TheDoor, wanted: NewConversation, sec_gpc: Annotated[str | None, Header(include_in_schema=False)] = None
) -> Response:
    """Opens a conversation. The token is shown here and never again."""
    opened = door.assistant.front_desk.open(
        channel=wanted.channel, language=wanted.language, privacy_control=sec_gpc == GLOBAL_PRIVACY_CONTROL
    )
    return JSONResponse(_opened(opened), 201)


@router.post(
    "/{conversation_id}/messages",
    response_model=ReplyShape,
    dependencies=[Depends(PerAddress(MESSAGES_PER_ADDRESS))],
    responses=gives(examples.REPLY, refuses=(*_MINE, 503)),
    openapi_extra=takes({"text": "How long do you keep invoices?", "turn_id": "turn-1"}),
)
def send_message(
    request: Request, door: TheDoor, conversation_id: Annotated[str, Depends(speaking_visitor)], message: NewMessage
) -> Response:
    """Takes one turn. The same `turn_id` again gives the same reply and does nothing twice."""
    network = counted_address(request, trusted_proxies=door.proxies)
    reply = door.assistant.front_desk.take_turn(conversation_id, message.turn_id, message.text, network=network)
    door.metrics.turns.labels(reply["intent"], reply["outcome"]).inc()
    return JSONResponse(reply)


@router.get(
    "/{conversation_id}",
    response_model=TranscriptShape,
    dependencies=_counted,
    responses=gives(examples.TRANSCRIPT, refuses=_MINE),
)
def read_conversation(door: TheDoor, conversation_id: Mine) -> Response:
    """The turns as they are stored: personal data in them is masked."""
    return JSONResponse(_transcript(door.assistant.front_desk.transcript(conversation_id)))


@router.delete(
    "/{conversation_id}",
    response_model=ErasedShape,
    dependencies=_counted,
    responses=gives(examples.ERASED, refuses=_MINE),
)
def erase_conversation(door: TheDoor, conversation_id: Mine) -> Response:
    """Erases the conversation at once and says so in a signed receipt."""
    return JSONResponse({"receipt": door.assistant.eraser.erase(conversation_id).as_json()})


@router.post(
    "/{conversation_id}/turns/{turn_id}/feedback",
    status_code=204,
    dependencies=_counted,
    responses=nothing(refuses=_MINE),
    openapi_extra=takes({"helpful": True}),
)
def rate_turn(door: TheDoor, conversation_id: Mine, turn_id: Annotated[TurnId, Path()], feedback: Feedback) -> Response:
    door.assistant.front_desk.feedback(conversation_id, turn_id, helpful=feedback.helpful, comment=feedback.comment)
    return Response(status_code=204)


def _opened(opened: Opened) -> dict[str, Any]:
    return {
        "id": opened.id,
        "token": opened.token,
        "greeting": opened.greeting,
        "suggestions": list(opened.suggestions),
        "disclosure": opened.disclosure,
    }


def _transcript(transcript: Transcript) -> dict[str, Any]:
    turns = [
        {"turn_id": turn.turn_id, "at": _instant(turn.at), "text": turn.text, "reply": turn.reply}
        for turn in transcript.turns
    ]
    return {"id": transcript.id, "created_at": _instant(transcript.created_at), "turns": turns}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
