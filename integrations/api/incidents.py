"""A security incident over HTTP: a person on call says "mine"."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from integrations.api import desk_examples as examples
from integrations.api.body import StrictRoute
from integrations.api.conditional import read_version_if_sent
from integrations.api.description import gives, takes
from integrations.api.desk_schemas import Acknowledgement, TicketRowShape
from integrations.api.door import TheDoor
from integrations.api.tickets import WORDS, Operator, Reference, changed

router = APIRouter(prefix="/v1/incidents", tags=["desk"], route_class=StrictRoute)


@router.post(
    "/{reference}/acknowledge",
    response_model=TicketRowShape,
    responses=gives(examples.INCIDENT, refuses=(401, 403, 404, 409, 412, 422, 429, 503), words=WORDS),
    openapi_extra=takes({"by": "Ana"}),
)
def acknowledge(
    door: TheDoor,
    reference: Reference,
    actor: Operator,
    version: Annotated[int | None, Depends(read_version_if_sent)],
    body: Acknowledgement,
) -> Response:
    """Ends the alerts of the incident. Whoever is woken at night need not have read it first: `If-Match` may be left
    out, and a second acknowledgement changes nothing.
    """
    return changed(door.assistant.desk.acknowledge(reference, by=body.by, actor=actor, expect_version=version))
