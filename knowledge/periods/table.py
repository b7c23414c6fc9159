"""The periods of one policy version: the reviewed file where there is one, what the rules read where there is none.

Owns the form of periods.toml and its binding to clause texts; knows nothing of calendars.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from knowledge.clause import Clause, PolicyVersion
from knowledge.errors import KnowledgeError
from knowledge.periods.extraction import extract
from knowledge.periods.period import Kind, Period, Unit

FILE_NAME = "periods.toml"
_CLAUSE_ID = r"^\d{1,4}\.\d{1,4}\.\d{1,4}$"
_HASH = r"^[0-9a-f]{12}$"


class BadPeriods(KnowledgeError):
    """The file of periods cannot be used; the sentence names the file and the entry."""


class _Entry(BaseModel):
    """One period as it stands in the file."""

    model_config = ConfigDict(extra="forbid")

    clause: Annotated[str, StringConstraints(pattern=_CLAUSE_ID)]
    bound: Annotated[str, StringConstraints(pattern=_HASH)]
    kind: Kind
    amount_low: Annotated[int, Field(ge=1, le=9999)]
    amount_high: Annotated[int, Field(ge=1, le=9999)]
    unit: Unit
    quote: Annotated[str, StringConstraints(min_length=1)]
    subject: Annotated[str, StringConstraints(min_length=1)]
    qualifier: str = ""
    starts: str = ""
    exception: str = ""

    @model_validator(mode="after")
    def _amounts_in_order(self) -> Self:
        if self.amount_low > self.amount_high:
            raise ValueError("'amount_low' is greater than 'amount_high'")
        return self

    def words(self) -> Iterable[str]:
        """Every piece of text that must stand in the clause."""
        return (self.quote, self.subject, self.starts, self.exception, *self.qualifier.split(" … "))


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    period: tuple[_Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class StalePeriod:
    """An entry whose clause has changed or vanished: it counts no more until a person rebinds it."""

    clause: str
    bound: str
    quote: str


@dataclass(frozen=True, slots=True)
class PeriodTable:
    """The periods that hold for one version. `reviewed` says that a person stands behind them."""

    periods: tuple[Period, ...]
    stale: tuple[StalePeriod, ...] = ()
    reviewed: bool = False

    def of(self, clause: Clause) -> tuple[Period, ...]:
        """The periods of this clause in reading order; empty where it states none."""
        return tuple(period for period in self.periods if period.clause_hash == clause.hash)


def load_periods(folder: Path, version: PolicyVersion) -> PeriodTable:
    """The periods of `version`: from periods.toml in the policy folder, else as extracted.

    BadPeriods where the file cannot be read or an entry quotes words that its clause does not hold.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return PeriodTable(extract(version))
    entries = _read(path)
    bound = tuple(entry for entry in entries if entry.bound in version.by_hash)
    return PeriodTable(
        periods=tuple(_bind(entry, version.by_hash[entry.bound]) for entry in bound),
        stale=tuple(
            StalePeriod(entry.clause, entry.bound, entry.quote)
            for entry in entries
            if entry.bound not in version.by_hash
        ),
        reviewed=True,
    )


def _read(path: Path) -> tuple[_Entry, ...]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return _File.model_validate(content).period
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadPeriods(f"{path.name}: {where}: {first['msg']}.") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadPeriods(f"{path.name} cannot be read as TOML in UTF-8: correct it, or remove it.") from error


def _bind(entry: _Entry, clause: Clause) -> Period:
    for words in entry.words():
        if words not in clause.text:
            raise BadPeriods(
                f"{FILE_NAME}: the entry for {entry.clause} holds {words!r}, which its clause does not say."
            )
    if clause.text.count(entry.quote) > 1:
        raise BadPeriods(f"{FILE_NAME}: {entry.quote!r} stands more than once in {entry.clause}: quote more words.")
    start = clause.text.index(entry.quote)
    return Period(
        clause_hash=clause.hash,
        amount_low=entry.amount_low,
        amount_high=entry.amount_high,
        unit=entry.unit,
        qualifier=entry.qualifier,
        subject=entry.subject,
        starts=entry.starts,
        kind=entry.kind,
        quote_start=start,
        quote_end=start + len(entry.quote),
        exception=entry.exception,
    )
