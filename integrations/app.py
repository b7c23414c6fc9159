"""The ASGI application: routes, what stands before them, and the server that runs it. Decides nothing itself."""

import gc
import logging
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache

import uvicorn
from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from assistant.errors import Unavailable
from integrations.api import ask, conversations, errors, health, incidents, policy, reports, tickets
from integrations.api.addresses import networks
from integrations.api.door import Door
from integrations.api.envelope import Envelope
from integrations.api.facade import Assistant, Change, Compare
from integrations.api.guard import check_every_route
from integrations.api.intake import Doorstep, Intake, Queue
from integrations.api.journal import Journal, Metrics
from integrations.api.limits import TokenBuckets, Unlimited
from integrations.api.origins import OriginRule
from integrations.pages import routes as pages
from integrations.pages.assets import Assets
from integrations.widget import routes as widget
from integrations.widget.files import load_widget
from integrations.widget.words import load_words
from knowledge.clause import PolicyVersion
from knowledge.versions.difference import diff

ROUTERS: tuple[APIRouter, ...] = (
    conversations.router,
    policy.router,
    ask.router,
    tickets.router,
    incidents.router,
    reports.router,
    health.router,
    pages.router,
    widget.router,
)
# The framework's own traces and logs would carry exception messages and what callers sent.
NO_TELEMETRY = TelemetryConfig(tracing=False, metrics=False, logs=False, operation_spans=False, auto_configure=False)
DRAIN_SECONDS = 10
BACKLOG = 2048
# New objects before the young ones are searched, such searches before the older ones are, and those before all are.
SEARCH_AFTER = (10_000, 20, 20)


def clause_changes(old: PolicyVersion, new: PolicyVersion) -> Sequence[Change]:
    """Every clause of both versions with what became of it."""
    return diff(old, new).entries


def create_app(
    assistant: Assistant,
    *,
    compare: Compare = clause_changes,
    ticks: Callable[[], float] = time.monotonic,
    doors: Sequence[Middleware] = (),
) -> FastAPI:
    """The doors of one assistant; raises UnguardedRoute where a route is open that nobody listed as public.

    The application closes the assistant when it shuts down. `ticks` gives seconds that never run backwards. `doors`
    are further ones that answer at an address of their own before bodies are read: each bounds what it takes itself.
    """
    metrics = Metrics()
    app = FastAPI(
        title="Privacy assistant",
        version="1",
        description="Answers questions about a privacy policy in the policy's own words.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
        middleware=_before_the_routes(assistant, metrics, doors),
        routes=list(_routes()),
        telemetry=NO_TELEMETRY,
    )
    app.state.door = Door(
        assistant=assistant,
        limiter=TokenBuckets(ticks) if assistant.settings.rate_limit else Unlimited(),
        metrics=metrics,
        compare=compare,
        assets=Assets(assistant.organisation.look),
        widget=load_widget(load_words(), assistant.organisation.name),
        proxies=networks(assistant.settings.trusted_proxies),
    )
    errors.install(app)
    check_every_route(app)
    return app


@cache
def _routes() -> Sequence[BaseRoute]:
    """Put together once for all applications of a process: that takes ten times as long as the rest of one.

    They know no application, so that its `dependency_overrides` would do nothing.
    """
    together = APIRouter()
    for router in ROUTERS:
        together.include_router(router)
    return together.routes


class CannotListen(Unavailable):
    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"Cannot listen on {host}:{port}: {reason.lower()}. Choose another --host or --port.")


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, port 0 being any free one: CannotListen before any work is done for nothing."""
    # A browser asked for `localhost` tries 127.0.0.1 too, but not the other way round: so that both names answer.
    host = "127.0.0.1" if host == "localhost" else host
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (socket.gaierror, UnicodeError) as error:
        raise CannotListen(host, port, "there is no such address") from error
    except OSError as error:
        raise CannotListen(host, port, os.strerror(error.errno or 0)) from error


def serve(app: FastAPI, listening: socket.socket) -> None:
    """Serve until told to stop; what is being worked on then has `DRAIN_SECONDS` to finish."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", force=True)
    _leave_out_what_is_loaded()
    host, port, *_ = listening.getsockname()
    uvicorn.Server(server_config(app, host=host, port=port)).run([listening])


def _leave_out_what_is_loaded() -> None:
    """The search for unreachable objects stops every thread, for 200 ms when it is done whole: what was loaded so far
    stays for good and is left out of it, and what requests leave behind is searched less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SEARCH_AFTER)


def server_config(app: FastAPI, *, host: str, port: int) -> uvicorn.Config:
    """How the server is run: our own journal instead of its access log, and a parser that bounds headers.

    Its reading of forwarding headers stays off: it would take any local proxy's word.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http="h11",
        ws="none",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


def _before_the_routes(assistant: Assistant, metrics: Metrics, doors: Sequence[Middleware]) -> list[Middleware]:
    """Outermost first."""
    settings = assistant.settings
    public_url, origins = settings.public_url, settings.allowed_origins
    return [
        Middleware(Envelope, allowed_origins=origins, public_url=public_url),
        Middleware(Journal, metrics=metrics),
        Middleware(Doorstep, rule=OriginRule(public_url=public_url, allowed=origins)),
        *doors,
        Middleware(Intake),
        Middleware(Queue),
    ]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Checks the routes once more: what was added since counts as well."""
    check_every_route(app)
    try:
        yield
    finally:
        app.state.door.assistant.close()
