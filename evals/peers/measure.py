"""Asks every way the same questions on the same cores, one after another and by several threads. Judges nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from evals.memory import Memory
from evals.side_by_side import Measured, Way, in_turns, start_each, warm
from evals.workers import Found, Worker

# Threads stand idle where a block ends: it is longer than one of questions one by one.
RUSH_BLOCK = 100


@dataclass(slots=True)
class Course:
    """What a way took and found. `rushed`: the same questions by four threads, None where one failed.

    `loaded` is its memory after everything.
    """

    measured: Measured
    calibration: list[Found] = field(default_factory=list)
    rush_seconds: float = 0.0
    rushed: list[Found | None] = field(default_factory=list)
    loaded: Memory | None = None


def measure(
    ways: Sequence[Way],
    questions: Sequence[str],
    calibration: Sequence[str],
    *,
    progress: Callable[[str, int, int], None] = lambda _what, _done, _all: None,
) -> tuple[Course, ...]:
    """Speed and quality on `questions`; `progress` hears what is being done, how many are done, of how many."""
    courses = {name: Course(measured) for name, measured in start_each(ways, questions[0]).items()}

    def one_by_one(name: str, worker: Worker, block: Sequence[str]) -> None:
        courses[name].measured.add(worker.ask(block))

    def at_once(name: str, worker: Worker, block: Sequence[str]) -> None:
        rush = worker.rush(block)
        courses[name].rush_seconds += rush.seconds
        courses[name].rushed += rush.found

    def for_thresholds(name: str, worker: Worker, block: Sequence[str]) -> None:
        courses[name].calibration += worker.ask(block).found

    with warm(ways, questions) as workers:
        in_turns(workers, questions, one_by_one, progress=lambda *done: progress("one by one", *done))
        in_turns(
            workers, questions, at_once, block=RUSH_BLOCK, progress=lambda *done: progress("by four threads", *done)
        )
        for name, worker in workers.items():
            courses[name].loaded = worker.memory()
        in_turns(workers, calibration, for_thresholds, progress=lambda *done: progress("for thresholds", *done))
    return tuple(courses.values())
