"""The running service of the invented organisation, and pages of other sites to put the widget on."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from evals.server import environment

ROOT = Path(__file__).parents[2]
CLINIC = ROOT / "tests" / "data" / "harbourlight"
READY_WITHIN_SECONDS = 120
_CODE = re.compile(r"^(\d{4}) (\d{4})$", re.MULTILINE)


@dataclass(frozen=True)
class Service:
    """The same service under two names: `chat` is where the assistant is, `demo` the page it stands on."""

    port: int
    data_dir: Path
    pid: int

    @property
    def chat(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def demo(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def paused(self) -> Iterator[None]:
        """It still takes connections, and does nothing."""
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)

    def mails(self) -> set[Path]:
        return set((self.data_dir / "mail").glob("*.eml"))

    def code(self, before: set[Path]) -> str:
        """The code of the mail that came since, as it stands there: `1234 5678`."""
        give_up = time.monotonic() + 20
        while time.monotonic() < give_up:
            for mail in sorted(self.mails() - before):
                if found := _CODE.search(mail.read_text(encoding="utf-8")):
                    return found[0]
            time.sleep(0.05)
        raise AssertionError("No mail with a code has come.")


@contextmanager
def serving(data_dir: Path, *, policy: Path = CLINIC, allowed: str = "") -> Iterator[Service]:
    """`allowed`: the origins that may frame it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    settings = {"POLICY": str(policy), "ALLOWED_ORIGINS": allowed}
    variables = {f"PRIVACY_ASSISTANT_{name}": value for name, value in settings.items()}
    with (data_dir / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "integrations.cli", "serve", "--port", "0"],
            env={**environment(data_dir), **variables, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            # A `.env` of the folder we stand in is no part of the test.
            cwd=data_dir,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            service = Service(int(line.rstrip().rstrip("/").rpartition(":")[2]), data_dir, process.pid)
            _wait_until_ready(service, process)
            yield service
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


def _wait_until_ready(service: Service, process: "subprocess.Popen[str]") -> None:
    give_up = time.monotonic() + READY_WITHIN_SECONDS
    while not _is_ready(service):
        assert process.poll() is None
        assert time.monotonic() < give_up
        time.sleep(0.05)


def _is_ready(service: Service) -> bool:
    try:
        with urllib.request.urlopen(f"{service.demo}/readyz", timeout=10):
            return True
    except urllib.error.HTTPError as error:
        error.close()
        return False


@dataclass
class Site:
    """Somebody else's site: what it serves can be set by a test."""

    port: int
    pages: dict[str, tuple[Mapping[str, str], str]] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def put(self, path: str, html: str, **headers: str) -> str:
        """The address of a page that says this; an underscore in a header's name is a hyphen."""
        self.pages[path] = ({name.replace("_", "-"): value for name, value in headers.items()}, html)
        return self.origin + path


@contextmanager
def a_site() -> Iterator[Site]:
    site = Site(0)

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers, html = site.pages.get(self.path.partition("?")[0], ({}, ""))
            self.send_response(200 if html else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def chromium() -> str | None:
    """Where the browser is, if there is one."""
    places = (os.environ.get("CHROMIUM", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser")
    return next((place for place in places if place and Path(place).exists()), None)
