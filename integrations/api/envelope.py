"""What every response carries, whoever wrote it: security headers, caching, an answer to HEAD."""

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.api.origins import configured_origin

_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
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


def content_security_policy(allowed_origins: Iterable[str]) -> str:
    ancestors = " ".join(["'self'", *sorted(configured_origin(origin) for origin in allowed_origins)])
    return "; ".join([*_POLICY, f"frame-ancestors {ancestors}"])


class Envelope:
    def __init__(self, app: ASGIApp, *, allowed_origins: Iterable[str], public_url: str | None) -> None:
        self._app = app
        self._always = {**_STEADY, "Content-Security-Policy": content_security_policy(allowed_origins)}
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
                self._seal(MutableHeaders(scope=message))
            elif asked_for_head:
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, sealed)

    def _seal(self, headers: MutableHeaders) -> None:
        for name, value in self._always.items():
            headers[name] = value
        for name, value in _UNLESS_SET.items():
            headers.setdefault(name, value)
        headers.add_vary_header("Origin")
