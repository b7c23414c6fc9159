"""`make evals`: replay a set of cases through the whole assistant, score every reply, print and keep the figures.

Its errors are listed for developers by case id and clause ids; no message is printed or written.
"""

import argparse
import json
import shlex
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from assistant.bootstrap import Assistant
from assistant.clock import utc_now
from evals.dataset import BadDataset, Case, DatasetName, Expect, load_named
from evals.replay import Observed, assistant_for_evals, counted, published_now, replay
from evals.report import (
    METRICS,
    REPORT,
    NoPlaceInReadme,
    Provenance,
    console_table,
    markdown_table,
    metrics,
    with_table,
)
from evals.scoring import Published, score
from evals.summary import MILLISECONDS, Judged, summarise

README = Path(__file__).parent / "README.md"
# Where the output is no terminal, the table is still not broken into pieces.
WIDTH = 190


def main(argv: Sequence[str] | None = None) -> None:
    """Run with these arguments, or those of the command line; SystemExit 1 where the sets or the README are wrong."""
    given = list(sys.argv[1:] if argv is None else argv)
    options = _options(given)
    try:
        _run(options, shlex.join(["python", "-m", "evals.run", *given]))
    except (BadDataset, NoPlaceInReadme) as error:
        sys.exit(str(error))


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evals.run", description="Measure the answers on a set of cases.")
    parser.add_argument("--set", dest="name", type=DatasetName, choices=list(DatasetName), default=DatasetName.ANSWERS)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list N wrong cases: id, expected, got")
    parser.add_argument("--json", action="store_true", help="print metrics.json in place of the table")
    parser.add_argument("--update-readme", action="store_true", help="write the table into evals/README.md")
    parser.add_argument("--data-dir", type=Path, help="a data folder to keep, so that a second run need not index")
    parser.add_argument("--report", type=Path, default=REPORT, help="where metrics.json and the plots go")
    return parser.parse_args(argv)


def _run(options: argparse.Namespace, command: str) -> None:
    cases = load_named(options.name)
    with (
        Progress(console=Console(stderr=True), transient=True) as bar,
        assistant_for_evals(options.data_dir, progress=counted(bar, "indexing")) as assistant,
    ):
        observed = replay(assistant, cases, progress=counted(bar, "answering"))
        published = published_now(assistant)
        provenance = _provenance(assistant, published, options.name, len(cases), command)
    judged = tuple(judge(one, published) for one in observed)
    _show(options, judged, provenance)
    if options.errors:
        _list_errors([one for one in zip(observed, judged, strict=True) if not one[1].score.right], options.errors)


def judge(observed: Observed, published: Published) -> Judged:
    case = observed.case
    return Judged(
        case_id=case.id,
        kind=case.kind,
        expect=case.expect,
        outcome=observed.reply["outcome"],
        score=score(case, observed.reply, published),
        milliseconds=observed.seconds * MILLISECONDS,
        margin=observed.margin,
    )


def _provenance(assistant: Assistant, published: Published, name: str, cases: int, command: str) -> Provenance:
    return Provenance(
        dataset=name,
        cases=cases,
        date=utc_now().date().isoformat(),
        policy_version=published.version.label,
        policy_sha256=published.version.sha256,
        generation=assistant.indexing.room.reader().generation,
        command=command,
    )


def _show(options: argparse.Namespace, judged: Sequence[Judged], provenance: Provenance) -> None:
    console, notes = Console(width=None if sys.stdout.isatty() else WIDTH), Console(stderr=True)
    rows = summarise(judged)
    found = metrics(judged, rows, provenance)
    text = json.dumps(found, indent=1)
    options.report.mkdir(parents=True, exist_ok=True)
    (options.report / METRICS).write_text(text + "\n", encoding="utf-8")
    if options.json:
        sys.stdout.write(text + "\n")
    else:
        console.print(console_table(rows, provenance))
    if find_spec("matplotlib") is None:
        notes.print("No plots: matplotlib is not installed (requirements/dev.lock has it).")
    else:
        import_module("evals.plots").draw(found, options.report)
    if options.update_readme:
        readme = README.read_text(encoding="utf-8")
        README.write_text(with_table(readme, options.name, markdown_table(rows, provenance)), encoding="utf-8")


def _list_errors(wrong: Sequence[tuple[Observed, Judged]], most: int) -> None:
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    console.print(f"{len(wrong)} cases are not wholly right.")
    for observed, judged in wrong[:most]:
        cited = " ".join(citation["clause"] for citation in observed.reply["citations"])
        failed = " ".join(name for name in _failures(judged))
        console.print(f"{judged.case_id} {judged.kind}: expected {_expected(observed.case)}; got", end=" ")
        console.print(f"{observed.reply['outcome']} {cited}; margin {_shown(judged.margin)}; wrong: {failed}")


def _expected(case: Case) -> str:
    if case.expect is not Expect.ANSWER:
        return case.expect
    return " ".join(case.gold) + (f" (or {' '.join(case.also_ok)})" if case.also_ok else "")


def _failures(judged: Judged) -> list[str]:
    score_ = judged.score
    flags = ("all_gold", "first_right", "caught", "handled", "includes", "excludes", "verbatim")
    failed = [flag for flag in flags if getattr(score_, flag) is False]
    return [*failed, "false_abstention"] if score_.false_abstention else failed


def _shown(margin: float | None) -> str:
    return "-" if margin is None else f"{margin:.2f}"


if __name__ == "__main__":
    main()
