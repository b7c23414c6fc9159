"""Wall time of console commands that answer no question, beside the bare interpreter."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.server import command, environment

YARDSTICK = "python -c pass"
_COMMANDS: Mapping[str, Sequence[str]] = {
    YARDSTICK: (sys.executable, "-c", "pass"),
    "privacy-assistant --help": command("--help"),
    "privacy-assistant policy versions": command("policy", "versions"),
    "privacy-assistant keys list": command("keys", "list"),
}


@dataclass(frozen=True, slots=True)
class Timed:
    """The best of several runs; `status` is the worst exit status among them."""

    name: str
    seconds: float
    status: int


def time_commands(data_dir: Path, *, repeats: int) -> tuple[Timed, ...]:
    """Each command in turn, then all again: what disturbs the machine for a while disturbs all of them."""
    runs: dict[str, list[Timed]] = {name: [] for name in _COMMANDS}
    for _ in range(repeats):
        for name, arguments in _COMMANDS.items():
            runs[name].append(_timed(name, arguments, data_dir))
    return tuple(
        Timed(name, min(run.seconds for run in timed), max(abs(run.status) for run in timed))
        for name, timed in runs.items()
    )


def _timed(name: str, arguments: Sequence[str], data_dir: Path) -> Timed:
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own command
        arguments, env=environment(data_dir), cwd=data_dir, capture_output=True, check=False
    )
    return Timed(name, time.perf_counter() - start, done.returncode)
