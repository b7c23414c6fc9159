"""The reports of the desk over HTTP: counts and masked texts, nobody's data."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import JSONResponse, Response

from assistant.reports.desk import LONGEST_DAYS, USUAL_DAYS
from assistant.reports.gaps import Gap, GapReport
from assistant.reports.sla import KindFigures, LimitFigures, SlaReport
from assistant.tickets.values import instant
from integrations.api import desk_examples as examples
from integrations.api.description import gives
from integrations.api.door import TheDoor
from integrations.api.guard import KeyWith

router = APIRouter(prefix="/v1/reports", tags=["desk"], dependencies=[Depends(KeyWith("desk:read"))])

_REFUSES = (401, 403, 422, 429, 503)
Days = Annotated[int, Query(ge=1, le=LONGEST_DAYS, description="How far back from now.")]


@router.get("/sla", response_model=None, responses=gives(examples.SLA, refuses=_REFUSES))
def sla(door: TheDoor, days: Days = USUAL_DAYS) -> Response:
    """Which limits were kept and missed on tickets opened in the last days, and what stands in the queue now."""
    return JSONResponse(sla_as_json(door.assistant.reports.sla(days=days)))


@router.get("/gaps", response_model=None, responses=gives(examples.GAPS, refuses=_REFUSES))
def gaps(door: TheDoor, days: Days = USUAL_DAYS) -> Response:
    """What visitors asked in the last days that the policy does not state: counted by the nearest clause, and grouped
    by like wording. A conversation that was erased, or is past its retention, counts no more.
    """
    return JSONResponse(gaps_as_json(door.assistant.reports.gaps(days=days)))


def sla_as_json(report: SlaReport) -> dict[str, Any]:
    return {
        "since": instant(report.since),
        "until": instant(report.until),
        "awaiting_verification": report.awaiting_verification,
        "kinds": [_kind(figures) for figures in report.kinds],
    }


def gaps_as_json(report: GapReport) -> dict[str, Any]:
    return {
        "since": instant(report.since),
        "until": instant(report.until),
        "turns": dict(report.turns),
        "not_stated": report.not_stated,
        "not_understood": report.not_understood,
        "grouped": report.grouped,
        "clauses": [asdict(clause) for clause in report.clauses],
        "gaps": [_gap(gap) for gap in report.gaps],
    }


def _kind(figures: KindFigures) -> dict[str, Any]:
    return {
        **asdict(figures),
        "kind": figures.kind.value,
        "oldest_open_at": instant(figures.oldest_open_at),
        "first_answers": _limit(figures.first_answers),
        "answers": _limit(figures.answers),
    }


def _limit(figures: LimitFigures) -> dict[str, Any]:
    return {**asdict(figures), "kept_share": figures.kept_share}


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        **asdict(gap),
        "examples": list(gap.examples),
        "nearest": list(gap.nearest),
        "first_at": instant(gap.first_at),
        "last_at": instant(gap.last_at),
    }
