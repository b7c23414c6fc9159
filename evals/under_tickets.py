"""The server while tickets pour in: how many a second it takes, how fast, and what each costs it, beside the chat.

The chat with the tickets of the desk, the chat with visitors who open tickets, and then all three at once.

The milliseconds of a busy machine are half its neighbours'; the CPU time that the server itself used is nearly not.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from evals.memory import Memory, cpu_seconds_of
from evals.server import Server, command, environment, serving
from evals.ticket_load import KEY_VARIABLE
from evals.under_load import CONVERSATIONS, WARM_UP_SECONDS, Load

DESK_RATE, DIALOGUE_RATE = 150.0, 5.0
SECONDS = 20.0
# Alone, each loop tells what one of its requests costs; half the time is enough for that.
ALONE = 0.5
_CHAT, _DESK, _DIALOGUES = "chat turns", "tickets of the desk", "turns that open a ticket"
_MIXTURES = ((_CHAT, _DESK), (_CHAT, _DIALOGUES), (_CHAT, _DESK, _DIALOGUES))


@dataclass(frozen=True, slots=True)
class Flow:
    """One loop. `p…_ms` of those that were answered well; `cpu_ms` what the server used for each when alone with it.

    A dialogue's is for all of it: a conversation, two turns, a ticket and its mail.
    """

    name: str
    rate: float
    sent: int
    errors: int
    accepted_a_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    sent_late_p99_ms: float
    cpu_ms: float | None


@dataclass(frozen=True, slots=True)
class Mixed:
    """Loops that ran at the same time, and how many cores the server used meanwhile."""

    flows: tuple[Flow, ...]
    cores: float | None


@dataclass(frozen=True, slots=True)
class Poured:
    seconds: float
    mixtures: tuple[Mixed, ...]
    memory: Memory | None


def measure(data_dir: Path, chat: Load, *, say: Callable[[str], None] = lambda _line: None) -> Poured:
    """Each loop alone, then each mixture for 20 s, or for less where the chat's load is shorter. ServerFailed."""
    key = _desk_key(data_dir)
    lasting = min(chat.seconds, SECONDS)
    rates = {_CHAT: chat.rate, _DESK: DESK_RATE, _DIALOGUES: DIALOGUE_RATE}
    with serving(data_dir) as server:
        _run(server, rates, WARM_UP_SECONDS, key)
        alone = {}
        for name, rate in rates.items():
            say(f"{name}, alone: {rate:.0f} a second for {lasting * ALONE:.0f} s")
            sent, cpu = _run(server, {name: rate}, lasting * ALONE, key)
            alone[name] = None if cpu is None else cpu * 1_000 / len(sent[name])
        mixtures = []
        for names in _MIXTURES:
            say(f"{' and '.join(names)} together for {lasting:.0f} s")
            begin = time.monotonic()
            sent, cpu = _run(server, {name: rates[name] for name in names}, lasting, key)
            took = time.monotonic() - begin
            flows = tuple(flow_of(name, rates[name], sent[name], alone[name]) for name in names)
            mixtures.append(Mixed(flows, None if cpu is None else cpu / took))
        return Poured(lasting, tuple(mixtures), server.memory())


def table(poured: Poured) -> Table:
    columns = ("sent/s", "taken/s", "p50 / p95 / p99 ms", "client late, p99", "errors", "CPU ms alone")
    found = Table("at the same time", *columns, title=f"tickets beside the chat, {poured.seconds:.0f} s each")
    for mixed in poured.mixtures:
        for flow in mixed.flows:
            found.add_row(
                flow.name,
                f"{flow.rate:.0f}",
                f"{flow.accepted_a_second:.1f}",
                f"{flow.p50_ms:.1f} / {flow.p95_ms:.1f} / {flow.p99_ms:.1f}",
                f"{flow.sent_late_p99_ms:.1f} ms",
                str(flow.errors),
                "not known here" if flow.cpu_ms is None else f"{flow.cpu_ms:.2f}",
            )
        found.add_row("cores used", "" if mixed.cores is None else f"{mixed.cores:.2f}")
        found.add_section()
    found.add_row("memory, resident / peak", _mib(poured.memory))
    return found


def _mib(memory: Memory | None) -> str:
    return f"{memory.resident:.0f} / {memory.peak:.0f} MiB" if memory else "not known here"


def _desk_key(data_dir: Path) -> str:
    made = subprocess.run(  # noqa: S603 - our own command
        command("keys", "create", "--name", "bench", "--scope", "desk"),
        env=environment(data_dir),
        cwd=data_dir,
        check=True,
        capture_output=True,
        text=True,
    )
    return made.stdout.split()[-1]


def _run(server: Server, rates: dict[str, float], seconds: float, key: str) -> tuple[dict[str, Any], float | None]:
    """What each loop's process says, and the CPU seconds that the server used meanwhile."""
    before = cpu_seconds_of(server.pid)
    running = {name: _start(name, server.port, Load(rate, seconds), key) for name, rate in rates.items()}
    said = {name: json.loads(process.communicate()[0]) for name, process in running.items()}
    after = cpu_seconds_of(server.pid)
    return said, None if before is None or after is None else after - before


def _start(name: str, port: int, load: Load, key: str) -> "subprocess.Popen[bytes]":
    loop = {
        _CHAT: ["evals.load", f"--conversations={CONVERSATIONS}"],
        _DESK: ["evals.ticket_load", "desk"],
        _DIALOGUES: ["evals.ticket_load", "dialogues"],
    }[name]
    return subprocess.Popen(  # noqa: S603 - our own modules
        [sys.executable, "-m", *loop, f"--port={port}", f"--rate={load.rate}", f"--seconds={load.seconds}"],
        env={**os.environ, KEY_VARIABLE: key},
        stdout=subprocess.PIPE,
    )


def flow_of(name: str, rate: float, sent: list[tuple[float, float, bool]], cpu_ms: float | None) -> Flow:
    """`sent`: seconds, lateness and success of each; what failed has no time."""
    good = [seconds for seconds, _, is_good in sent if is_good]
    p50, p95, p99 = np.percentile(np.array(good or [float("nan")]) * 1_000, [50, 95, 99])
    # From the moment the first was sent to the answer of the last.
    span = len(sent) / rate + max((seconds + late for seconds, late, _ in sent[-50:]), default=0.0)
    return Flow(
        name=name,
        rate=rate,
        sent=len(sent),
        errors=len(sent) - len(good),
        accepted_a_second=len(good) / span,
        p50_ms=float(p50),
        p95_ms=float(p95),
        p99_ms=float(p99),
        sent_late_p99_ms=float(np.percentile([late * 1_000 for _, late, _ in sent], 99)),
        cpu_ms=cpu_ms,
    )
