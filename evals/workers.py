"""A process that answers questions from its standard input and times each, and the handle of the one that asks.

Imports nothing heavy: what a worker loads beyond this is what is being measured.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Self

from evals.memory import Memory, memory_of

THREADS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """What a question brings: the clauses cited, best first.

    `score` is that of the best one, higher is better, where a way tells it. `abstains`: the way says that the policy
    does not state what was asked.
    """

    cited: tuple[str, ...]
    score: float | None = None
    abstains: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """One entry a question; `cpu_seconds` is what all of them cost on all cores together."""

    milliseconds: tuple[float, ...]
    cpu_seconds: float
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Rush:
    """Questions asked by several threads at once, and what came of each; None where it failed."""

    seconds: float
    found: tuple[Found | None, ...]


def answer_questions(answer: Callable[[str], Found]) -> None:
    """The worker's side: an order a line in, what came of its questions out."""
    with ThreadPoolExecutor(THREADS) as pool:
        for line in sys.stdin:
            order = json.loads(line)
            questions = order["questions"]
            said = _at_once(answer, questions, pool) if order["at_once"] else _one_by_one(answer, questions)
            sys.stdout.write(json.dumps(said) + "\n")
            sys.stdout.flush()


def _one_by_one(answer: Callable[[str], Found], questions: Sequence[str]) -> dict[str, Any]:
    milliseconds, found, cpu = [], [], time.process_time()
    for question in questions:
        start = time.perf_counter()
        found.append(answer(question))
        milliseconds.append((time.perf_counter() - start) * 1_000)
    cpu_seconds = time.process_time() - cpu
    return {"milliseconds": milliseconds, "cpu_seconds": cpu_seconds, "found": [asdict(one) for one in found]}


def _at_once(answer: Callable[[str], Found], questions: Sequence[str], pool: ThreadPoolExecutor) -> dict[str, Any]:
    def tried(question: str) -> Found | None:
        try:
            return answer(question)
        except Exception:  # noqa: BLE001 - not every way may be asked by several threads: how often it fails is a figure
            return None

    start = time.perf_counter()
    found = list(pool.map(tried, questions))
    return {"seconds": time.perf_counter() - start, "found": [one and asdict(one) for one in found]}


class WorkerFailed(Exception):
    def __init__(self, module: str) -> None:
        super().__init__(f"The process {module!r} of the benchmark ended before it had answered.")


class Worker:
    """A fresh worker process. `start_seconds` runs from its birth to its first answer."""

    def __init__(self, module: str, arguments: Sequence[str], *, environ: Mapping[str, str], first: str) -> None:
        self._module = module
        born = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=dict(environ),
        )
        self.ask([first])
        self.start_seconds = time.perf_counter() - born

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """The end of its input ends the worker."""
        self._process.communicate()

    def ask(self, questions: Sequence[str]) -> Answers:
        """Raises WorkerFailed, and is closed, where the process has ended."""
        said = self._order(questions, at_once=False)
        return Answers(tuple(said["milliseconds"]), said["cpu_seconds"], tuple(map(_read, said["found"])))

    def rush(self, questions: Sequence[str]) -> Rush:
        """The same by four threads, each of which asks its next question when it has an answer."""
        said = self._order(questions, at_once=True)
        return Rush(said["seconds"], tuple(one and _read(one) for one in said["found"]))

    def _order(self, questions: Sequence[str], *, at_once: bool) -> dict[str, Any]:
        line = self._exchange(json.dumps({"questions": list(questions), "at_once": at_once}))
        if not line:
            self.close()
            raise WorkerFailed(self._module)
        said: dict[str, Any] = json.loads(line)
        return said

    def _exchange(self, line: str) -> str:
        to_worker, from_worker = self._process.stdin, self._process.stdout
        assert to_worker is not None
        assert from_worker is not None
        # A worker that is gone closes the pipe; that it says nothing is how we learn of it.
        with suppress(BrokenPipeError):
            to_worker.write(line + "\n")
            to_worker.flush()
        return from_worker.readline()

    def memory(self) -> Memory | None:
        return memory_of(self._process.pid)


def _read(said: Mapping[str, Any]) -> Found:
    return Found(tuple(said["cited"]), said["score"], said["abstains"])
