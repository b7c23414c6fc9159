"""`make bench-peers`: retrieval, abstention, speed, memory and start-up beside peers, in one run on the same questions.

Prints and keeps figures and case ids; no question and no clause's text.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from assistant.clock import utc_now
from evals import side_by_side
from evals.dataset import Case, DatasetName, questions
from evals.peers.figures import Figures, figures_of
from evals.peers.measure import measure
from evals.peers.table import console_table, markdown_table
from evals.peers.ways import PEERS, STOCK, built, one_thread, versions
from evals.report import REPORT, NoPlaceInReadme, machine, with_table
from evals.run import README, WIDTH
from evals.scoring import MOST_CITATIONS
from evals.side_by_side import Way
from evals.workers import WorkerFailed

FIGURES = "peers.json"
TABLE = "peers"


def main(argv: Sequence[str] | None = None) -> None:
    """SystemExit 1 where a process of ours failed or the README has no place for the table."""
    given = list(sys.argv[1:] if argv is None else argv)
    options = _options(given)
    cases, calibration = (questions(name, options.questions) for name in (DatasetName.ANSWERS, DatasetName.CALIBRATION))
    load = os.getloadavg()[0]
    try:
        found = _measured(cases, calibration, Console(stderr=True, highlight=False))
        said = _said(cases, calibration, shlex.join(["python", "-m", "evals.peers", *given]), load)
        _show(options, cases, found, said)
    except (WorkerFailed, NoPlaceInReadme, subprocess.CalledProcessError) as error:
        sys.exit(str(error))


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evals.peers", description="Measure us beside peers.")
    parser.add_argument("--questions", type=int, help="how many of each set, all without; for trying it out")
    parser.add_argument("--update-readme", action="store_true", help="write the table into evals/README.md")
    parser.add_argument("--report", type=Path, default=REPORT, help=f"where {FIGURES} and the plots go")
    return parser.parse_args(argv)


def _measured(cases: Sequence[Case], calibration: Sequence[Case], notes: Console) -> tuple[Figures, ...]:
    with TemporaryDirectory(prefix="peers-") as scratch:
        courses = measure(
            _ways(Path(scratch), notes),
            [case.turns[0] for case in cases],
            [case.turns[0] for case in calibration],
            progress=lambda what, done, total: notes.print(f"{what}: {done} of {total} questions"),
        )
    return tuple(figures_of(course, cases, calibration) for course in courses)


def _ways(scratch: Path, notes: Console) -> list[Way]:
    """Ours first, then the peers that are installed, each with its index built."""
    data_dir = scratch / "data"
    data_dir.mkdir()
    notes.print("indexing")
    side_by_side.index(data_dir)
    ways, texts = [side_by_side.our_way(data_dir)], side_by_side.clause_texts()
    for peer in PEERS:
        if not versions(peer):
            notes.print(f"{peer.name} is not installed (`make bench-peers` installs it) and not measured.")
            continue
        ways.append(built(peer, texts, scratch, most=MOST_CITATIONS))
        if peer is STOCK:
            ways.append(one_thread(ways[-1]))
    return ways


def _said(cases: Sequence[Case], calibration: Sequence[Case], command: str, load: float) -> str:
    used = {name: number for peer in PEERS for name, number in versions(peer).items()}
    return (
        f"Measured {utc_now().date().isoformat()} with `{command}`: {len(cases)} questions of"
        f" `{DatasetName.ANSWERS}.jsonl`, thresholds from {len(calibration)} of `{DatasetName.CALIBRATION}.jsonl`;"
        f" {machine()}, load average {load:.1f} before it; {', '.join(map(' '.join, used.items()))}."
    )


def _show(options: argparse.Namespace, cases: Sequence[Case], ways: Sequence[Figures], said: str) -> None:
    Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False).print(console_table(ways, said))
    found = kept(cases, ways, said)
    options.report.mkdir(parents=True, exist_ok=True)
    (options.report / FIGURES).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if find_spec("matplotlib"):
        import_module("evals.peers.plots").draw(found, options.report)
    if options.update_readme:
        readme = README.read_text(encoding="utf-8")
        README.write_text(with_table(readme, TABLE, markdown_table(ways, said)), encoding="utf-8")


def kept(cases: Sequence[Case], ways: Sequence[Figures], said: str) -> dict[str, Any]:
    """All that the plots need, as it is written."""
    return {
        "said": said,
        "cases": [{"id": case.id, "expect": case.expect} for case in cases],
        "ways": [asdict(way) for way in ways],
    }


if __name__ == "__main__":
    main()
