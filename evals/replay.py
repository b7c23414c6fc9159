"""Replays cases through a whole assistant on a data folder of its own. Judges nothing."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.progress import Progress

from assistant.bootstrap import Assistant, build_assistant
from assistant.redaction.masking import mask
from assistant.settings import Settings
from evals.dataset import Case
from evals.scoring import Published
from knowledge.retrieval import Finding

# The cases are read on the day they were written, so that "last year" means the same in every run.
TODAY = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Observed:
    """What came of a case. `seconds` is the time of its last turn; `margin` is known for cases of one turn."""

    case: Case
    reply: Mapping[str, Any]
    seconds: float
    margin: float | None


@contextmanager
def assistant_for_evals(
    data_dir: Path | None = None,
    *,
    policy: str = "codemites",
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Iterator[Assistant]:
    """The assistant on this policy, indexed; without `data_dir` on a folder that is gone afterwards.

    Nothing in the environment changes it: a set belongs to one policy.
    """
    with ExitStack() as stack:
        folder = data_dir or Path(stack.enter_context(TemporaryDirectory(prefix="evals-")))
        assistant = build_assistant(_settings(folder, policy), server=True, clock=lambda: TODAY)
        stack.callback(assistant.close)
        assistant.indexing.run(progress=progress)
        assistant.indexing.ensure()
        yield assistant


def counted(bar: Progress, description: str) -> Callable[[int, int], None]:
    """A task of the bar that hears how many are done, of how many."""
    task = bar.add_task(description, total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)


def _settings(folder: Path, policy: str) -> Settings:
    # A folder that is kept is sealed with a secret of its own, so that a second run can open it.
    return Settings(data_dir=folder, policy=policy, rate_limit=False)


def published_now(assistant: Assistant) -> Published:
    version = assistant.policies.current(TODAY.date())
    return Published(version, assistant.policies.published_text(version))


def find(assistant: Assistant, question: str) -> Finding:
    """What the library finds for a question that stands alone, masked as the front desk masks it."""
    return assistant.indexing.room.reader().find(mask(question).text, assistant.policies.current(TODAY.date()))


def replay(
    assistant: Assistant, cases: Sequence[Case], *, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> tuple[Observed, ...]:
    """Each case is a conversation; `progress` hears how many are done, of how many."""
    observed = []
    for done, case in enumerate(cases, 1):
        observed.append(_converse(assistant, case))
        progress(done, len(cases))
    return tuple(observed)


def _converse(assistant: Assistant, case: Case) -> Observed:
    desk = assistant.front_desk
    opened = desk.open(channel="web", language=None)
    for turn in case.turns[:-1]:
        desk.take_turn(opened.id, None, turn)
    start = time.perf_counter()
    reply = desk.take_turn(opened.id, None, case.turns[-1])
    seconds = time.perf_counter() - start
    margin = find(assistant, case.turns[-1]).margin if len(case.turns) == 1 else None
    return Observed(case, reply, seconds, margin)
