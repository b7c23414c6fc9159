"""The published policy as JSON: the version in force, any other, and what changed between two."""

import hashlib
import json
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from integrations.api import examples
from integrations.api.description import gives
from integrations.api.door import Door, TheDoor
from integrations.api.facade import Change
from integrations.api.schemas import VersionName
from knowledge.clause import Clause, PolicyVersion, Section

router = APIRouter(prefix="/v1/policy", tags=["policy"])

# Kept by the caller and asked for anew each time: a policy may be published at any moment.
REVALIDATE = "public, no-cache"


@router.get("", response_model=None, responses=gives(examples.POLICY, refuses=(503,)))
def current_policy(request: Request, door: TheDoor) -> Response:
    """The version in force, clause by clause, with offsets into the published text."""
    return _json(request, policy_json(door.assistant.policies.current(today(door))))


@router.get("/versions", response_model=None, responses=gives(examples.VERSIONS, refuses=(503,)))
def policy_versions(request: Request, door: TheDoor) -> Response:
    """Every published version, oldest first."""
    policies = door.assistant.policies
    current = policies.current(today(door))
    shown = [
        {**_facts(version), "title": version.title, "current": version.sha256 == current.sha256}
        for version in policies.versions()
    ]
    return _json(request, {"versions": shown})


@router.get("/versions/{version}", response_model=None, responses=gives(examples.POLICY, refuses=(404, 422)))
def policy_version(request: Request, door: TheDoor, version: VersionName) -> Response:
    """One version, by its label or by 12 or more hex digits of its hash."""
    return _json(request, policy_json(door.assistant.policies.find(version)))


@router.get("/diff", response_model=None, responses=gives(examples.DIFF, refuses=(404, 422)))
def policy_diff(
    request: Request,
    door: TheDoor,
    older: Annotated[VersionName, Query(alias="from")],
    newer: Annotated[VersionName, Query(alias="to")],
) -> Response:
    """What was added, removed, changed or moved between two versions."""
    old, new = door.assistant.policies.find(older), door.assistant.policies.find(newer)
    changes = [_change(change) for change in door.compare(old, new)]
    return _json(request, {"from": _facts(old), "to": _facts(new), "changes": changes})


def today(door: Door) -> date:
    """The day where the organisation is."""
    return door.assistant.clock().astimezone(door.assistant.organisation.zone).date()


def revalidated(request: Request, content: bytes, media_type: str) -> Response:
    """The content under its ETag, or 304 where the caller has it."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": REVALIDATE}
    known = {entry.strip().removeprefix("W/") for entry in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def policy_json(version: PolicyVersion) -> dict[str, Any]:
    return {**_facts(version), "title": version.title, "sections": [_section(part) for part in version.sections]}


def _json(request: Request, content: Any) -> Response:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return revalidated(request, written, "application/json")


def _facts(version: PolicyVersion) -> dict[str, Any]:
    return {
        "version": version.label,
        "sha256": version.sha256,
        "effective": version.effective and version.effective.isoformat(),
        "retrieved": version.retrieved and version.retrieved.isoformat(),
    }


def _section(section: Section) -> dict[str, Any]:
    paragraphs = [[_clause(clause) for clause in paragraph] for paragraph in section.paragraphs]
    return {"number": section.number, "title": section.title, "paragraphs": paragraphs}


def _clause(clause: Clause) -> dict[str, Any]:
    return {"clause": clause.id, "text": clause.text, "start": clause.start, "end": clause.end}


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "from": change.old and _clause(change.old),
        "to": change.new and _clause(change.new),
    }
