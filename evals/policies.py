"""`python -m evals.policies`: how good the answers are on other policies, with no bank, a small one and a larger one.

Each policy is published into a folder of its own and asked through the whole assistant; its bank is drawn from the
questions that were written about it. Two of the policies are held out: nothing was trained or chosen on them.
"""

import argparse
import json
import random
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import Progress

from assistant.clock import utc_now
from evals.by_bank import Run, console_table, figures, markdown_table, rows
from evals.dataset import DATASETS, Case, load
from evals.replay import TODAY, assistant_for_evals, counted, published_now, replay
from evals.report import REPORT, with_table
from evals.run import README, WIDTH, judge
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.encoder.protocol import Vectors
from knowledge.kept_vectors import keep_vectors
from knowledge.questions import FILE_NAME, BankLine, load_bank, save_bank
from knowledge.training.lessons import POLICIES
from knowledge.versions.library import PolicyLibrary

NAMES = {"fernway": "Fernway", "brightladder": "BrightLadder", "havenshield": "Havenshield"}
SIZES = (0, 100, 300)
DRAWS = 2
METRICS = "policies.json"
TABLE = "policies"

_ORGANISATION = """\
name = "{name}"
reference_prefix = "EV"
time_zone = "UTC"
date_order = "DMY"
greeting = "Hello."

[privacy_contact]
email = "privacy@example.com"
clause = "{clause}"
bound = "{bound}"

[urgent_contact]
email = "security@example.com"
source = "page header"
phone_words = "the phone number on the same page"
email_words = "the e-mail address on the same page"

[look]
accent = "#1f5fd0"
ink = "#14202e"
paper = "#ffffff"
"""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A policy with its cases and the questions that a bank may be drawn from, each with its vector."""

    key: str
    cases: tuple[Case, ...]
    lines: tuple[BankLine, ...]
    vectors: Vectors

    def bank(self, size: int, draw: int) -> list[int]:
        return random.Random(f"{self.key} {draw}").sample(range(len(self.lines)), size)  # noqa: S311 - a draw, no secret


def newcomer(key: str, encoder: OnnxEncoder) -> Newcomer:
    lines = load_bank(POLICIES / key / FILE_NAME)
    vectors = encoder.encode([line.question for line in lines])
    return Newcomer(key, load(DATASETS / "policies" / f"{key}.jsonl"), lines, vectors)


@contextmanager
def policy_of(who: Newcomer, taken: Sequence[int], encoder: OnnxEncoder) -> Iterator[Path]:
    """A policy folder as this organisation would make it on its first day, with these lines as its bank."""
    with TemporaryDirectory(prefix="evals-") as scratch:
        folder = Path(scratch) / who.key
        folder.mkdir()
        text = (POLICIES / who.key / "policy.txt").read_bytes()
        day = TODAY.date()
        version = PolicyLibrary(folder).publish(text, name="policy.txt", effective=day, today=day)
        first = version.clauses[0]
        filled = _ORGANISATION.format(name=NAMES[who.key], clause=first.id, bound=first.hash)
        (folder / "organisation.toml").write_text(filled, encoding="utf-8")
        save_bank(folder / FILE_NAME, [who.lines[at] for at in taken])
        if taken:
            texts = [who.lines[at].heard for at in taken]
            keep_vectors(folder, texts, who.vectors[list(taken)], encoder=encoder.name)
        yield folder


def measure(who: Newcomer, size: int, draw: int, encoder: OnnxEncoder, progress: Callable[[int, int], None]) -> Run:
    with policy_of(who, who.bank(size, draw), encoder) as folder, assistant_for_evals(policy=str(folder)) as assistant:
        observed = replay(assistant, who.cases, progress=progress)
        published = published_now(assistant)
        return Run(who.key, size, draw, tuple(judge(one, published) for one in observed))


def main(argv: Sequence[str] | None = None) -> None:
    given = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="evals.policies", description="Measure the answers on other policies.")
    parser.add_argument("--policy", action="append", choices=list(NAMES), help="only this one; may be repeated")
    parser.add_argument("--draws", type=int, default=DRAWS, help="how many banks of each size are drawn")
    parser.add_argument("--update-readme", action="store_true", help="write the table into evals/README.md")
    parser.add_argument("--report", type=Path, default=REPORT, help=f"where {METRICS} goes")
    options = parser.parse_args(given)
    encoder = OnnxEncoder(threads=2)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        runs = [
            measure(who, size, draw, encoder, counted(bar, f"{who.key}, bank of {size}"))
            for who in [newcomer(key, encoder) for key in options.policy or NAMES]
            for size in SIZES
            for draw in range(options.draws if size else 1)
        ]
    _show(options, runs, shlex.join(["python", "-m", "evals.policies", *given]))


def _show(options: argparse.Namespace, runs: Sequence[Run], command: str) -> None:
    found = rows(runs)
    said = f"Measured {utc_now().date().isoformat()} with `{command}`, {options.draws} draws of each bank."
    Console(width=None if sys.stdout.isatty() else WIDTH).print(console_table(found, said))
    options.report.mkdir(parents=True, exist_ok=True)
    (options.report / METRICS).write_text(json.dumps(figures(found, runs, said), indent=1) + "\n", encoding="utf-8")
    if options.update_readme:
        README.write_text(
            with_table(README.read_text(encoding="utf-8"), TABLE, f"{markdown_table(found)}\n\n{said}"),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
