"""Scores of many cases -> one row for each kind and one for all. Arithmetic only; prints nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evals.intervals import Interval, interval
from evals.scoring import Score

MILLISECONDS = 1_000
ALL = "all"


class Measure(StrEnum):
    """The values are the names of what a Score holds."""

    ALL_GOLD = "all_gold"
    FIRST_RIGHT = "first_right"
    CAUGHT = "caught"
    FALSE_ABSTENTION = "false_abstention"
    UNANSWERED = "unanswered"
    HANDLED = "handled"
    BEYOND = "beyond"
    WORDS = "words"
    VERBATIM = "verbatim"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Judged:
    """A scored case, with what the figures need beside its score."""

    case_id: str
    kind: str
    expect: str
    outcome: str
    score: Score
    milliseconds: float
    margin: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """`measures` has None where no case of this kind is measured so."""

    kind: str
    cases: int
    measures: Mapping[Measure, Interval | None]
    p50_ms: float
    p95_ms: float


def summarise(judged: Sequence[Judged]) -> tuple[Row, ...]:
    """A row a kind, in the order in which the kinds first come, and the row of all at the end."""
    kinds = dict.fromkeys(one.kind for one in judged)
    rows = [_row(kind, [one for one in judged if one.kind == kind]) for kind in kinds]
    return (*rows, _row(ALL, judged))


def _row(kind: str, judged: Sequence[Judged]) -> Row:
    measures = {measure: _interval(measure, judged) for measure in Measure}
    p50, p95 = np.percentile([one.milliseconds for one in judged], [50, 95])
    return Row(kind, len(judged), measures, float(p50), float(p95))


def _interval(measure: Measure, judged: Sequence[Judged]) -> Interval | None:
    values = [getattr(one.score, measure) for one in judged]
    return interval([float(value) for value in values if value is not None])
