"""What the encoder learns from: policies with their questions, and labelled texts. Values and files; knows no torch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.parser.policy import parse
from knowledge.romanising import romanised

POLICIES = Path(__file__).parent / "data"
SHIPPED = Path(__file__).parents[1] / "policies"
# Nothing is trained or chosen on these: they show what a company may expect that nobody has seen.
HELD_OUT = frozenset({"brightladder", "havenshield"})
# The encoder learns from these alone: from fifteen it learned no more in as many steps (decision 21).
OF_ENCODER = frozenset({"fernway", "lotuscare", "oakmere", "pulsetrack", "stonebridge", "wanderline"})
QUESTIONS = "questions.jsonl"
# Questions that were written about another organisation, judged by this one's policy.
BORROWED = "borrowed.jsonl"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the ids of the clauses that answer it; none where it is of another kind than answerable.

    `near` are clauses that someone might take for an answer and that are none.
    """

    text: str
    kind: str
    clauses: frozenset[str]
    near: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lesson:
    """A policy's clauses by id, and the questions about it."""

    name: str
    clauses: Mapping[str, str]
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Labels to tell apart by the vector alone; `many` where a text may have any number of them.

    `share` is how much its loss counts beside the other heads'.
    """

    name: str
    labels: tuple[str, ...]
    many: bool
    share: float


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its labels by head, and how much it counts for each; a head that is not named leaves it out."""

    text: str
    labels: Mapping[str, frozenset[str]]
    counts: Mapping[str, float]


def lesson(name: str, policy: Path, *questions: Path) -> Lesson:
    clauses = {clause.id: clause.text for clause in parse(policy.read_bytes(), name=policy.name).clauses}
    lines = [json.loads(line) for file in questions for line in file.read_text(encoding="utf-8").splitlines()]
    return Lesson(name, clauses, tuple(_asked(line) for line in lines))


def _asked(line: Mapping[str, Any]) -> Asked:
    return Asked(romanised(line["q"]), line["kind"], frozenset(line.get("gold", ())), frozenset(line.get("near", ())))


def shipped_bank() -> Path:
    """The folder of the policy that ships with a question bank."""
    return next(path.parent for path in sorted(SHIPPED.glob(f"*/{QUESTIONS}")))


def shipped_lesson(folder: Path) -> Lesson:
    """The lesson in a policy's folder as it ships: its first version and its question bank."""
    return lesson(folder.name, folder / "versions" / "1" / "published.txt", folder / QUESTIONS)


def invented_lessons(folder: Path = POLICIES, *, borrowed: bool = False) -> list[Lesson]:
    """The invented organisations that may be learned from, by name; `borrowed`: with what others were asked."""
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name not in HELD_OUT)
    return [_invented(folder / name, borrowed=borrowed) for name in names]


def _invented(folder: Path, *, borrowed: bool) -> Lesson:
    of_others = [folder / BORROWED] if borrowed and (folder / BORROWED).exists() else []
    return lesson(folder.name, folder / "policy.txt", folder / QUESTIONS, *of_others)
