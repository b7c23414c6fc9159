"""A period of the policy and the arithmetic of calendars and clocks.

Owns what a duration means on a calendar; knows nothing of how one is found in a text or stored.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from dateutil.relativedelta import relativedelta

from knowledge.errors import KnowledgeError

Moment = TypeVar("Moment", date, datetime)

_WORKING_DAYS_A_WEEK = 5
_SATURDAY = 5
_AT_LEAST = re.compile(
    r"\b(?:minimum|at least|(?:no|not) (?:less|fewer|shorter) than|or (?:longer|more))\b", re.IGNORECASE
)
_AT_MOST = re.compile(
    r"\b(?:maximum|up to|within|at most|(?:no|not) (?:more|longer|later) than|at the latest|or less)\b", re.IGNORECASE
)
_AIM = re.compile(r"\b(?:aims?|try|tries|strive|endeavou?r|seek|target|intend) to\b", re.IGNORECASE)


class NoTimeOfDay(KnowledgeError):
    """Hours are counted from an aware time of day only."""

    def __init__(self) -> None:
        super().__init__("Hours can only be counted from a time of day with a time zone: give an aware datetime.")


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Kind(StrEnum):
    """How long a thing is kept, or by when a thing is done. Ages, frequencies and notice times are neither."""

    RETENTION = "retention"
    DEADLINE = "deadline"


class Bound(StrEnum):
    AT_LEAST = "at least"
    AT_MOST = "at most"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Period:
    """A duration that one clause states.

    `qualifier`, `subject`, `starts` and `exception` are the clause's words, or empty; two pieces of a qualifier are
    joined by " … ". [quote_start, quote_end) are code points in the clause's text, so a moved clause keeps them.
    """

    clause_hash: str
    amount_low: int
    amount_high: int
    unit: Unit
    qualifier: str
    subject: str
    starts: str
    kind: Kind
    quote_start: int
    quote_end: int
    exception: str = ""

    @property
    def bound(self) -> Bound:
        """What the qualifier makes of the amount: a floor, a ceiling, or the amount as stated."""
        if _AT_LEAST.search(self.qualifier):
            return Bound.AT_LEAST
        return Bound.AT_MOST if _AT_MOST.search(self.qualifier) else Bound.STATED

    @property
    def is_aim(self) -> bool:
        return bool(_AIM.search(self.qualifier))


def add(start: Moment, period: Period, *, amount: int | None = None) -> Moment:
    """The moment `period` after `start`, by its larger amount unless another is given.

    Months and years are calendar ones (31 January + 1 month is the last of February). Days, months and years keep the
    wall clock of an aware `start`; hours are elapsed time, so they may cross a change of the clocks, and need an aware
    datetime (NoTimeOfDay). Business days are Monday to Friday: public holidays are not known here.
    """
    count = period.amount_high if amount is None else amount
    match period.unit:
        case Unit.HOURS:
            return _add_hours(start, count)
        case Unit.BUSINESS_DAYS:
            return _add_business_days(start, count)
        case Unit.DAYS:
            return _on_the_clock(start + relativedelta(days=count))
        case Unit.WEEKS:
            return _on_the_clock(start + relativedelta(weeks=count))
        case Unit.MONTHS:
            return _on_the_clock(start + relativedelta(months=count))
        case Unit.YEARS:
            return _on_the_clock(start + relativedelta(years=count))


def _add_hours(start: Moment, count: int) -> Moment:
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise NoTimeOfDay
    return (start.astimezone(UTC) + timedelta(hours=count)).astimezone(start.tzinfo)


def _add_business_days(start: Moment, count: int) -> Moment:
    """From a Saturday or Sunday the first business day after it is day one, as from the Friday before."""
    weekend = max(start.weekday() - _SATURDAY + 1, 0)
    weeks, rest = divmod(count, _WORKING_DAYS_A_WEEK)
    friday_or_day = start - timedelta(days=weekend) if count else start
    ahead = rest + (2 if friday_or_day.weekday() + rest >= _SATURDAY else 0)
    return _on_the_clock(friday_or_day + timedelta(days=7 * weeks + ahead))


def _on_the_clock(moment: Moment) -> Moment:
    """A wall-clock time that the change to summer time skips becomes the time that the clocks then show."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC).astimezone(moment.tzinfo)
    return moment
