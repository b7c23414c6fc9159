"""The folder that mails are delivered into, as their receivers see it: who was sent which code, alert or receipt."""

import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

ON_CALL = "on-call@example.com"
LOOK_SECONDS = 0.2
_CODE = re.compile(r"^([0-9]{4}) ([0-9]{4})\s*$", re.MULTILINE)
_REFERENCE = re.compile(r"\b[A-Z]{2,8}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    references: frozenset[str]
    code: str | None = field(default=None, repr=False)


def read_letter(raw: bytes) -> Letter:
    """A mail as its receiver reads it."""
    message = message_from_bytes(raw, _class=EmailMessage, policy=SMTP)
    text = message.get_content()
    code = _CODE.search(text)
    return Letter(
        to=str(message["To"]),
        references=frozenset(_REFERENCE.findall(f"{message['Subject']}\n{text}")),
        code=f"{code[1]}{code[2]}" if code else None,
    )


class Mailbox:
    """Looks into the folder by itself from `start` on. A mail that was replaced by a new file came twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._seen: dict[str, int] = {}
        self._codes: dict[str, str] = {}
        self._alerts: set[str] = set()
        self._receipts: set[tuple[str, str]] = set()
        self._redelivered = 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="mailbox", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Look once more and stop."""
        self._closing.set()
        self._thread.join()
        self.look()

    def code_for(self, address: str) -> str | None:
        with self._lock:
            return self._codes.get(address)

    def alerts(self) -> frozenset[str]:
        """The references that the people on call were told of."""
        with self._lock:
            return frozenset(self._alerts)

    def codes(self) -> frozenset[str]:
        """The addresses that a code came to."""
        with self._lock:
            return frozenset(self._codes)

    def receipts(self) -> frozenset[tuple[str, str]]:
        """Address and reference of each receipt."""
        with self._lock:
            return frozenset(self._receipts)

    def counts(self) -> tuple[int, int]:
        """How many different mails came, and how many came again."""
        with self._lock:
            return len(self._seen), self._redelivered

    def look(self) -> None:
        """Read what is new."""
        for name, inode in list(self._files()):
            if self._seen.get(name) == inode:
                continue
            letter = read_letter((self._folder / name).read_bytes())
            with self._lock:
                self._redelivered += name in self._seen
                self._seen[name] = inode
                self._sort(letter)

    def _files(self) -> Iterator[tuple[str, int]]:
        if self._folder.is_dir():
            with os.scandir(self._folder) as entries:
                yield from ((entry.name, entry.inode()) for entry in entries if entry.name.endswith(".eml"))

    def _sort(self, letter: Letter) -> None:
        if letter.to == ON_CALL:
            self._alerts |= letter.references
        elif letter.code is not None:
            self._codes[letter.to] = letter.code
        else:
            self._receipts |= {(letter.to, reference) for reference in letter.references}

    def _watch(self) -> None:
        while not self._closing.wait(LOOK_SECONDS):
            self.look()
