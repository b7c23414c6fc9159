"""The readable pages and what they load."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from integrations.api.door import Door, TheDoor
from integrations.api.envelope import CSP, ancestors_of, content_security_policy
from integrations.api.origins import twin_of
from integrations.api.policy import REVALIDATE, revalidated, today
from integrations.api.problems import Problem, Refused
from integrations.api.schemas import VersionName
from integrations.pages.demo_page import demo_content
from integrations.pages.layout import page
from integrations.pages.markup import Html, element
from integrations.pages.policy_page import comparison_content, policy_content

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_HTML = "text/html; charset=utf-8"
_FOR_GOOD = "public, max-age=31536000, immutable"


@router.get("/")
def demo_page(request: Request, door: TheDoor) -> Response:
    """On this machine the widget comes from its other name, so that the frame is as foreign as on a host's page."""
    organisation = door.assistant.organisation
    twin = None if door.assistant.settings.public_url else twin_of(request.headers.get("host", ""))
    home = f"http://{twin}" if twin else ""
    shown = page(
        demo_content(organisation, f"{home}/widget.js"),
        title="Demonstration",
        organisation=organisation,
        assets=door.assets,
        style="demo.css",
        kind="demo",
    )
    return _embedding(request, door, revalidated(request, shown, _HTML), home or "'self'")


@router.get("/policy")
def policy_page(
    request: Request,
    door: TheDoor,
    version: VersionName | None = None,
    compare: Annotated[VersionName | None, Query()] = None,
) -> Response:
    """The version in force or another; with `compare`, what changed since that one."""
    policies = door.assistant.policies
    shown = policies.find(version) if version else policies.current(today(door))
    versions = policies.versions()
    if compare:
        old = policies.find(compare)
        return _policy(request, door, comparison_content(old, shown, door.compare(old, shown), versions), "Changes")
    return _policy(request, door, policy_content(shown, versions), shown.title)


@router.get("/assets/{name}")
def asset(request: Request, door: TheDoor, name: str, v: str = "") -> Response:
    found = door.assets.find(name)
    if found is None:
        raise Refused(Problem(404, "There is nothing at this address."))
    response = revalidated(request, found.content, found.media_type)
    response.headers["Cache-Control"] = _FOR_GOOD if v == found.digest else REVALIDATE
    return response


def _policy(request: Request, door: Door, content: Html, title: str) -> Response:
    shown = page(
        content,
        element("script", src="/widget.js", async_=True),
        title=title,
        organisation=door.assistant.organisation,
        assets=door.assets,
        script="policy.js",
        kind="policy",
    )
    return _embedding(request, door, revalidated(request, shown, _HTML), "'self'")


def _embedding(request: Request, door: Door, response: Response, source: str) -> Response:
    settings = door.assistant.settings
    host = request.headers.get("host", "")
    framed_by = ancestors_of(host, allowed=settings.allowed_origins, public_url=settings.public_url)
    response.headers[CSP] = content_security_policy(framed_by, embeds=source)
    return response
