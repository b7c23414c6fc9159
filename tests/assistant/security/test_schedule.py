from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.security.schedule import next_after, tiers_at

RAISED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return RAISED + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("now", "following"), [(0, 5), (4.9, 5), (5, 15), (15, 30), (30, 60), (59, 60), (60, 120), (61, 120), (1500, 1560)]
)
def test_the_next_step_is_the_first_after_now(now: float, following: float) -> None:
    assert next_after(RAISED, after(now)) == after(following)


@given(st.integers(min_value=0, max_value=60 * 24 * 30))
def test_no_step_is_further_off_than_an_hour(minutes: int) -> None:
    assert timedelta(0) < next_after(RAISED, after(minutes)) - after(minutes) <= timedelta(hours=1)


@pytest.mark.parametrize(("now", "tiers"), [(0, 1), (5, 1), (15, 2), (29, 2), (30, 3), (60, 4), (120, 5)])
def test_the_second_tier_hears_of_it_at_fifteen_minutes_and_each_step_brings_in_one_more(now: int, tiers: int) -> None:
    assert tiers_at(RAISED, after(now)) == tiers


def test_a_clock_that_went_back_tells_the_first_tier() -> None:
    assert tiers_at(RAISED, after(-10)) == 1
