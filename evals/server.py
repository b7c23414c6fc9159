"""A `privacy-assistant serve` of our own: started on a free port, waited for, measured and stopped."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from evals.memory import Memory, memory_of

READY_WITHIN_SECONDS = 900.0
STOP_WITHIN_SECONDS = 20.0
_POLL_SECONDS = 0.05
_READY = 200


class ServerFailed(Exception):
    """The server ended or did not become ready."""


@dataclass(frozen=True, slots=True)
class Server:
    """A serving process. `ready_seconds` runs from its birth until /readyz says so."""

    pid: int
    port: int
    ready_seconds: float

    def memory(self) -> Memory | None:
        return memory_of(self.pid)


def command(*arguments: str) -> list[str]:
    """The console command beside the running Python."""
    return [str(Path(sys.executable).with_name("privacy-assistant")), *arguments]


def environment(data_dir: Path) -> dict[str, str]:
    """The environment of this process without settings of ours, on that data folder and without rate limits."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRIVACY_ASSISTANT_")}
    return kept | {"PRIVACY_ASSISTANT_DATA_DIR": str(data_dir), "PRIVACY_ASSISTANT_RATE_LIMIT": "off"}


@contextmanager
def serving(data_dir: Path, *, log: Path | None = None) -> Iterator[Server]:
    """Serve from that data folder until the block ends; raises ServerFailed. What it says is added to `log`."""
    port = _free_port()
    born = time.perf_counter()
    with log.open("ab") if log else nullcontext(subprocess.DEVNULL) as out:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command("serve", "--host", "127.0.0.1", "--port", str(port)),
            env=environment(data_dir),
            # A `.env` of the folder we stand in is no part of the measurement.
            cwd=data_dir,
            stdout=out,
            stderr=out,
        )
    try:
        _wait_until_ready(process, port)
        yield Server(process.pid, port, time.perf_counter() - born)
    finally:
        process.terminate()
        try:
            process.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + READY_WITHIN_SECONDS
    while not _is_ready(port):
        if process.poll() is not None:
            raise ServerFailed(f"`privacy-assistant serve` ended with status {process.returncode}.")
        if time.monotonic() > until:
            raise ServerFailed(f"`privacy-assistant serve` was not ready within {READY_WITHIN_SECONDS:.0f} s.")
        time.sleep(_POLL_SECONDS)


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == _READY
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
