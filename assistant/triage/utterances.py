"""The labelled utterances: reading them, and what is checked of them. One file a hand; see `utterances/README.md`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.reply import Intent, Right, Severity
from assistant.triage.values import Subject

FOLDER = Path(__file__).parent / "utterances"


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message as a visitor would type it, with what it wants; `kind` is the sort of case, for reports alone."""

    text: str
    intent: Intent
    hand: str
    other_intents: tuple[Intent, ...] = ()
    rights: tuple[Right, ...] = ()
    severity: Severity | None = None
    subject: Subject = Subject.SELF
    kind: str = "plain"
    register: str = "plain"

    @property
    def intents(self) -> tuple[Intent, ...]:
        return (self.intent, *self.other_intents)


def utterances(folder: Path = FOLDER) -> list[Utterance]:
    """Every line of every hand, in the order of the files' names."""
    return [utterance for path in sorted(folder.glob("*.jsonl")) for utterance in read(path)]


def read(path: Path) -> Iterator[Utterance]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield _utterance(json.loads(line), hand=path.stem)


def _utterance(raw: dict[str, Any], *, hand: str) -> Utterance:
    return Utterance(
        text=raw["text"],
        intent=Intent(raw["intent"]),
        hand=hand,
        other_intents=tuple(map(Intent, raw["other_intents"])),
        rights=tuple(map(Right, raw["rights"])),
        severity=Severity(raw["severity"]) if raw["severity"] else None,
        subject=Subject(raw["subject"]),
        kind=raw["kind"],
        register=raw["register"],
    )
