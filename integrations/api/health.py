"""Is the process up, can it answer, and how is it doing."""

from fastapi import APIRouter, Depends
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from integrations.api import examples
from integrations.api.description import gives
from integrations.api.door import TheDoor
from integrations.api.guard import KeyWith
from integrations.api.problems import Problem

router = APIRouter(tags=["health"])
OK = "ok"


@router.get("/livez", response_model=None, responses=gives({"status": "alive"}))
async def livez() -> Response:
    """Answered on the event loop, so that a process whose threads are all busy is not taken for dead."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz", response_model=None, responses=gives(examples.READY, refuses=(503,)))
def readyz(door: TheDoor) -> Response:
    parts = dict(door.assistant.readiness())
    troubles = [f"{part}: {state}" for part, state in parts.items() if state != OK]
    if troubles:
        detail = f"Not ready. {'; '.join(troubles)}"
        return Problem(503, detail, extra={"parts": parts}, headers={"Retry-After": "5"}).response()
    return JSONResponse({"status": "ready", "parts": parts})


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    dependencies=[Depends(KeyWith("metrics", or_local=True))],
    responses=gives(None, refuses=(401, 403, 429))
    | {200: {"content": {"text/plain": {"example": "privacy_assistant_requests_active 1.0\n"}}}},
)
def metrics(door: TheDoor) -> Response:
    """The Prometheus text form."""
    return Response(generate_latest(door.metrics.registry), media_type=CONTENT_TYPE_LATEST)
