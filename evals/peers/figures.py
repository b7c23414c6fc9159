"""What was measured of a way -> its figures. Arithmetic only."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.citations import Quality, judge
from evals.dataset import Case
from evals.memory import Memory
from evals.peers.abstention import best_threshold, withheld
from evals.peers.measure import Course


@dataclass(frozen=True, slots=True)
class Figures:
    """One way's. `chosen` is its quality with `threshold`; of a way that has a verdict of its own it is `shipped`.

    `rate`: questions a second by four threads; `failed` and `differed`: how many of those failed, or cited otherwise
    than when asked alone. `milliseconds` and `scores` have an entry a case.
    """

    way: str
    shipped: Quality
    chosen: Quality
    threshold: float | None
    p50_ms: float
    p95_ms: float
    quietest_ms: float
    cpu_ms: float
    rate: float
    failed: int
    differed: int
    start_seconds: float
    started: Memory | None
    loaded: Memory | None
    milliseconds: tuple[float, ...]
    scores: tuple[float | None, ...]


def figures_of(course: Course, cases: Sequence[Case], calibration: Sequence[Case]) -> Figures:
    measured = course.measured
    shipped = judge(cases, measured.found)
    threshold = best_threshold(calibration, course.calibration)
    p50, p95 = np.percentile(measured.milliseconds, [50, 95])
    rushed = list(zip(course.rushed, measured.found, strict=True))
    return Figures(
        way=measured.way,
        shipped=shipped,
        chosen=shipped if threshold is None else judge(cases, withheld(measured.found, threshold)),
        threshold=threshold,
        p50_ms=float(p50),
        p95_ms=float(p95),
        quietest_ms=min(measured.block_medians),
        cpu_ms=measured.cpu_seconds * 1_000 / len(measured.milliseconds),
        rate=len(rushed) / course.rush_seconds,
        failed=sum(one is None for one, _ in rushed),
        differed=sum(one is not None and one.cited != alone.cited for one, alone in rushed),
        start_seconds=statistics.median(measured.start_seconds),
        started=_median(measured.memory),
        loaded=course.loaded,
        milliseconds=tuple(round(one, 3) for one in measured.milliseconds),
        scores=tuple(one.score for one in measured.found),
    )


def _median(memory: Sequence[Memory]) -> Memory | None:
    if not memory:
        return None
    return Memory(statistics.median(one.resident for one in memory), statistics.median(one.peak for one in memory))
