"""`make bench`: speed, start-up and memory in one run, beside the stock way of building the same thing.

Where two ways are compared their runs alternate, so that a machine with other work to do slows both: the ratios count.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant.clock import utc_now
from evals import side_by_side, under_load, under_tickets
from evals.citations import Quality, judge
from evals.commands import YARDSTICK, Timed, time_commands
from evals.dataset import DatasetName, questions
from evals.peers import ways as peers
from evals.report import REPORT, machine, shown_interval
from evals.server import ServerFailed
from evals.side_by_side import Measured
from evals.under_load import Load, Served
from evals.under_tickets import Poured
from evals.workers import WorkerFailed

FIGURES = "bench.json"
WIDTH = 130
# What langchain asks its stores for.
K = 4
NO_STOCK = "The stock way is not installed (`make models` installs it): our own way is measured alone."


class Part(StrEnum):
    SERVER = "server"
    TICKETS = "tickets"
    ANSWERS = "answers"
    COMMANDS = "commands"


def main(argv: Sequence[str] | None = None) -> None:
    """Run the parts asked for, print their tables and write bench.json; SystemExit 1 where a process of ours failed."""
    options = _options(argv)
    console, notes = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False), Console(stderr=True)
    figures: dict[str, Any] = {"date": utc_now().date().isoformat(), "machine": machine()}
    with TemporaryDirectory(prefix="bench-") as scratch:
        data_dir = Path(scratch) / "data"
        data_dir.mkdir()
        try:
            for part in options.parts:
                with notes.status(f"measuring: {part}"):
                    figures[part] = _MEASURE[part](options, data_dir, notes)
        except (ServerFailed, WorkerFailed, subprocess.CalledProcessError) as error:
            sys.exit(str(error))
    options.report.mkdir(parents=True, exist_ok=True)
    (options.report / FIGURES).write_text(json.dumps(figures, indent=1, default=asdict) + "\n", encoding="utf-8")
    for part in options.parts:
        console.print(_TABLE[part](figures[part]))


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evals.bench", description="Measure speed, start-up and memory.")
    parser.add_argument("parts", nargs="*", type=Part, help=f"which of {', '.join(Part)}; all without")
    parser.add_argument("--questions", type=int, default=300, help="how many questions are asked of each way")
    parser.add_argument("--rate", type=float, default=20, help="turns a second of the open loop")
    parser.add_argument("--seconds", type=float, default=60, help="how long the open loop lasts")
    parser.add_argument("--repeats", type=int, default=3, help="how often each command is timed; the best counts")
    parser.add_argument("--report", type=Path, default=REPORT, help="where bench.json goes")
    options = parser.parse_args(argv)
    # The server comes first: it leaves an index for the others.
    options.parts = [part for part in Part if part in options.parts or not options.parts]
    return options


def _measure_server(options: argparse.Namespace, data_dir: Path, notes: Console) -> Served:
    return under_load.measure(data_dir, Load(options.rate, options.seconds), say=notes.print)


def _measure_tickets(options: argparse.Namespace, data_dir: Path, notes: Console) -> Poured:
    return under_tickets.measure(data_dir, Load(options.rate, options.seconds), say=notes.print)


def _measure_answers(options: argparse.Namespace, data_dir: Path, notes: Console) -> dict[str, Any]:
    """The ways by name, each with its figures and how good its citations are."""
    side_by_side.index(data_dir)
    cases = questions(DatasetName.ANSWERS, options.questions)
    ways = [side_by_side.our_way(data_dir)]
    if peers.versions(peers.STOCK):
        ways += peers.stock_ways(side_by_side.clause_texts(), data_dir.parent, most=K)
    else:
        notes.print(NO_STOCK)
    measured = side_by_side.measure(
        ways,
        [case.turns[0] for case in cases],
        progress=lambda done, total: notes.print(f"{done} of {total} questions asked"),
    )
    return {one.way: {"figures": one, "quality": judge(cases, one.found)} for one in measured}


def _measure_commands(options: argparse.Namespace, data_dir: Path, notes: Console) -> tuple[Timed, ...]:
    del notes
    return time_commands(data_dir, repeats=options.repeats)


def _server_table(served: Served) -> Table:
    table = Table("server", "measured", title=f"{served.turns} turns over HTTP on loopback")
    rows = {
        "ready on an empty data folder (indexes)": f"{served.first_ready_seconds:.1f} s",
        "ready on an existing index, median": f"{statistics.median(served.ready_seconds):.2f} s",
        "turn p50 / p95 / p99, at the client": f"{served.p50_ms:.1f} / {served.p95_ms:.1f} / {served.p99_ms:.1f} ms",
        "turn p50 / p95, at the server": f"{served.server_p50_ms:.1f} / {served.server_p95_ms:.1f} ms",
        "client sent late, p99": f"{served.sent_late_p99_ms:.1f} ms",
        "errors": str(served.errors),
    }
    for when, memory in (("after indexing", served.memory_after_first), ("after the load", served.memory_after_load)):
        rows[f"memory {when}, resident / peak"] = (
            f"{memory.resident:.0f} / {memory.peak:.0f} MiB" if memory else "not known here"
        )
    for name, figure in rows.items():
        table.add_row(name, figure)
    return table


def _answers_table(ways: dict[str, Any]) -> Table:
    """A column a way, ours first; in brackets how many times as much the others need."""
    figures: list[Measured] = [way["figures"] for way in ways.values()]
    qualities: list[Quality] = [way["quality"] for way in ways.values()]
    table = Table("question to cited clauses", *ways, title=f"{len(figures[0].milliseconds)} questions, in turns")
    rows = {
        "p50 ms": [float(np.percentile(one.milliseconds, 50)) for one in figures],
        "p95 ms": [float(np.percentile(one.milliseconds, 95)) for one in figures],
        "p50 ms of the quietest block": [min(one.block_medians) for one in figures],
        "CPU ms a question": [one.cpu_seconds * 1_000 / len(one.milliseconds) for one in figures],
        "start to first answer, median s": [statistics.median(one.start_seconds) for one in figures],
        "resident after it, median MiB": [_median([memory.resident for memory in one.memory]) for one in figures],
        "peak, median MiB": [_median([memory.peak for memory in one.memory]) for one in figures],
    }
    for name, (ours, *others) in rows.items():
        table.add_row(name, f"{ours:.1f}", *(f"{other:.1f} ({other / ours:.1f}x)" for other in others))
    table.add_section()
    for name in ("first_right", "all_gold", "caught", "false_abstentions"):
        shares = [shown_interval(getattr(one, name), share=True, limits=False) for one in qualities]
        table.add_row(f"{name.replace('_', ' ')}, %", *shares)
    return table


def _commands_table(timed: tuple[Timed, ...]) -> Table:
    yardstick = next(one.seconds for one in timed if one.name == YARDSTICK)
    table = Table("command", "best", "beside python", title="commands that answer no question")
    for one in timed:
        failed = f" (status {one.status})" if one.status else ""
        table.add_row(one.name, f"{one.seconds * 1_000:.0f} ms{failed}", f"{one.seconds / yardstick:.1f}x")
    return table


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else float("nan")


_MEASURE: Mapping[Part, Callable[[argparse.Namespace, Path, Console], Any]] = {
    Part.SERVER: _measure_server,
    Part.TICKETS: _measure_tickets,
    Part.ANSWERS: _measure_answers,
    Part.COMMANDS: _measure_commands,
}
_TABLE: Mapping[Part, Callable[[Any], Table]] = {
    Part.SERVER: _server_table,
    Part.TICKETS: under_tickets.table,
    Part.ANSWERS: _answers_table,
    Part.COMMANDS: _commands_table,
}


if __name__ == "__main__":
    main()
