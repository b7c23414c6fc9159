"""An open loop of turns over HTTP: each is sent when it is due, whether or not the one before has been answered.

Run by `evals.bench` as a process of its own: what it computes costs the server nothing but its share of the cores.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any

from evals.dataset import DatasetName, load_named

# Connections kept open; more turns than this are never in flight, or the server is far too slow anyway.
CONNECTIONS = 32
# The server closes what is idle for five seconds.
IDLE_SECONDS = 3.0
TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Sent:
    """One turn, in seconds. `late` is how long after it was due it was sent: our fault, not the server's."""

    seconds: float
    late: float
    good: bool


class Caller:
    """HTTP on a connection for each thread, kept open while it is in use."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._mine = threading.local()

    def post(
        self, path: str, body: object, token: str | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and JSON; HTTPException and OSError are the caller's."""
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        connection = self._connection()
        all_headers = {"Content-Type": "application/json", **bearer, **(headers or {})}
        connection.request("POST", path, json.dumps(body).encode(), all_headers)
        response = connection.getresponse()
        said = json.loads(response.read())
        self._mine.used = time.monotonic()
        return response.status, said

    def forget(self) -> None:
        """Close this thread's connection; the next call opens a new one."""
        connection: HTTPConnection | None = getattr(self._mine, "connection", None)
        if connection is not None:
            connection.close()
        self._mine.connection = None

    def _connection(self) -> HTTPConnection:
        if getattr(self._mine, "connection", None) and time.monotonic() - self._mine.used > IDLE_SECONDS:
            self.forget()
        if getattr(self._mine, "connection", None) is None:
            self._mine.connection = HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT_SECONDS)
            self._mine.used = time.monotonic()
        connection: HTTPConnection = self._mine.connection
        return connection


@dataclass(frozen=True, slots=True)
class Conversation:
    id: str
    token: str


def converse(caller: Caller, conversation: Conversation, text: str, due: float) -> Sent:
    """Send one turn now; `due` on the monotonic clock. What is not a Reply is no good."""
    start = time.perf_counter()
    late = time.monotonic() - due
    try:
        status, reply = caller.post(
            f"/v1/conversations/{conversation.id}/messages", {"text": text}, token=conversation.token
        )
    except (HTTPException, OSError, ValueError):
        caller.forget()
        return Sent(time.perf_counter() - start, late, good=False)
    return Sent(time.perf_counter() - start, late, good=status == 200 and "outcome" in reply)  # noqa: PLR2004


def open_loop(send: Callable[[int, float], Sent], *, rate: float, seconds: float) -> list[Sent]:
    """Call `send(number, due)` in a thread `rate` times a second, for so long, and wait for all of them."""
    begin = time.monotonic() + 0.5
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        calls = []
        for number in range(int(rate * seconds)):
            due = begin + number / rate
            time.sleep(max(0.0, due - time.monotonic()))
            calls.append(pool.submit(send, number, due))
        return [call.result() for call in calls]


def main(argv: Sequence[str] | None = None) -> None:
    """Print one JSON list: seconds, lateness and success of each turn."""
    parser = argparse.ArgumentParser(prog="evals.load")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--rate", type=float, required=True, help="turns a second")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--conversations", type=int, required=True)
    parser.add_argument("--begin", type=int, default=0, help="number of the first question")
    options = parser.parse_args(argv)
    questions = [case.turns[0] for case in load_named(DatasetName.ANSWERS) if len(case.turns) == 1]
    caller = Caller(options.port)
    opened = [caller.post("/v1/conversations", {"channel": "web"})[1] for _ in range(options.conversations)]
    conversations = [Conversation(one["id"], one["token"]) for one in opened]

    def send(number: int, due: float) -> Sent:
        question = questions[(options.begin + number) * 7 % len(questions)]
        return converse(caller, conversations[number % len(conversations)], question, due)

    sent = open_loop(send, rate=options.rate, seconds=options.seconds)
    json.dump([[one.seconds, one.late, one.good] for one in sent], sys.stdout)


if __name__ == "__main__":
    main()
