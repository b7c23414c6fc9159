from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.tickets.clocks import (
    WARNINGS,
    Span,
    Unit,
    after_pause,
    end_of,
    next_warning,
    plus_business_days,
    plus_months,
    reached,
    warning_at,
)

ZONES = st.sampled_from(["UTC", "Asia/Kolkata", "Europe/Berlin", "America/Los_Angeles"]).map(ZoneInfo)
DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 zone follows
KOLKATA = ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
    ],
)
def test_a_month_ends_on_the_corresponding_date_or_on_the_last_day(start: date, months: int, end: date) -> None:
    assert plus_months(start, months) == end


@given(DAYS, st.integers(0, 60))
def test_months_keep_the_day_or_clamp_to_the_end_of_the_month(day: date, months: int) -> None:
    end = plus_months(day, months)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, st.integers(0, 24))
def test_a_later_start_never_ends_earlier(first: date, second: date, months: int) -> None:
    earlier, later = sorted([first, second])
    assert plus_months(earlier, months) <= plus_months(later, months)


@given(DAYS, st.integers(1, 30), st.sets(DAYS, max_size=20))
def test_business_days_count_only_days_that_are_open(day: date, count: int, closed: set[date]) -> None:
    end = plus_business_days(day, count, closed)
    between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert sum(each.weekday() < 5 and each not in closed for each in between) == count
    assert end.weekday() < 5
    assert end not in closed


@given(INSTANTS, st.integers(1, 2000), ZONES)
def test_hours_run_through_nights_weekends_and_clock_changes(start: datetime, hours: int, zone: ZoneInfo) -> None:
    assert end_of(start, Span(hours, Unit.HOURS), zone=zone) == start + timedelta(hours=hours)


@given(INSTANTS, st.integers(1, 120), ZONES, st.sampled_from([Unit.DAYS, Unit.MONTHS, Unit.BUSINESS_DAYS]))
def test_calendar_units_end_at_the_same_time_of_day_in_utc(
    start: datetime, amount: int, zone: ZoneInfo, unit: Unit
) -> None:
    end = end_of(start, Span(amount, unit), zone=zone)
    assert end.tzinfo is UTC
    assert end > start
    gap = end.astimezone(zone).replace(tzinfo=None) - start.astimezone(zone).replace(tzinfo=None)
    # An hour that a clock change leaves out is moved to the next.
    assert gap % timedelta(days=1) in {timedelta(), timedelta(hours=1)}


def test_days_are_counted_where_the_organisation_is() -> None:
    late = datetime(2027, 1, 30, 20, 0, tzinfo=UTC)
    # It is the 31st in Kolkata already, so the month ends with February there.
    assert end_of(late, Span(1, Unit.MONTHS), zone=KOLKATA) == datetime(2027, 2, 27, 20, 0, tzinfo=UTC)


@given(INSTANTS, st.timedeltas(timedelta(hours=1), timedelta(days=200)), st.timedeltas(timedelta(), timedelta(days=60)))
def test_a_pause_moves_a_limit_by_its_own_length(start: datetime, length: timedelta, pause: timedelta) -> None:
    due = start + length
    assert after_pause(due, paused_at=start, resumed_at=start + pause) == due + pause
    assert after_pause(due, paused_at=start + pause, resumed_at=start) == due


@given(INSTANTS, st.timedeltas(timedelta(minutes=1), timedelta(days=200)))
def test_every_warning_has_one_moment_and_the_last_is_the_limit(start: datetime, length: timedelta) -> None:
    due, warned, moments = start + length, 0, []
    while moment := next_warning(start, due, warned=warned):
        warned = reached(start, due, moment)
        moments.append(warned)
    assert moments == list(WARNINGS)
    assert warning_at(start, due, 100) == due
    assert reached(start, due, start) == 0
    assert reached(start, due, due + timedelta(days=400)) == 100
