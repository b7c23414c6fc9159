"""The loader, the chat page, and what that page loads."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from integrations.api.door import TheDoor
from integrations.api.policy import REVALIDATE, revalidated
from integrations.api.problems import Problem, Refused
from integrations.pages.assets import style_of
from integrations.widget.files import WidgetFile
from integrations.widget.page import chat_page

router = APIRouter(include_in_schema=False)

_FOR_GOOD = "public, max-age=31536000, immutable"
_STYLE = "/widget/look.css"
Accent = Annotated[str | None, Query(pattern=r"^[0-9A-Fa-f]{6}$")]


@router.get("/widget.js")
def loader(request: Request, door: TheDoor, v: str = "") -> Response:
    """Fetched by other sites; with `crossorigin` on the script, by those alone that may call."""
    shown = _packed(request, door.widget.loader)
    shown.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if origin := request.headers.get("origin"):
        shown.headers["Access-Control-Allow-Origin"] = origin
    if v == door.widget.loader.digest:
        shown.headers["Cache-Control"] = _FOR_GOOD
    return shown


@router.get("/widget/")
def chat(request: Request, door: TheDoor, lang: str | None = None, accent: Accent = None) -> Response:
    """Never kept: it may stand on a shared computer."""
    language = door.widget.words.chosen(lang, request.headers.get("accept-language", ""))
    shown = chat_page(
        door.assistant.organisation,
        door.widget,
        language=language,
        accent=accent,
        icon=door.assets.url("icon.svg"),
        style=_STYLE,
    )
    return HTMLResponse(shown, headers={"Vary": "Accept-Language"})


@router.get(_STYLE)
def look(request: Request, door: TheDoor, accent: Accent = None) -> Response:
    """The organisation's colours, or a host's own accent in shades that can be read."""
    chosen = door.assistant.organisation.look
    if accent:
        chosen = chosen.model_copy(update={"accent": f"#{accent.lower()}"})
    return revalidated(request, style_of(chosen).encode(), "text/css")


@router.get("/widget/{build}/{name:path}")
def part(request: Request, door: TheDoor, build: str, name: str) -> Response:
    found = door.widget.parts.get(name)
    if found is None:
        raise Refused(Problem(404, "There is nothing at this address."))
    shown = _packed(request, found)
    shown.headers["Cache-Control"] = _FOR_GOOD if build == door.widget.build else REVALIDATE
    return shown


def _packed(request: Request, file: WidgetFile) -> Response:
    """The file, compressed where the caller takes that: it holds nothing that anybody typed."""
    accepts = {entry.partition(";")[0].strip() for entry in request.headers.get("accept-encoding", "").split(",")}
    if "gzip" not in accepts:
        response = revalidated(request, file.content, file.media_type)
    else:
        response = revalidated(request, file.packed, file.media_type)
        if response.status_code == 200:  # noqa: PLR2004 - a 304 has no body to be encoded
            response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response
