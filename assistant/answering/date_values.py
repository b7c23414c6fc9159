"""A date as it was found in a text: a range of days, or a doubt that only the writer can settle."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

Order = Literal["DMY", "MDY", "YMD"]
Span = tuple[int, int]


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Doubt(StrEnum):
    """Why a phrase that speaks of a date names none."""

    IMPOSSIBLE = "no such day in the calendar"
    WHICH_ORDER = "day and month can be read both ways"
    WHICH_YEAR = "the year is missing"
    DAY_OR_YEAR = "a number that can be the day or the year"
    WHICH_SPAN = "a financial year or quarter whose months are not known"
    WHICH_DAY = "a word that names no one day"


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from `first` to `last`, both included; [start, end) is where the phrase stands.

    A missing day or month widens the range. `time` is set only where the phrase names one day and an unmistakable
    time of day; it is a wall clock time in the zone of the `now` that was given.
    """

    first: date
    last: date
    precision: Precision
    time: time | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unclear:
    """A phrase at [start, end) that means a date which cannot be told from it."""

    reason: Doubt
    start: int
    end: int


WhenFound = DateRange | Unclear


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase is read against. `ahead` says that the sentence speaks of what the writer is going to do."""

    order: Order
    now: datetime
    ahead: bool = False
    year_starts: int = 4

    @property
    def today(self) -> date:
        return self.now.date()


def span_of(match: re.Match[str]) -> Span:
    """Where the date itself stands: the group "date" where the pattern needs words around it."""
    return match.span("date") if "date" in match.re.groupindex else match.span()


def one_day(day: date, span: Span, at: time | None = None) -> DateRange:
    return DateRange(day, day, Precision.DAY, at, *span)


def days(first: date, last: date, span: Span) -> DateRange:
    return DateRange(first, last, Precision.DAY, None, *span)


def whole_week(day: date, span: Span) -> DateRange:
    monday = day - timedelta(days=day.weekday())
    return days(monday, monday + timedelta(days=6), span)


def whole_month(year: int, month: int, span: Span) -> DateRange:
    last = calendar.monthrange(year, month)[1]
    return DateRange(date(year, month, 1), date(year, month, last), Precision.MONTH, None, *span)


def whole_year(year: int, span: Span) -> DateRange:
    return DateRange(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, None, *span)


def years_from(first: date, last: date, span: Span) -> DateRange:
    return DateRange(first, last, Precision.YEAR, None, *span)


def is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]  # noqa: PLR2004


def full_year(written: str, today: date) -> int:
    """Two digits mean the year up to ten years ahead of today, else the century before."""
    if len(written) == 4:  # noqa: PLR2004
        return int(written)
    year = today.year - today.year % 100 + int(written)
    return year if year <= today.year + 10 else year - 100
