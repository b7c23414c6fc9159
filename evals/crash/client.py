"""A client that repeats a call with the same key until it has an answer, whoever was killed meanwhile.

Knows HTTP and no story: what an answer means is its caller's.
"""

import json
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from typing import Any

from evals.crash.gauge import Gauge
from evals.crash.patience import Patience

TIMEOUT_SECONDS = 30.0
# Come back with the same key: still at work on it, too many, a failure, not now.
COME_BACK = frozenset({409, 429, 500, 503})
SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 0.5


@dataclass(frozen=True, slots=True)
class Call:
    """A call that may be made again. `headers` hold its key or its token."""

    method: str
    path: str
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any


class Tally:
    """What the clients met on the way to their answers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._met: Counter[str] = Counter()

    def add(self, what: str) -> None:
        with self._lock:
            self._met[what] += 1

    def met(self) -> Mapping[str, int]:
        with self._lock:
            return dict(self._met)


class Caller:
    """For one thread. Each try goes to one of the servers, drawn anew, so that a repeat may meet another process."""

    def __init__(self, ports: Sequence[int], gauge: Gauge, tally: Tally, patience: Patience, random: Random) -> None:
        self._ports = ports
        self._gauge = gauge
        self._tally = tally
        self._patience = patience
        self._random = random
        self._connections: dict[int, HTTPConnection] = {}

    def call(self, call: Call) -> Answer:
        """The answer, however many tries it takes; GaveUp when patience ends first."""
        while True:
            port = self._random.choice(self._ports)
            try:
                answer = self._once(port, call)
            except (OSError, HTTPException, ValueError):
                # Cut off in the middle of an answer, it is no JSON either.
                self._forget(port)
                self._tally.add("connection lost")
            else:
                self._tally.add("calls")
                if answer.status not in COME_BACK:
                    return answer
                self._tally.add(f"status {answer.status}")
            self._patience.pause(self._random.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))

    def close(self) -> None:
        for port in list(self._connections):
            self._forget(port)

    def _once(self, port: int, call: Call) -> Answer:
        connection = self._connection(port)
        body = None if call.body is None else json.dumps(call.body).encode()
        connection.request(call.method, call.path, body, {"Content-Type": "application/json", **call.headers})
        with self._gauge.sent(port):
            response = connection.getresponse()
            raw = response.read()
        return Answer(response.status, json.loads(raw) if raw else None)

    def _connection(self, port: int) -> HTTPConnection:
        if port not in self._connections:
            self._connections[port] = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        return self._connections[port]

    def _forget(self, port: int) -> None:
        connection = self._connections.pop(port, None)
        if connection is not None:
            with suppress(OSError):
                connection.close()
