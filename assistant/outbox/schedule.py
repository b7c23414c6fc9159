"""How long to wait before the next attempt. The long steps are those of Standard Webhooks 1.0."""

from collections.abc import Callable, Mapping
from datetime import timedelta

# Jitter only ever adds: a receiver that asked for a pause gets it in full.
JITTER = 0.2
LONGEST_PAUSE = timedelta(days=1)

_MINUTE, _HOUR = 60, 3600
_LONG = (5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 5 * _HOUR, 10 * _HOUR, 14 * _HOUR, 20 * _HOUR, 24 * _HOUR)
_USUAL = (5, *_LONG)
_BY_PURPOSE: Mapping[str, tuple[float, ...]] = {
    "alert": (1, 5, 30, *_LONG),
    # Ends within the ten minutes that a code is good for.
    "code": (1, 5, 30, 60, 120, 240),
    # Somebody waits, and a receiver that is busy says for how long: short steps first, so that a flood costs no hours.
    "chat": (1, 2, 5, 10, 20, 30, 60, 120, *_LONG),
    # A form is opened within three seconds of the press that asked for it, or not at all.
    "modal": (0.2, 0.5, 1),
}


def pause(purpose: str, *, failures: int, asked: float | None, random: Callable[[], float]) -> timedelta | None:
    """How long to wait after so many failures, `asked` seconds at least (a day at most); None: give up.

    `random` gives numbers from 0 to 1.
    """
    steps = _BY_PURPOSE.get(purpose, _USUAL)
    if failures > len(steps):
        return None
    own = timedelta(seconds=steps[failures - 1] * (1 + JITTER * random()))
    return max(own, min(timedelta(seconds=asked or 0), LONGEST_PAUSE))
