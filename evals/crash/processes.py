"""The processes of the product in a run: started, waited for, killed without warning, and started again."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.crash.sabotage import LAUNCH
from evals.server import command

FIRST_READY_SECONDS, READY_SECONDS, STOP_SECONDS = 900.0, 120.0, 40.0
WORKER_SAYS = "sending what the outbox holds"
_POLL_SECONDS = 0.02
_READY = 200


class NotRunning(Exception):
    """A process ended by itself, or did not become ready."""


@dataclass(frozen=True, slots=True)
class Where:
    """What every process of the product is started with."""

    data_dir: Path
    logs: Path
    environ: Mapping[str, str] = field(repr=False)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(  # noqa: S603 our own command
            command(*arguments), env=dict(self.environ), cwd=self.data_dir, capture_output=True, text=True, check=False
        )


class Process:
    """One process at a time of this command. `port` is that of a server, None for a worker."""

    def __init__(self, name: str, where: Where, *, port: int | None = None, broken: bool = False) -> None:
        self.name = name
        self.port = port
        self._where = where
        self._command = _sabotaged if broken else command
        self._log = where.logs / f"{name.replace(' ', '-')}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._born = 0.0
        self._log_begins = 0

    def start(self) -> None:
        arguments = ("worker",) if self.port is None else ("serve", "--host", "127.0.0.1", "--port", str(self.port))
        self._log.touch()
        self._log_begins = self._log.stat().st_size
        self._born = time.perf_counter()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 our own command
                self._command(*arguments),
                env=dict(self._where.environ),
                # A `.env` of the folder we stand in is no part of the run.
                cwd=self._where.data_dir,
                stdout=log,
                stderr=log,
            )

    def wait_ready(self, *, seconds: float = READY_SECONDS) -> float:
        """Seconds from its birth until it is at work; raises NotRunning."""
        while not self._is_ready():
            waited = time.perf_counter() - self._born
            if self._running().poll() is not None:
                raise NotRunning(f"The {self.name} ended with status {self._running().returncode}: see {self._log}.")
            if waited > seconds:
                raise NotRunning(f"The {self.name} was not ready within {seconds:.0f} s: see {self._log}.")
            time.sleep(_POLL_SECONDS)
        return time.perf_counter() - self._born

    def kill(self) -> None:
        """SIGKILL: it notices nothing."""
        if self._running().poll() is not None:
            raise NotRunning(f"The {self.name} had ended by itself, status {self._running().returncode}: {self._log}.")
        self._running().send_signal(signal.SIGKILL)
        self._running().wait()

    def stop(self) -> None:
        """Ask it to end, and see to it that it does."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            raise NotRunning(f"The {self.name} was not started.")
        return self._process

    def _is_ready(self) -> bool:
        return self._has_said(WORKER_SAYS) if self.port is None else _answers(self.port)

    def _has_said(self, words: str) -> bool:
        with self._log.open("rb") as log:
            log.seek(self._log_begins)
            return words.encode() in log.read()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _sabotaged(*arguments: str) -> list[str]:
    return [sys.executable, "-c", LAUNCH, *arguments]


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == _READY
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def of_names(processes: Sequence[Process], names: Sequence[str]) -> tuple[Process, ...]:
    """Those of the processes, in the order of the names."""
    by_name = {process.name: process for process in processes}
    return tuple(by_name[name] for name in names)
