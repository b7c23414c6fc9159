"""Our way and others, each in processes of its own, asked the same questions in turns. Knows no way but ours."""

import os
import statistics
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant.policy_folder import policy_folder
from assistant.settings import Settings
from evals.memory import Memory
from evals.server import command, environment
from evals.workers import Answers, Found, Worker
from knowledge.versions.library import PolicyLibrary

STARTS = 3
BLOCK = 50
WARM_UP = 20


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
    found: list[Found] = field(default_factory=list)

    def add(self, answers: Answers) -> None:
        self.milliseconds += answers.milliseconds
        self.block_medians.append(statistics.median(answers.milliseconds))
        self.cpu_seconds += answers.cpu_seconds
        self.found += answers.found


def index(data_dir: Path) -> None:
    """Build the product's index in that folder."""
    subprocess.run(  # noqa: S603 - our own command
        command("index"), env=environment(data_dir), cwd=data_dir, check=True, capture_output=True
    )


def clause_texts() -> dict[str, str]:
    """Of the newest version of the policy, by clause id: what the other ways index."""
    version = PolicyLibrary(policy_folder(Settings().policy)).versions()[-1]
    return {clause.id: clause.text for clause in version.clauses}


def our_way(data_dir: Path) -> Way:
    """The product on a data folder that holds its index, with the threads that its command sets."""
    return Way("privacy-assistant", "evals.ours", (str(data_dir),), {**os.environ, "OPENBLAS_NUM_THREADS": "1"})


def measure(
    ways: Sequence[Way], questions: Sequence[str], *, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> tuple[Measured, ...]:
    """Start each way afresh several times, then ask one process of each all questions, block by block in turns."""
    measured = start_each(ways, questions[0])
    with warm(ways, questions) as workers:
        in_turns(
            workers,
            questions,
            lambda name, worker, block: measured[name].add(worker.ask(block)),
            progress=progress,
        )
    return tuple(measured.values())


def start_each(ways: Sequence[Way], first: str) -> dict[str, Measured]:
    """By the way's name: its starts in turns, with the memory after the first answer of each."""
    measured = {way.name: Measured(way.name) for way in ways}
    for _ in range(STARTS):
        for way in ways:
            with Worker(way.module, way.arguments, environ=way.environ, first=first) as worker:
                _note_start(measured[way.name], worker)
    return measured


@contextmanager
def warm(ways: Sequence[Way], questions: Sequence[str]) -> Iterator[dict[str, Worker]]:
    """A process of each way by its name, which has answered the last questions once: some remember a while."""
    with ExitStack() as stack:
        workers = {
            way.name: stack.enter_context(Worker(way.module, way.arguments, environ=way.environ, first=questions[-1]))
            for way in ways
        }
        for worker in workers.values():
            worker.ask(questions[-WARM_UP:])
        yield workers


def in_turns(
    workers: Mapping[str, Worker],
    questions: Sequence[str],
    ask: Callable[[str, Worker, Sequence[str]], None],
    *,
    block: int = BLOCK,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """`ask` hears every way with every block of the questions; nobody always goes first."""
    order = list(workers.items())
    for begin in range(0, len(questions), block):
        for name, worker in order:
            ask(name, worker, questions[begin : begin + block])
        progress(min(begin + block, len(questions)), len(questions))
        order.reverse()


def _note_start(measured: Measured, worker: Worker) -> None:
    measured.start_seconds.append(worker.start_seconds)
    memory = worker.memory()
    if memory is not None:
        measured.memory.append(memory)
