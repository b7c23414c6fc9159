"""A receiver on this machine that speaks TLS, a client that may reach it, and what is sent to it."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.outbox.values import Delivery, Kind, Message
from integrations.webhooks.client import PublicClient
from tests.fakes.certificates import client_context, make_certificate, server_context

HOST = "hooks.example.com"
START = datetime(2026, 9, 22, 10, 15, 7, 123456, tzinfo=UTC)


@dataclass(frozen=True)
class Posted:
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers 200, or what it was told to answer first: a status and headers."""

    certificate: Path
    port: int = 0
    answers: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)
    body: bytes = b"ok"

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}/in?a=b"

    def client(self, *addresses: str, **changes: Any) -> PublicClient:
        """Reaches the receiver, and only that, under its name."""
        options: dict[str, Any] = {
            "resolve": lambda host, port: list(addresses or ("127.0.0.1",)),
            "permitted": lambda address: address == "127.0.0.1",
            "ports": frozenset({self.port}),
            "context": client_context(self.certificate),
        }
        return PublicClient(**{**options, **changes})


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.posted.append(Posted(self.path, dict(self.headers.items()), body))
            status, headers = receiver.answers.pop(0) if receiver.answers else (200, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(receiver.body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 the library's name
            pass

    return Handler


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Some clients of these tests go away on purpose."""


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    made = Receiver(make_certificate(tmp_path, HOST))
    server = _Quiet(("127.0.0.1", 0), _handler(made))
    server.socket = server_context(made.certificate).wrap_socket(server.socket, server_side=True)
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def event(to: str, *, attempt: int = 1, kind: Kind = Kind.WEBHOOK, **changes: Any) -> Delivery:
    fields: dict[str, Any] = {"subject": "incident.reported", "body": "", "data": {"reference": "CM-7F3K-92QD"}}
    return Delivery("a1b2", attempt, START, Message(kind, to, purpose="alert", **{**fields, **changes}))


def looked_up(*answers: Sequence[str]) -> Any:
    """A name server that gives these answers one after the other, then the last one for ever."""
    waiting = list(answers)
    return lambda host, port: waiting.pop(0) if len(waiting) > 1 else waiting[0]
