"""The queue over HTTP for the support desk: open, find, read, and change one ticket at a time."""

from collections.abc import Iterator
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from assistant.tickets.values import TicketView
from integrations.api import desk_examples as examples
from integrations.api.body import StrictRoute
from integrations.api.conditional import etag, read_version
from integrations.api.description import Responses, gives, takes
from integrations.api.desk_schemas import (
    Assignment,
    Claim,
    Extension,
    HistoryShape,
    Listing,
    NewTicketBody,
    Note,
    RegimeChoice,
    TicketPageShape,
    TicketRowShape,
    TicketShape,
    TicketViewShape,
    Transition,
    end_of,
)
from integrations.api.door import TheDoor
from integrations.api.guard import KeyWith
from integrations.api.idempotency import idempotency_key

router = APIRouter(prefix="/v1/tickets", tags=["desk"], route_class=StrictRoute)

CSV = "text/csv"
WORDS = {
    404: "There is no ticket with this reference: check it and try again.",
    429: "A key may make 300 calls a minute. Please wait a moment.",
    503: "The database cannot be reached.",
}
_KEY_WORDS = {
    409: "The first request with this Idempotency-Key is still being worked on: repeat it in a moment.",
}
_LISTED = gives(examples.PAGE, refuses=(401, 403, 422, 429, 503), words=WORDS)
_LISTED[200]["content"][CSV] = {"schema": {"type": "string"}, "example": examples.TABLE}
Reader = Annotated[str, Depends(KeyWith("desk:read"))]
Operator = Annotated[str, Depends(KeyWith("desk"))]
Version = Annotated[int | None, Depends(read_version)]
Reference = Annotated[str, Path(max_length=64, description="In any case, with or without hyphens.")]


def changes() -> Responses:
    refuses = (401, 403, 404, 409, 412, 422, 428, 429, 503)
    return gives(examples.ROW, refuses=refuses, words=WORDS)


@router.get(
    "",
    response_model=TicketPageShape,
    responses=_LISTED,
)
def list_tickets(request: Request, door: TheDoor, actor: Reader, listing: Annotated[Listing, Query()]) -> Response:
    """The queue, most urgent first, addresses masked. Without `status` what is to be worked on; `next` is the cursor
    of the following page. `format=csv`, or `Accept: text/csv`, gives everything that fits as one table.
    """
    filters = listing.filters(door.assistant.organisation.zone)
    if listing.format == "csv" or (listing.format is None and _wants_table(request)):
        return _table(door.assistant.desk.export(filters, actor=actor))
    page = door.assistant.desk.list(filters, cursor=listing.cursor, limit=listing.limit)
    return JSONResponse(page.as_json())


@router.post(
    "",
    status_code=201,
    response_model=TicketShape,
    responses=gives(examples.OPENED, status=201, refuses=(400, 401, 403, 409, 422, 429, 503), words=WORDS | _KEY_WORDS),
    openapi_extra=takes(
        {"kind": "rights_request", "right": "access", "email": "riya@example.com", "text": "By phone."}
    ),
)
def open_ticket(
    door: TheDoor, actor: Operator, key: Annotated[str, Depends(idempotency_key)], body: NewTicketBody
) -> Response:
    """Opens a ticket for someone whom the desk has spoken with: no code is asked for, the address stays unproven.

    The same key again gives the same answer for as long as it is kept, seven days at the least.
    """
    opened = door.assistant.desk.open(body.wanted(), actor=actor, key=key)
    headers = {"Location": f"{router.prefix}/{opened['reference']}", "ETag": etag(opened["version"])}
    return JSONResponse(dict(opened), 201, headers)


@router.get(
    "/{reference}",
    response_model=TicketViewShape,
    responses=gives(examples.VIEW, refuses=(401, 403, 404, 422, 429, 503), words=WORDS),
)
def read_ticket(door: TheDoor, reference: Reference, actor: Reader) -> Response:
    """The ticket with its personal data in clear. That it was read, and by which key, is recorded first."""
    view = door.assistant.desk.show(reference, actor=actor)
    return JSONResponse({**view.as_json(), "version": view.version}, headers={"ETag": etag(view.version)})


