"""Scores of several policies with banks of several sizes -> rows with intervals, tables and JSON. Arithmetic only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numpy as np
from rich.table import Table

from assistant.reply import Outcome
from evals.dataset import Expect
from evals.intervals import Interval, interval
from evals.report import piped, shown_interval
from evals.summary import Judged, Measure
from knowledge.training.lessons import HELD_OUT

ALL_HELD_OUT = "held out, together"
MEASURES: Mapping[Measure, str] = {
    Measure.FIRST_RIGHT: "first right",
    Measure.ALL_GOLD: "all gold cited",
    Measure.CAUGHT: "not stated, caught",
    Measure.FALSE_ABSTENTION: "false abstentions",
    Measure.HANDLED: "chat and off topic, handled",
    Measure.BEYOND: "beyond need",
}
TAKEN_FOR_ANOTHER = "taken for a wish or report"
_OF_QUESTIONS = frozenset(
    {Outcome.ANSWERED, Outcome.NOT_STATED, Outcome.NOT_UNDERSTOOD, Outcome.DECLINED, Outcome.CHATTED}
)


@dataclass(frozen=True, slots=True)
class Run:
    """Every case of one policy, asked with one bank."""

    policy: str
    size: int
    draw: int
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`taken`: share of the questions that the policy answers which triage took for something other than a question."""

    policy: str
    size: int
    cases: int
    measures: Mapping[Measure, Interval | None]
    taken: Interval | None


def rows(runs: Sequence[Run]) -> tuple[Row, ...]:
    """A row for each policy and size, and below them the held-out policies together."""
    sizes = sorted({run.size for run in runs})
    policies = list(dict.fromkeys(run.policy for run in runs))
    each = [_row(policy, size, [run for run in runs if run.policy == policy]) for policy in policies for size in sizes]
    held_out = [run for run in runs if run.policy in HELD_OUT]
    together = [_row(ALL_HELD_OUT, size, held_out) for size in sizes] if held_out else []
    return (*each, *together)


def _row(name: str, size: int, runs: Sequence[Run]) -> Row:
    """A case counts once, with its mean over the draws: drawing more banks makes no more cases."""
    judged: dict[tuple[str, str], list[Judged]] = {}
    for run in runs:
        for one in run.judged if run.size == size else ():
            judged.setdefault((run.policy, one.case_id), []).append(one)
    cases = list(judged.values())
    measures = {measure: _interval(cases, partial(_of_score, measure)) for measure in MEASURES}
    return Row(name, size, len(judged), measures, _interval(cases, _taken))


def _interval(cases: Sequence[Sequence[Judged]], measured: Callable[[Judged], float | None]) -> Interval | None:
    values = [[value for one in draws if (value := measured(one)) is not None] for draws in cases]
    return interval([float(np.mean(each)) for each in values if each])


def _of_score(measure: Measure, one: Judged) -> float | None:
    value = getattr(one.score, measure)
    return None if value is None else float(value)


def _taken(one: Judged) -> float | None:
    return float(one.outcome not in _OF_QUESTIONS) if one.expect == Expect.ANSWER else None


def console_table(found: Sequence[Row], said: str) -> Table:
    table = Table(caption=said)
    for at, heading in enumerate(_headings()):
        table.add_column(heading, justify="right" if at else "left")
    for row in found:
        table.add_row(*_cells(row), style="bold" if row.policy == ALL_HELD_OUT else None)
    return table


def markdown_table(found: Sequence[Row]) -> str:
    lines = [piped(_headings()), piped(["---", *["---:"] * (len(_headings()) - 1)])]
    return "\n".join([*lines, *(piped(_cells(row)) for row in found)])


def figures(found: Sequence[Row], runs: Sequence[Run], said: str) -> dict[str, Any]:
    """Case ids and figures, never a message."""
    cases = [
        {"policy": run.policy, "size": run.size, "draw": run.draw, "id": one.case_id, "kind": one.kind}
        | {"expect": one.expect, "outcome": one.outcome, "right": one.score.right, "margin": one.margin}
        for run in runs
        for one in run.judged
    ]
    return {"said": said, "rows": [asdict(row) for row in found], "cases": cases}


def _headings() -> list[str]:
    return ["policy", "bank", "cases", *MEASURES.values(), TAKEN_FOR_ANOTHER]


def _cells(row: Row) -> list[str]:
    measured = (shown_interval(row.measures[measure], share=measure is not Measure.BEYOND) for measure in MEASURES)
    return [row.policy, str(row.size), str(row.cases), *measured, shown_interval(row.taken, share=True)]
