from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.periods.period import Bound, Kind, NoTimeOfDay, Period, Unit, add

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def a_period(amount: int, unit: Unit, qualifier: str = "") -> Period:
    return Period("0" * 12, amount, amount, unit, qualifier, "records", "", Kind.RETENTION, 0, 1)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "end"),
    [
        (date(2021, 1, 31), 1, Unit.MONTHS, date(2021, 2, 28)),
        (date(2024, 1, 31), 1, Unit.MONTHS, date(2024, 2, 29)),
        (date(2024, 2, 29), 1, Unit.YEARS, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, Unit.YEARS, date(2028, 2, 29)),
        (date(2026, 12, 30), 2, Unit.WEEKS, date(2027, 1, 13)),
        (date(2026, 2, 1), 30, Unit.DAYS, date(2026, 3, 3)),
        (date(2026, 11, 20), 1, Unit.BUSINESS_DAYS, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, Unit.BUSINESS_DAYS, date(2026, 11, 23)),
        (date(2026, 11, 22), 5, Unit.BUSINESS_DAYS, date(2026, 11, 27)),
        (date(2026, 11, 23), 10, Unit.BUSINESS_DAYS, date(2026, 12, 7)),
    ],
)
def test_a_period_ends_on_its_calendar_day(start: date, amount: int, unit: Unit, end: date) -> None:
    assert add(start, a_period(amount, unit)) == end


@given(start=DAYS, months=st.integers(0, 600))
def test_a_month_keeps_its_day_or_takes_the_last_one(start: date, months: int) -> None:
    end = add(start, a_period(months, Unit.MONTHS))
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == min(start.day, monthrange(end.year, end.month)[1])


@given(start=DAYS, years=st.integers(0, 60))
def test_a_year_is_twelve_months(start: date, years: int) -> None:
    assert add(start, a_period(years, Unit.YEARS)) == add(start, a_period(12 * years, Unit.MONTHS))


@given(one=DAYS, other=DAYS, amount=st.integers(0, 400), unit=st.sampled_from([u for u in Unit if u is not Unit.HOURS]))
def test_a_later_start_never_ends_earlier(one: date, other: date, amount: int, unit: Unit) -> None:
    period = a_period(amount, unit)
    assert add(min(one, other), period) <= add(max(one, other), period)


@given(start=DAYS, amount=st.integers(1, 300))
def test_business_days_end_on_a_weekday_and_hold_that_many_weekdays(start: date, amount: int) -> None:
    end = add(start, a_period(amount, Unit.BUSINESS_DAYS))
    between = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    assert end.weekday() < 5
    assert sum(day.weekday() < 5 for day in between) == amount


@given(
    start=st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(BERLIN)),  # noqa: DTZ001
    hours=st.integers(0, 1000),
)
def test_hours_are_elapsed_time_in_any_zone(start: datetime, hours: int) -> None:
    end = add(start, a_period(hours, Unit.HOURS))
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours)
    assert end.tzinfo is BERLIN


def test_hours_over_the_start_of_summer_time_move_the_wall_clock() -> None:
    start = datetime(2026, 3, 27, 18, tzinfo=BERLIN)
    assert add(start, a_period(72, Unit.HOURS)).isoformat() == "2026-03-30T19:00:00+02:00"


def test_hours_over_the_end_of_summer_time_move_the_wall_clock_back() -> None:
    start = datetime(2026, 10, 23, 18, tzinfo=BERLIN)
    assert add(start, a_period(72, Unit.HOURS)).isoformat() == "2026-10-26T17:00:00+01:00"


def test_days_over_a_change_of_the_clocks_keep_the_wall_clock() -> None:
    start = datetime(2026, 3, 27, 18, tzinfo=BERLIN)
    assert add(start, a_period(3, Unit.DAYS)).isoformat() == "2026-03-30T18:00:00+02:00"


def test_a_wall_clock_time_that_does_not_exist_becomes_one_that_does() -> None:
    start = datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN)
    assert add(start, a_period(1, Unit.DAYS)).isoformat() == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize("start", [date(2026, 3, 1), datetime(2026, 3, 1, 8)])  # noqa: DTZ001
def test_hours_need_a_time_of_day_with_a_zone(start: date) -> None:
    with pytest.raises(NoTimeOfDay, match="give an aware datetime"):
        add(start, a_period(72, Unit.HOURS))


def test_the_smaller_amount_of_a_range_is_added_on_demand() -> None:
    assert add(date(2026, 1, 1), a_period(12, Unit.MONTHS), amount=6) == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("qualifier", "bound"),
    [
        ("a minimum of", Bound.AT_LEAST),
        ("no less than", Bound.AT_LEAST),
        ("or longer", Bound.AT_LEAST),
        ("up to", Bound.AT_MOST),
        ("no longer than", Bound.AT_MOST),
        ("aim to … within", Bound.AT_MOST),
        ("typically", Bound.STATED),
        ("", Bound.STATED),
    ],
)
def test_the_qualifier_tells_a_floor_from_a_ceiling(qualifier: str, bound: Bound) -> None:
    assert a_period(1, Unit.YEARS, qualifier).bound is bound


def test_only_an_aim_is_an_aim() -> None:
    assert a_period(72, Unit.HOURS, "aim to … within").is_aim
    assert not a_period(72, Unit.HOURS, "within").is_aim
