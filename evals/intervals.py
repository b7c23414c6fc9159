"""A mean with its bootstrap interval (Efron, "Bootstrap methods: another look at the jackknife", 1979)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 2_000
SEED = 20_261_122
_LOW, _HIGH = 2.5, 97.5


@dataclass(frozen=True, slots=True)
class Interval:
    """The mean of `count` measurements and the limits within which it lies in 95 % of the redrawn samples.

    Where all measurements agree the limits are the mean itself: they then say nothing of what was not sampled.
    """

    mean: float
    low: float
    high: float
    count: int


def interval(values: Sequence[float], *, seed: int = SEED, draws: int = DRAWS) -> Interval | None:
    """The same values and seed give the same limits; None without values."""
    if not values:
        return None
    measured = np.asarray(values, dtype=np.float64)
    drawn = np.random.default_rng(seed).integers(len(measured), size=(draws, len(measured)))
    low, high = np.percentile(measured[drawn].mean(axis=1), [_LOW, _HIGH])
    return Interval(float(measured.mean()), float(low), float(high), len(measured))
