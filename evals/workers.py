"""A process that answers questions from its standard input and times each, and the handle of the one that asks.

Imports nothing heavy: what a worker loads beyond this is what is being measured.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from evals.memory import Memory, memory_of


def answer_questions(answer: Callable[[str], Sequence[str]]) -> None:
    """The worker's side: one JSON list of questions a line in, what `answer` cites and how long it took out."""
    for line in sys.stdin:
        milliseconds, cited, cpu = [], [], time.process_time()
        for question in json.loads(line):
            start = time.perf_counter()
            found = answer(question)
            milliseconds.append((time.perf_counter() - start) * 1_000)
            cited.append(list(found))
        said = {"milliseconds": milliseconds, "cpu_seconds": time.process_time() - cpu, "cited": cited}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


class WorkerFailed(Exception):
    def __init__(self, module: str) -> None:
        super().__init__(f"The process {module!r} of the benchmark ended before it had answered.")


@dataclass(frozen=True, slots=True)
class Answers:
    """One entry a question; `cpu_seconds` is what all of them cost on all cores together."""

    milliseconds: tuple[float, ...]
    cpu_seconds: float
    cited: tuple[tuple[str, ...], ...]


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
        line = self._exchange(json.dumps(list(questions)))
        if not line:
            self.close()
            raise WorkerFailed(self._module)
        said = json.loads(line)
        return Answers(tuple(said["milliseconds"]), said["cpu_seconds"], tuple(map(tuple, said["cited"])))

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
