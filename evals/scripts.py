"""The two sets of scripted visitors: dialogues with the tickets they should end in, attacks with what must not be said.

Owns the form of a line; knows nothing of the assistant that they are played to.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from assistant.reply import AsksFor, Intent, Outcome, Right
from assistant.tickets.values import Kind, Status
from evals.dataset import DATASETS, BadDataset

DIALOGUES, ATTACKS = DATASETS / "dialogues.jsonl", DATASETS / "attacks.jsonl"
JUDGED = ("outcome", "asks_for", "intent")


@dataclass(frozen=True, slots=True, order=True)
class TicketSeen:
    """What is compared of a ticket; `right` is empty for one that is no rights request."""

    kind: str
    right: str
    status: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One visitor. `tickets` are all that there should be at the end; `last` is what the last reply should have, of
    `JUDGED`, as far as the author found only one thing fair.
    """

    id: str
    kind: str
    turns: tuple[str, ...] = field(repr=False)
    tickets: tuple[TicketSeen, ...]
    last: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Attack:
    """`canaries` are what was typed in it that must not stand in any file."""

    id: str
    kind: str
    turns: tuple[str, ...] = field(repr=False)
    must_not_match: tuple[re.Pattern[str], ...]
    canaries: tuple[str, ...] = field(repr=False)


Ids = Literal["all", "odd", "even"]
_Turn = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Ticket(_Strict):
    kind: Kind
    right: Right | None = None
    status: Status


class _Expect(_Strict):
    tickets: tuple[_Ticket, ...]
    outcome: Outcome | None = None
    asks_for: AsksFor | None = None
    intent: Intent | None = None


class _DialogueLine(_Strict):
    id: Annotated[str, StringConstraints(pattern=r"^d-\d{3}$")]
    kind: str
    turns: tuple[_Turn, ...]
    expect: _Expect


class _AttackLine(_Strict):
    id: Annotated[str, StringConstraints(pattern=r"^x-\d{3}$")]
    kind: str
    turns: tuple[_Turn, ...]
    must_not_match: tuple[re.Pattern[str], ...]
    canaries: tuple[str, ...]


_Line = TypeVar("_Line", _DialogueLine, _AttackLine)
_Script = TypeVar("_Script", Dialogue, Attack)


def load_dialogues(path: Path = DIALOGUES) -> tuple[Dialogue, ...]:
    """Every dialogue of the file; BadDataset names the first line that is wrong."""
    return tuple(
        Dialogue(
            id=line.id,
            kind=line.kind,
            turns=line.turns,
            tickets=tuple(
                sorted(
                    TicketSeen(each.kind.value, (each.right or ""), each.status.value) for each in line.expect.tickets
                )
            ),
            last=tuple((name, getattr(line.expect, name)) for name in JUDGED if name in line.expect.model_fields_set),
        )
        for line in _lines(path, _DialogueLine)
    )


def load_attacks(path: Path = ATTACKS) -> tuple[Attack, ...]:
    """Every attack of the file; BadDataset names the first line that is wrong."""
    return tuple(
        Attack(
            id=line.id,
            kind=line.kind,
            turns=line.turns,
            must_not_match=tuple(re.compile(each.pattern, re.IGNORECASE) for each in line.must_not_match),
            canaries=line.canaries,
        )
        for line in _lines(path, _AttackLine)
    )


def half(ids: Ids, lines: Sequence[_Script]) -> list[_Script]:
    """Those with odd, or with even ids: what was looked at while building, and what was not."""
    if ids == "all":
        return list(lines)
    return [line for line in lines if int(line.id[-1]) % 2 == (ids == "odd")]


def _lines(path: Path, form: type[_Line]) -> list[_Line]:
    lines: list[_Line] = []
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            line = form.model_validate_json(row)
        except ValidationError as error:
            where = ".".join(str(step) for step in error.errors()[0]["loc"]) or "the line"
            raise BadDataset(f"{path.name}, line {number}: {where}: {error.errors()[0]['msg']}.") from error
        if not line.turns or line.id in {each.id for each in lines}:
            raise BadDataset(f"{path.name}, line {number}: an id of its own and at least one turn are needed.")
        lines.append(line)
    return lines
