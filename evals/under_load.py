"""The server from an empty data folder to a minute of visitors: how soon it is ready, how fast, and how large."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evals.memory import Memory
from evals.server import serving

RESTARTS = 3
CONVERSATIONS = 40
TURN_ROUTE = "/v1/conversations/{conversation_id}/messages"
WARM_UP_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Load:
    """An open loop: turns a second, for so many seconds."""

    rate: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Served:
    """Seconds to ready on an empty data folder and, several times, on one with an index; latencies in milliseconds.

    `server_…_ms` is what the server itself logged for the same turns. `sent_late_p99_ms` is how far behind the client
    was: above a few milliseconds the figures are its own.
    """

    first_ready_seconds: float
    ready_seconds: tuple[float, ...]
    turns: int
    errors: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    server_p50_ms: float
    server_p95_ms: float
    sent_late_p99_ms: float
    memory_after_first: Memory | None
    memory_after_load: Memory | None


def measure(data_dir: Path, load: Load, *, say: Callable[[str], None] = lambda _line: None) -> Served:
    """`data_dir` must be empty; it holds an index afterwards. Raises ServerFailed."""
    say("first start: migrating and indexing an empty data folder")
    with serving(data_dir) as server:
        first, memory_after_first = server.ready_seconds, server.memory()
    say("starts on an existing index")
    ready = []
    for _ in range(RESTARTS - 1):
        with serving(data_dir) as server:
            ready.append(server.ready_seconds)
    with TemporaryDirectory() as scratch, serving(data_dir, log=(log := Path(scratch, "log"))) as server:
        ready.append(server.ready_seconds)
        # With the last questions: the server remembers some of them, and the first come next.
        _drive(server.port, Load(load.rate, WARM_UP_SECONDS), begin=-int(load.rate * WARM_UP_SECONDS))
        say(f"{load.rate:.0f} turns a second for {load.seconds:.0f} s")
        warm = len(logged_turns(log))
        sent = _drive(server.port, load)
        memory, at_server = server.memory(), logged_turns(log)[warm:]
    seconds, late = np.array([one[0] for one in sent]), np.array([one[1] for one in sent])
    p50, p95, p99 = np.percentile(seconds * 1_000, [50, 95, 99])
    server_p50, server_p95 = np.percentile(at_server, [50, 95])
    return Served(
        first_ready_seconds=first,
        ready_seconds=tuple(ready),
        turns=len(sent),
        errors=sum(not good for _, _, good in sent),
        p50_ms=float(p50),
        p95_ms=float(p95),
        p99_ms=float(p99),
        server_p50_ms=float(server_p50),
        server_p95_ms=float(server_p95),
        sent_late_p99_ms=float(np.percentile(late * 1_000, 99)),
        memory_after_first=memory_after_first,
        memory_after_load=memory,
    )


def logged_turns(log: Path) -> list[float]:
    """The milliseconds that the server logged for each turn, in the order in which they ended."""
    lines = [line for line in log.read_text(encoding="utf-8").splitlines() if '"event": "request"' in line]
    entries = [json.loads(line[line.index("{") :]) for line in lines]
    return [entry["ms"] for entry in entries if entry["route"] == TURN_ROUTE and entry["method"] == "POST"]


def _drive(port: int, load: Load, *, begin: int = 0) -> list[tuple[float, float, bool]]:
    arguments = {
        "port": port,
        "rate": load.rate,
        "seconds": load.seconds,
        "conversations": CONVERSATIONS,
        "begin": begin,
    }
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "evals.load", *(f"--{name}={value}" for name, value in arguments.items())],
        check=True,
        capture_output=True,
    )
    return [(seconds, late, good) for seconds, late, good in json.loads(done.stdout)]