@router.get(
    "/{reference}/history",
    response_model=HistoryShape,
    responses=gives(examples.HISTORY, refuses=(401, 403, 404, 422, 429, 503), words=WORDS),
)
def read_history(door: TheDoor, reference: Reference, actor: Reader) -> Response:
    """Everything that happened to it, oldest first, with notes and replies; the read is recorded."""
    entries = door.assistant.desk.history(reference, actor=actor)
    return JSONResponse({"items": [entry.as_json() for entry in entries]})


@router.post("/{reference}/claim", response_model=TicketRowShape, responses=changes(), openapi_extra=takes({}))
def claim(door: TheDoor, reference: Reference, actor: Operator, version: Version, body: Claim) -> Response:
    """The key's holder takes the ticket."""
    del body
    return changed(door.assistant.desk.claim(reference, actor=actor, expect_version=version))


@router.post(
    "/{reference}/assign", response_model=TicketRowShape, responses=changes(), openapi_extra=takes({"to": "Ana"})
)
def assign(door: TheDoor, reference: Reference, actor: Operator, version: Version, body: Assignment) -> Response:
    return changed(door.assistant.desk.assign(reference, body.to, actor=actor, expect_version=version))


@router.post(
    "/{reference}/transition",
    response_model=TicketRowShape,
    responses=changes(),
    openapi_extra=takes({"to": "in_progress", "reason": "The export was asked for."}),
)
def transition(door: TheDoor, reference: Reference, actor: Operator, version: Version, body: Transition) -> Response:
    """Moves the ticket; `moves` of the ticket lists where to. A denial needs a reason. Put on hold with a reason, the
    clock of a law that allows it stands still.
    """
    reason = (body.reason or "").strip()
    desk = door.assistant.desk
    return changed(desk.transition(reference, body.to, reason=reason, actor=actor, expect_version=version))


@router.post(
    "/{reference}/extend",
    response_model=TicketRowShape,
    responses=changes(),
    openapi_extra=takes({"until": "2026-05-01", "reason": "The request covers four systems."}),
)
def extend(door: TheDoor, reference: Reference, actor: Operator, version: Version, body: Extension) -> Response:
    """Moves the limit and tells the requester why. Until a day means until its end."""
    desk, until = door.assistant.desk, end_of(body.until, door.assistant.organisation.zone)
    return changed(desk.extend(reference, until, reason=body.reason, actor=actor, expect_version=version))


@router.post(
    "/{reference}/notes",
    response_model=TicketRowShape,
    responses=changes(),
    openapi_extra=takes({"text": "Called back; will send the invoice number."}),
)
def note(door: TheDoor, reference: Reference, actor: Operator, version: Version, body: Note) -> Response:
    """A note for the desk. The requester does not see it."""
    return changed(door.assistant.desk.note(reference, body.text, actor=actor, expect_version=version))


@router.post(
    "/{reference}/replies",
    response_model=TicketRowShape,
    responses=changes(),
    openapi_extra=takes({"text": "Your data is ready. We will send it in two parts."}),
)
def reply(door: TheDoor, reference: Reference, actor: Operator, version: Version, body: Note) -> Response:
    """Mails the text to the requester; the first one stops the clock of the first answer."""
    return changed(door.assistant.desk.reply(reference, body.text, actor=actor, expect_version=version))


@router.post(
    "/{reference}/regime",
    response_model=TicketRowShape,
    responses=changes(),
    openapi_extra=takes({"regime": "gdpr"}),
)
def set_regime(door: TheDoor, reference: Reference, actor: Operator, version: Version, body: RegimeChoice) -> Response:
    """Says which law applies: its limits are counted from the start and stand beside the former ones."""
    return changed(door.assistant.desk.set_regime(reference, body.regime, actor=actor, expect_version=version))


def changed(view: TicketView) -> Response:
    """The ticket after a change, its address masked: who wants to see that reads the ticket."""
    return JSONResponse(view.row.as_json(), headers={"ETag": etag(view.version)})


def _wants_table(request: Request) -> bool:
    """Whether the kind of answer that is asked for first is a table."""
    first, _, _ = request.headers.get("accept", "").partition(",")
    return first.partition(";")[0].strip().lower() == CSV


def _table(lines: Iterator[str]) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="tickets.csv"'}
    # A spreadsheet takes a file without the mark for one in its own old encoding.
    return StreamingResponse(chain(["\ufeff"], lines), media_type=f"{CSV}; charset=utf-8", headers=headers)
