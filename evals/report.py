"""How the figures of a run are shown: a table for the console, one for the README, JSON for machines and plots."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from evals.intervals import Interval
from evals.summary import Judged, Measure, Row

REPORT = Path(__file__).parent / "report"
METRICS = "metrics.json"

HEADINGS: Mapping[Measure, str] = {
    Measure.ALL_GOLD: "all gold cited",
    Measure.FIRST_RIGHT: "first right",
    Measure.CAUGHT: "not stated, caught",
    Measure.FALSE_ABSTENTION: "false abstentions",
    Measure.UNANSWERED: "nothing cited",
    Measure.HANDLED: "handled",
    Measure.BEYOND: "beyond need",
    Measure.WORDS: "must-include",
    Measure.VERBATIM: "verbatim",
}


class NoPlaceInReadme(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(f"The README has no lines {_marker(name, end=False)!r} and {_marker(name, end=True)!r}.")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What was measured on what, and when."""

    dataset: str
    cases: int
    date: str
    policy_version: str
    policy_sha256: str
    generation: str
    command: str

    @property
    def line(self) -> str:
        return (
            f"Measured {self.date} with `{self.command}`: {self.cases} cases of `{self.dataset}.jsonl`, policy version"
            f" {self.policy_version} ({self.policy_sha256[:12]}), index {self.generation}."
        )


def console_table(rows: Sequence[Row], provenance: Provenance) -> Table:
    table = Table(caption=provenance.line)
    for at, heading in enumerate(_headings()):
        table.add_column(heading, justify="right" if at else "left")
    for row in rows[:-1]:
        table.add_row(*_cells(row, limits=False))
    table.add_section()
    table.add_row(*_cells(rows[-1], limits=True), style="bold")
    return table


def markdown_table(rows: Sequence[Row], provenance: Provenance) -> str:
    lines = [piped(_headings()), piped(["---", *["---:"] * (len(_headings()) - 1)])]
    lines += [piped(_cells(row, limits=False)) for row in rows[:-1]]
    lines.append(piped([f"**{cell}**" if cell else "" for cell in _cells(rows[-1], limits=True)]))
    return "\n".join([*lines, "", provenance.line])


def metrics(judged: Sequence[Judged], rows: Sequence[Row], provenance: Provenance) -> dict[str, Any]:
    """Everything the plots need; case ids and figures, never a message."""
    return {
        "provenance": asdict(provenance),
        "rows": [asdict(row) for row in rows],
        "cases": [
            {"id": one.case_id, "kind": one.kind, "expect": one.expect, "outcome": one.outcome}
            | {"right": one.score.right}
            | {"milliseconds": round(one.milliseconds, 3), "margin": one.margin}
            | asdict(one.score)
            for one in judged
        ],
    }


def with_table(readme: str, name: str, table: str) -> str:
    """The README with the table between the two lines that carry its name; NoPlaceInReadme where they are missing."""
    begin, end = _marker(name, end=False), _marker(name, end=True)
    before, found, rest = readme.partition(f"{begin}\n")
    _, closed, after = rest.partition(f"{end}\n")
    if not (found and closed):
        raise NoPlaceInReadme(name)
    return f"{before}{begin}\n{table}\n{end}\n{after}"


def machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _marker(name: str, *, end: bool) -> str:
    return f"<!-- {'end of ' if end else ''}table: {name} -->"


def _headings() -> list[str]:
    return ["kind", "cases", *HEADINGS.values(), "p50 ms", "p95 ms"]


def _cells(row: Row, *, limits: bool) -> list[str]:
    measured = [
        shown_interval(row.measures[measure], share=measure is not Measure.BEYOND, limits=limits)
        for measure in HEADINGS
    ]
    return [row.kind.replace("_", " "), str(row.cases), *measured, f"{row.p50_ms:.1f}", f"{row.p95_ms:.1f}"]


def shown_interval(measured: Interval | None, *, share: bool, limits: bool = True) -> str:
    if measured is None:
        return ""
    shown = _figure(measured.mean, share=share)
    if not limits:
        return shown
    return f"{shown} ({_figure(measured.low, share=share)}–{_figure(measured.high, share=share)})"


def _figure(value: float, *, share: bool) -> str:
    return f"{value * 100:.1f}" if share else f"{value:.2f}"


def piped(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
