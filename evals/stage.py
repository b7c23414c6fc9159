"""What scripted visitors are played on: a serving process on a data folder of its own, with a key of the desk."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from assistant.tickets.values import Status
from evals.acting import Doors, HttpDoors, MailFolder
from evals.scripts import TicketSeen
from evals.server import ServerFailed, command, environment, serving

MAIL = "mail"
_OK = 200


@dataclass(frozen=True, slots=True)
class Desk:
    """The queue as the desk reads it."""

    doors: Doors
    key: str = field(repr=False)

    def ticket(self, reference: str) -> TicketSeen | None:
        status, body = self.doors.call("GET", f"/v1/tickets/{reference}", bearer=self.key)
        return _seen(body) if status == _OK else None

    def references(self) -> frozenset[str]:
        """Every ticket in the queue, whatever its status."""
        return frozenset(row["reference"] for status in Status for row in self._rows(status))

    def _rows(self, status: Status) -> Iterator[Any]:
        cursor = None
        while True:
            asked = {"status": status.value, "limit": 200} | ({"cursor": cursor} if cursor else {})
            _, page = self.doors.call("GET", f"/v1/tickets?{urlencode(asked)}", bearer=self.key)
            yield from page["items"]
            if (cursor := page["next"]) is None:
                return


@dataclass(frozen=True, slots=True)
class Stage:
    """`folder` is the data folder, `log` all that the server says."""

    doors: Doors
    mails: MailFolder
    desk: Desk
    folder: Path
    log: Path


@contextmanager
def prepared(data_dir: Path | None) -> Iterator[Path]:
    """A data folder that is gone afterwards; with `data_dir` a copy of that one without its mails, so that its index
    is there already.
    """
    with TemporaryDirectory(prefix="evals-") as root:
        folder = Path(root) / "data"
        if data_dir is None:
            folder.mkdir(mode=0o700)
        else:
            shutil.copytree(data_dir, folder, ignore=shutil.ignore_patterns(MAIL))
        yield folder


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Serve from that folder; raises ServerFailed. What the server says stands beside the folder."""
    log = folder.parent / "server.log"
    with serving(folder, log=log) as server:
        doors = HttpDoors(server.port)
        yield Stage(doors, MailFolder(folder / MAIL), Desk(doors, _key(folder)), folder, log)


def _key(folder: Path) -> str:
    made = subprocess.run(  # noqa: S603 our own command
        command("keys", "create", "--name", "evals", "--scope", "desk:read"),
        env=environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise ServerFailed(f"`privacy-assistant keys create` ended with status {made.returncode}.")
    return made.stdout.split()[-1]


def _seen(body: Any) -> TicketSeen:
    return TicketSeen(body["kind"], body["right"] or "", body["status"])
