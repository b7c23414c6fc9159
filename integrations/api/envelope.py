"""What every response carries, whoever wrote it: security headers, caching, an answer to HEAD."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from starlette.datastructures import Headers
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
_CSP, _VARY = CSP.lower().encode(), b"vary"
# The names that a server is asked for under are few; whoever sends others may compute for them.
HOSTS_REMEMBERED = 16

RawHeader = tuple[bytes, bytes]


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


def _raw(headers: Mapping[str, str]) -> dict[bytes, bytes]:
    return {name.lower().encode("latin-1"): value.encode("latin-1") for name, value in headers.items()}


class Envelope:
    def __init__(self, app: ASGIApp, *, allowed_origins: Iterable[str], public_url: str | None) -> None:
        self._app = app
        allowed = tuple(allowed_origins)
        always = dict(_STEADY)
        if public_url and public_url.lower().startswith("https://"):
            always["Strict-Transport-Security"] = _HSTS
        self._always, self._unless_set = _raw(always), _raw(_UNLESS_SET)

        @lru_cache(HOSTS_REMEMBERED)
        def policy_for(host: str) -> bytes:
            return content_security_policy(ancestors_of(host, allowed=allowed, public_url=public_url)).encode("latin-1")

        self._policy_for = policy_for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked_for_head = scope["method"] == "HEAD"
        if asked_for_head:
            scope = {**scope, "method": "GET"}

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._sealed(message.get("headers", ()), Headers(scope=scope).get("host", ""))
            elif asked_for_head:
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, sealed)

    def _sealed(self, headers: Iterable[RawHeader], host: str) -> list[RawHeader]:
        """Every response waits for this: names and values are put into bytes once, not at each."""
        said = [(name.lower(), value) for name, value in headers]
        names = {name for name, _ in said}
        varies = [value for name, value in said if name == _VARY]
        kept = [(name, value) for name, value in said if name not in self._always and name != _VARY]
        policy = () if _CSP in names else ((_CSP, self._policy_for(host)),)
        added = [(name, value) for name, value in self._unless_set.items() if name not in names]
        return [*kept, *self._always.items(), *policy, *added, (_VARY, b", ".join([*varies, b"Origin"]))]
