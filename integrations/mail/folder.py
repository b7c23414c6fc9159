"""Mail without a mail server: each message is one finished file, a mailbox for development and trials.

The files are erased with an address and after a day. Knows no outbox.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import SMTP
from pathlib import Path

from assistant.outbox.values import Delivery, Postponed, mailbox
from integrations.mail.letter import compose

KEEP = timedelta(days=1)
_FINISHED, _BEGUN = "*.eml", ".*.part"


class MailFolder:
    """A folder for its owner only. A delivery has one file name, so that a repeat replaces what it repeats."""

    def __init__(self, folder: Path, sent_by: Address) -> None:
        self._folder = folder
        self._sent_by = sent_by

    def send(self, delivery: Delivery) -> None:
        """Return when the whole file is on the disk; Postponed when it cannot be written."""
        content = compose(delivery, sent_by=self._sent_by).as_bytes()
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            begun = self._folder / f".{delivery.id}.part"
            _write(begun, content)
            begun.rename(self._path(delivery))
            _sync(self._folder)
        except OSError as error:
            raise Postponed("mail-folder") from error

    def recall(self, delivery: Delivery) -> None:
        self._path(delivery).unlink(missing_ok=True)

    def forget(self, address: str) -> int:
        """Remove every message to this address; how many files there were."""
        wanted = mailbox(address)
        return sum(_remove(path) for path in self._files() if wanted in _receivers(path))

    def purge(self, now: datetime) -> int:
        """Remove what is older than a day; how many files there were."""
        oldest = (now - KEEP).timestamp()
        return sum(_remove(path) for path in self._files() if _written_at(path) < oldest)

    def _path(self, delivery: Delivery) -> Path:
        return self._folder / f"{delivery.created_at.astimezone(UTC):%Y%m%dT%H%M%S%fZ}-{delivery.id}.eml"

    def _files(self) -> list[Path]:
        # What a crash left half written counts too.
        return [path for pattern in (_FINISHED, _BEGUN) for path in self._folder.glob(pattern)]


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _receivers(path: Path) -> set[str]:
    """The mailboxes in the To field, in either spelling of their domain; none where there is no such field."""
    with suppress(FileNotFoundError):
        to = message_from_bytes(path.read_bytes(), policy=SMTP)["To"]
        addresses = to.addresses if to is not None else ()
        return {mailbox(text) for address in addresses for text in (address.addr_spec, _readable(address))}
    return set()


def _readable(address: Address) -> str:
    with suppress(UnicodeError):
        return f"{address.username}@{address.domain.encode().decode('idna')}"
    return address.addr_spec


def _written_at(path: Path) -> float:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime
    return 0.0


def _remove(path: Path) -> bool:
    with suppress(FileNotFoundError):
        path.unlink()
        return True
    return False
