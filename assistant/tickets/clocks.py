"""Time limits as pure functions: months, days, business days, hours, pauses and the moments to warn at.

Knows no law and no ticket. Every instant is aware; calendar units are counted in a time zone and returned in UTC.
"""

import calendar
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

# Per cent of a limit's time after which the desk is warned; at the last one it is overdue.
WARNINGS = (50, 75, 90, 100)
_SATURDAY = 5
_MONTHS_A_YEAR = 12


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Span:
    amount: int
    unit: Unit


def end_of(start: datetime, span: Span, *, zone: ZoneInfo, closed: Container[date] = ()) -> datetime:
    """When the span that begins at `start` is over. `closed` are the holidays that business days leave out."""
    if span.unit is Unit.HOURS:
        return start.astimezone(UTC) + timedelta(hours=span.amount)
    local = start.astimezone(zone)
    if span.unit is Unit.MONTHS:
        day = plus_months(local.date(), span.amount)
    elif span.unit is Unit.DAYS:
        day = local.date() + timedelta(days=span.amount)
    else:
        day = plus_business_days(local.date(), span.amount, closed)
    return datetime.combine(day, local.time(), zone).astimezone(UTC)


def plus_months(day: date, months: int) -> date:
    """The corresponding date, or the last day of a month that has none: 31 January and a month is 28 February.

    Source: Regulation 1182/71 Art. 3(2)(c). It never runs on past that day, which is the earlier of two readings.
    """
    years, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def plus_business_days(day: date, count: int, closed: Container[date]) -> date:
    """The count-th day after `day` that is neither a Saturday or Sunday nor closed."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in closed:
            count -= 1
    return day


def after_pause(due_at: datetime, *, paused_at: datetime, resumed_at: datetime) -> datetime:
    """A limit moves by as long as its clock stood still, never backwards."""
    return due_at + max(timedelta(), resumed_at - paused_at)


def warning_at(starts_at: datetime, due_at: datetime, percent: int) -> datetime:
    return starts_at + (due_at - starts_at) * percent / 100


def reached(starts_at: datetime, due_at: datetime, now: datetime) -> int:
    """The highest warning whose moment has come; 0 before the first."""
    return max((percent for percent in WARNINGS if warning_at(starts_at, due_at, percent) <= now), default=0)


def next_warning(starts_at: datetime, due_at: datetime, *, warned: int) -> datetime | None:
    """The moment of the first warning above the one that was given; it may be past. None after the last."""
    later = (percent for percent in WARNINGS if percent > warned)
    percent = next(later, None)
    return None if percent is None else warning_at(starts_at, due_at, percent)
