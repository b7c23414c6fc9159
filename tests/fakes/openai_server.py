"""A scripted OpenAI-compatible server on loopback: it lies, obeys, stalls, drips, breaks, or never ends."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "OpenAIServer"

    def do_POST(self) -> None:
        self.heard = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.paths.append(self.path)
        if self.headers.get("Content-Type", "").startswith("application/json"):
            self.server.requests.append(json.loads(self.heard))
        try:
            self.server.behaviour(self)
        except OSError:
            self.close_connection = True

    def reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin(self) -> None:
        """Headers of an answer whose length is never told."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class OpenAIServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.paths: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what half of these behaviours are for."""


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[OpenAIServer]:
    server = OpenAIServer(behaviour)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def completion(text: object) -> bytes:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return json.dumps(
        {
            "id": "c-1",
            "object": "chat.completion",
            "created": 0,
            "model": "scripted",
            "choices": [choice],
            "usage": usage,
        }
    ).encode()


def says(text: object) -> Behaviour:
    return lambda handler: handler.reply(200, completion(text))


def obeys(handler: Handler) -> None:
    """Do whatever an instruction in the clauses asks: the words after `say:` are said."""
    user = json.loads(json.loads(handler.heard)["messages"][-1]["content"])
    orders = [
        text.split("say:", 1)[1].strip() for text in (user["question"], *user["clauses"].values()) if "say:" in text
    ]
    handler.reply(200, completion(orders[0] if orders else "Nothing was ordered."))


def stalls(handler: Handler) -> None:
    handler.server.closing.wait(30)


def drips(handler: Handler) -> None:
    """One byte, again and again, for half a minute."""
    handler.begin()
    for _ in range(300):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        if handler.server.closing.wait(0.1):
            return


def rubbish(handler: Handler) -> None:
    handler.reply(200, b"\xff\xfe{{{ not json")


def breaks(handler: Handler) -> None:
    handler.reply(500, b'{"error": {"message": "broken"}}')


def endless(handler: Handler) -> None:
    handler.begin()
    end = time.monotonic() + 30
    while time.monotonic() < end and not handler.server.closing.is_set():
        handler.wfile.write(b"x" * 65536)
