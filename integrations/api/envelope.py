"""What every response carries, whoever wrote it: security headers, caching, an answer to HEAD."""

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.api.origins import configured_origin, twin_of

CSP = "Content-Security-Policy"
_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
_STEADY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Permitted-Cross-Domain-Policies": "none",
}
# A route may say otherwise: an asset may be kept, the widget's loader is fetched by other sites.
_UNLESS_SET = {"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"}
_HSTS = "max-age=31536000"


def content_security_policy(ancestors: Iterable[str], *, embeds: str | None = None) -> str:
    """Who may frame it, and for a page that carries the widget, the origin that the widget comes from."""
    scripts = ["script-src 'self'"] if embeds in {None, "'self'"} else [f"script-src 'self' {embeds}"]
    frames = [f"frame-src {embeds}"] if embeds else []
    framed = " ".join(["'self'", *sorted({configured_origin(origin) for origin in ancestors})])
    return "; ".join([*_POLICY, *scripts, *frames, f"frame-ancestors {framed}"])


def ancestors_of(host: str, *, allowed: Iterable[str], public_url: str | None) -> list[str]:
    """Who may frame a page asked for under this name. Before it has a public name, its twin on this machine may:
    the demonstration page stands there.
    """
    twin = None if public_url else twin_of(host)
    return [*allowed, *([f"http://{twin}"] if twin else [])]


class Envelope:
    def __init__(self, app: ASGIApp, *, allowed_origins: Iterable[str], public_url: str | None) -> None:
        self._app = app
        self._allowed, self._public_url = tuple(allowed_origins), public_url
        self._always = dict(_STEADY)
        if public_url and public_url.lower().startswith("https://"):
            self._always["Strict-Transport-Security"] = _HSTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked_for_head = scope["method"] == "HEAD"
        if asked_for_head:
            scope = {**scope, "method": "GET"}

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._seal(MutableHeaders(scope=message), Headers(scope=scope).get("host", ""))
            elif asked_for_head:
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, sealed)

    def _seal(self, headers: MutableHeaders, host: str) -> None:
        for name, value in self._always.items():
            headers[name] = value
        if CSP not in headers:
            framed_by = ancestors_of(host, allowed=self._allowed, public_url=self._public_url)
            headers[CSP] = content_security_policy(framed_by)
        for name, value in _UNLESS_SET.items():
            headers.setdefault(name, value)
        headers.add_vary_header("Origin")
