import pytest

from evals.intervals import Interval, interval


def test_the_mean_lies_within_limits_of_about_the_textbook_width() -> None:
    """For 80 of 100 the normal approximation gives 0.80 +- 0.078."""
    got = interval([1.0] * 80 + [0.0] * 20)
    assert got is not None
    assert got.mean == pytest.approx(0.8)
    assert got.count == 100
    assert got.low == pytest.approx(0.722, abs=0.02)
    assert got.high == pytest.approx(0.878, abs=0.02)


def test_the_same_seed_gives_the_same_limits_and_another_seed_others() -> None:
    values = [float(at % 7) for at in range(40)]
    assert interval(values, seed=3) == interval(values, seed=3)
    assert interval(values, seed=3) != interval(values, seed=4)


def test_more_cases_narrow_the_limits() -> None:
    few, many = interval([1.0, 0.0] * 20), interval([1.0, 0.0] * 500)
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low


def test_where_all_agree_the_limits_are_the_mean() -> None:
    assert interval([1.0] * 12) == Interval(1.0, 1.0, 1.0, 12)


def test_nothing_has_no_interval() -> None:
    assert interval([]) is None
