"""The cases that the answers are measured on: what a visitor types and what a good reply holds.

Owns the form of a line; knows nothing of the assistant that is measured.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

DATASETS = Path(__file__).parent / "datasets"
SEED = 20_261_122


class BadDataset(Exception):
    """A set of cases cannot be used; the sentence names file and line."""


class DatasetName(StrEnum):
    """`answers` and `hindi` are evaluation sets, on which nothing is chosen; on `calibration` the constants were."""

    ANSWERS = "answers"
    CALIBRATION = "calibration"
    HINDI = "hindi"


class Kind(StrEnum):
    ANSWERABLE = "answerable"
    SEVERAL = "several"
    FALSE_PREMISE = "false_premise"
    NOISY = "noisy"
    COMPUTE = "compute"
    FOLLOWUP = "followup"
    NOT_STATED = "not_stated"
    SMALL_TALK = "small_talk"
    OFF_TOPIC = "off_topic"


class Expect(StrEnum):
    ANSWER = "answer"
    ABSTAIN = "abstain"
    SMALL_TALK = "smalltalk"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation of which the last turn is judged.

    `gold` are the clauses that a good answer cites, `also_ok` further ones that are fair to cite. Of each inner
    tuple of `must_include` one string stands in a good reply; of `must_not_include` none does.
    """

    id: str
    kind: Kind
    expect: Expect
    turns: tuple[str, ...]
    gold: tuple[str, ...] = ()
    also_ok: tuple[str, ...] = ()
    must_include: tuple[tuple[str, ...], ...] = ()
    must_not_include: tuple[str, ...] = ()

    @property
    def fair(self) -> frozenset[str]:
        """Every clause that may be cited."""
        return frozenset((*self.gold, *self.also_ok))


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
_ClauseId = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]


class _Line(BaseModel):
    """One line as it stands in the file."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+-\d+$")]
    kind: Kind
    expect: Expect
    turns: tuple[_Text, ...]
    gold: tuple[_ClauseId, ...] = ()
    also_ok: tuple[_ClauseId, ...] = ()
    must_include: tuple[tuple[_Text, ...], ...] = ()
    must_not_include: tuple[_Text, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not self.turns or not all(self.must_include):
            raise ValueError("'turns' and each list of alternatives hold at least one text")
        if (self.expect is Expect.ANSWER) != bool(self.gold):
            raise ValueError("a case that expects an answer names its clauses in 'gold', and no other case does")
        return self


def load(path: Path) -> tuple[Case, ...]:
    """Every case of a file; BadDataset names the first line that is wrong."""
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadDataset(f"{path.name} cannot be read as UTF-8 text.") from error
    cases = [_read(row, number, path.name) for number, row in enumerate(rows, 1) if row.strip()]
    if not cases:
        raise BadDataset(f"{path.name} holds no case.")
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise BadDataset(f"{path.name}: the id {case.id!r} stands there twice.")
        seen.add(case.id)
    return tuple(cases)


def load_named(name: DatasetName) -> tuple[Case, ...]:
    return load(DATASETS / f"{name}.jsonl")


def questions(name: DatasetName, most: int | None = None) -> tuple[Case, ...]:
    """Cases of one turn, of all kinds mixed, the same in every run; all there are without a limit."""
    alone = [case for case in load_named(name) if len(case.turns) == 1]
    count = len(alone) if most is None else min(most, len(alone))
    return tuple(Random(SEED).sample(alone, count))  # noqa: S311 - drawn again from the same seed


def _read(row: str, number: int, name: str) -> Case:
    try:
        line = _Line.model_validate_json(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the line"
        raise BadDataset(f"{name}, line {number}: {where}: {first['msg']}.") from error
    return Case(**line.model_dump())
