"""What the operator sees of a request: one line, a few counters, and the last resort when all else failed.

Route templates, statuses and times only: an address, an id or a word of a visitor never gets here.
"""

import json
import logging
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.api.errors import LAST_RESORT

UNMATCHED = "unmatched"
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_log = logging.getLogger(__name__)


class Metrics:
    """The counters of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        name = "privacy_assistant"
        labels = ("method", "route")
        self.requests = Counter(f"{name}_requests", "Requests.", (*labels, "status"), registry=self.registry)
        self.seconds = Histogram(
            f"{name}_request_seconds", "Time to the end.", labels, registry=self.registry, buckets=_BUCKETS
        )
        self.active = Gauge(f"{name}_requests_active", "Requests being worked on.", registry=self.registry)
        self.limited = Counter(f"{name}_limited", "Requests over a rate.", ("rate",), registry=self.registry)
        self.turns = Counter(f"{name}_turns", "Replies.", ("intent", "outcome"), registry=self.registry)
        self.failures = Counter(f"{name}_failures", "Last resorts.", ("error",), registry=self.registry)


class Journal:
    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        # Of each method, route and status: looking a counter up by its labels costs more than counting.
        self._counters: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0
        started = time.perf_counter()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self._metrics.active.track_inprogress():
            try:
                await self._app(scope, receive, watched)
            except Exception as error:  # noqa: BLE001 - the last resort: a visitor gets an answer, the log no words
                self._failed(scope, error)
                if not status:
                    await LAST_RESORT.response()(scope, receive, watched)
        self._enter(scope, status, time.perf_counter() - started)

    def _failed(self, scope: Scope, error: Exception) -> None:
        kind = type(error).__name__
        self._metrics.failures.labels(kind).inc()
        _log.error(json.dumps({"event": "failed", "error": kind, "route": route_of(scope)}))

    def _enter(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        route = route_of(scope)
        if (known := self._counters.get((method, route, status))) is None:
            counted, timed = self._metrics.requests, self._metrics.seconds
            known = counted.labels(method, route, str(status)), timed.labels(method, route)
            self._counters[method, route, status] = known
        counter, histogram = known
        counter.inc()
        histogram.observe(seconds)
        entry = {"event": "request", "method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        _log.info(json.dumps(entry))


def route_of(scope: Scope) -> str:
    """The template of the route that took the request, `/v1/conversations/{conversation_id}`."""
    return str(getattr(scope.get("route"), "path", UNMATCHED))
