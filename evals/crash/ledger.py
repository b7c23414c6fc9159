"""The clients' own book of what was acknowledged to them: the product is judged by it, and never sees it.

Kept in memory, and appended line by line to a file for whoever looks into a run that failed.
"""

import json
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from evals.crash.client import Call


class Story(StrEnum):
    DESK = "desk"
    INCIDENT = "incident"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True)
class Promise:
    """What the product has acknowledged under one key: these tickets, in this status.

    `key` is a word of the story's own, `contact` the address that the tickets must have. `repeat` is
    the call that was answered so: made again, it must give the same tickets.
    """

    story: Story
    key: str
    references: tuple[str, ...]
    status: str
    contact: str | None = None
    repeat: Call | None = field(default=None, repr=False)


class Ledger:
    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._file = file.open("a", encoding="utf-8", buffering=1)
        self._promises: dict[tuple[Story, str], Promise] = {}
        self._contradictions: list[str] = []
        self._astray: list[str] = []
        self._acknowledged = 0

    def acknowledged(self, promise: Promise) -> None:
        """Note an answer. Other tickets under a key that has some are a contradiction."""
        with self._lock:
            known = self._promises.get((promise.story, promise.key))
            if known is not None and known.references != promise.references:
                self._contradictions.append(
                    f"{promise.story} {promise.key}: {known.references}, then {promise.references}"
                )
            self._promises[promise.story, promise.key] = promise
            self._acknowledged += 1
            self._write(promise.story, promise.key, promise.references, promise.status)

    def astray(self, story: Story, key: str, why: str) -> None:
        """Note a story that did not come to its end."""
        with self._lock:
            self._astray.append(f"{story} {key}: {why}")
            self._write(story, key, (), why)

    def count(self) -> int:
        """How many answers were noted."""
        with self._lock:
            return self._acknowledged

    def promises(self) -> tuple[Promise, ...]:
        with self._lock:
            return tuple(self._promises.values())

    def contradictions(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(self._contradictions)

    def went_astray(self) -> tuple[str, ...]:
        with self._lock:
            return tuple(self._astray)

    def close(self) -> None:
        self._file.close()

    def _write(self, story: Story, key: str, references: tuple[str, ...], said: str) -> None:
        if not self._file.closed:
            self._file.write(json.dumps({"story": story, "key": key, "references": references, "said": said}) + "\n")
