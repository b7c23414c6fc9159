"""The figures of all ways for people: a column a way, ours first, on the console and for the README."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table

from evals.citations import Quality
from evals.memory import Memory
from evals.peers.abstention import MOST_FALSE_PERCENT
from evals.peers.figures import Figures
from evals.report import piped, shown_interval
from evals.workers import THREADS

_RETRIEVAL: Mapping[str, str] = {
    "first_right": "first right, %",
    "all_gold": "all gold among five, %",
    "reciprocal_rank": "MRR",
    "ndcg": "nDCG@5",
}
_VERDICT: Mapping[str, str] = {
    "caught": "not stated, caught, %",
    "false_abstentions": "false abstentions, %",
    "left": "chat and off topic, left, %",
}
_WITHHOLDING: Mapping[str, str] = {"first_right": "first right, %", **_VERDICT}
_MEANS = ("reciprocal_rank", "ndcg")
_COSTS: Mapping[str, Callable[[Figures], float | None]] = {
    "p50 ms": lambda one: one.p50_ms,
    "p95 ms": lambda one: one.p95_ms,
    "p50 ms of the quietest block": lambda one: one.quietest_ms,
    "CPU ms a question": lambda one: one.cpu_ms,
    f"questions a second, {THREADS} threads": lambda one: one.rate,
    "start to first answer, median s": lambda one: one.start_seconds,
    "resident after the first answer, MiB": lambda one: _of(one.started, "resident"),
    "peak until the first answer, MiB": lambda one: _of(one.started, "peak"),
    "resident after all answers, MiB": lambda one: _of(one.loaded, "resident"),
    "peak until all answers, MiB": lambda one: _of(one.loaded, "peak"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under one heading: each a name and a cell a way."""

    heading: str
    rows: tuple[tuple[str, ...], ...]


def parts(ways: Sequence[Figures]) -> tuple[Part, ...]:
    best = f"with the threshold chosen for at most {MOST_FALSE_PERCENT} % false abstentions (ours: its own verdict)"
    thresholds = ("threshold", *("" if one.threshold is None else f"{one.threshold:.3f}" for one in ways))
    return (
        Part("as it ships", tuple(_shares([one.shipped for one in ways], {**_RETRIEVAL, **_VERDICT}))),
        Part(best, (*_shares([one.chosen for one in ways], _WITHHOLDING), thresholds)),
        Part("speed and memory (times as much as ours)", (*_costs(ways), _under_threads(ways))),
    )


def console_table(ways: Sequence[Figures], said: str) -> Table:
    table = Table("", *(one.way for one in ways), caption=said)
    for part in parts(ways):
        table.add_section()
        table.add_row(part.heading, style="bold")
        for row in part.rows:
            table.add_row(*row)
    return table


def markdown_table(ways: Sequence[Figures], said: str) -> str:
    lines = [piped(["", *(one.way for one in ways)]), piped(["---", *["---:"] * len(ways)])]
    for part in parts(ways):
        lines.append(piped([f"**{part.heading}**", *[""] * len(ways)]))
        lines += map(piped, part.rows)
    return "\n".join([*lines, "", said])


def _shares(qualities: Sequence[Quality], named: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for measure, name in named.items():
        cells = (shown_interval(getattr(one, measure), share=measure not in _MEANS) for one in qualities)
        yield name, *cells


def _costs(ways: Sequence[Figures]) -> Iterator[tuple[str, ...]]:
    for name, figure in _COSTS.items():
        yield name, *_beside([figure(one) for one in ways])


def _beside(values: Sequence[float | None]) -> Iterable[str]:
    """Ours, then the others with how many times as much that is; empty where it is not known."""
    ours, *others = values
    yield "" if ours is None else _shown(ours)
    for other in others:
        if ours is None or other is None:
            yield ""
        else:
            yield f"{_shown(other)} ({_shown(other / ours)}x)"


def _shown(value: float) -> str:
    """Two digits of what is small, none after the point of what is large."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value < 1 else f"{value:.1f}"  # noqa: PLR2004


def _under_threads(ways: Sequence[Figures]) -> tuple[str, ...]:
    return f"failed / cited otherwise, {THREADS} threads", *(f"{one.failed} / {one.differed}" for one in ways)


def _of(memory: Memory | None, which: str) -> float | None:
    return None if memory is None else getattr(memory, which)
