"""When an alert is repeated and who hears it by then: pure functions of the time since it was raised."""

from datetime import datetime, timedelta

FIRST_STEPS = (timedelta(0), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30))
THEN_EVERY = timedelta(hours=1)
# The second tier is told at the third step and stays; each later step brings in one tier more.
_ALONE = 2


def next_after(raised_at: datetime, now: datetime) -> datetime:
    """The first step after `now`. Steps that were missed while nothing ran are caught up by one message, not by all."""
    passed = now - raised_at
    for step in FIRST_STEPS:
        if step > passed:
            return raised_at + step
    return raised_at + THEN_EVERY * (passed // THEN_EVERY + 1)


def tiers_at(raised_at: datetime, now: datetime) -> int:
    """How many tiers are told of it at `now`."""
    passed = now - raised_at
    steps = sum(step <= passed for step in FIRST_STEPS) + passed // THEN_EVERY
    return max(1, 1 + steps - _ALONE)
