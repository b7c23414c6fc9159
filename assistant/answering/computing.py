"""A question that names a date, and the clauses that answer it -> the day that the policy's period comes to.

Knows nothing of searching or tickets, and never says what became of anybody's data.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from assistant.answering import wording_computed as wording
from assistant.answering.date_values import DateRange, Order, Unclear, WhenFound
from assistant.answering.dates import find_dates
from assistant.answering.period_fit import Fit, fitting_period
from knowledge.clause import Clause
from knowledge.periods.period import Bound, Kind, Period, Unit, add
from knowledge.periods.table import PeriodTable

_OPEN_SIDE = re.compile(r"\b(?:before|until|till|by|after|later\s+than|prior\s+to)\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s+(?:the\s+)?$", re.IGNORECASE)
_NOW = re.compile(r"^(?:today|aaj|आज|this \w+|tonight)", re.IGNORECASE)
_COMPLETION = re.compile(r"complet|end|finish|clos|terminat|expir", re.IGNORECASE)
_BEGINNING = re.compile(
    r"\b(?:start(?:ed|s|ing)?|beg[au]n|signed|hired|joined|kick(?:ed)?[\s-]?off|registered|became)\b", re.IGNORECASE
)
_ENDING = re.compile(
    r"\b(?:end(?:ed|s)?|finish(?:ed)?|complet\w+|deliver\w+|clos\w+|done|launch\w+|over|left|cancel\w+|terminat\w+|went\s+live|wrap(?:ped)?\s+up)\b",
    re.IGNORECASE,
)

_TO_COME = re.compile(
    rf"{_ENDING.pattern}|\b(?:if\s+(?:i|we)|when\s+(?:i|we)|unsubscribe|opt\s+out|pay|buy|order|sign)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Computed:
    """What a period of `clause` comes to, counted from the date in the question."""

    text: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class AskDate:
    """A period fits, but the date does not say which day; `text` asks for it."""

    text: str


def compute(
    question: str,
    clauses: Sequence[Clause],
    periods: PeriodTable,
    *,
    order: Order,
    now: datetime,
    zone: tzinfo,
    year_starts: int = 4,
) -> Computed | AskDate | None:
    """The computed date, a question about the date, or None where no date is named or no period fits.

    `clauses` are those retrieved for the question, best first; `year_starts` is the first month of a financial year.
    """
    local = now.astimezone(zone)
    found = find_dates(question, order=order, now=local, year_starts=year_starts)
    fit = fitting_period(question, clauses, periods) if found else None
    if fit is None:
        return None
    when = _the_one(question, found, fit.period.kind)
    if isinstance(when, AskDate):
        return when
    if fit.period.kind is Kind.RETENTION and when.first > local.date() and not _TO_COME.search(question):
        return None  # "will you have it in 2030?" names a day to compare with, not one to count from
    if _counts_from_something_else(question, fit.period):
        return AskDate(wording.OTHER_START.format(starts=fit.period.starts))
    try:
        told = _kept(fit, when, local) if fit.period.kind is Kind.RETENTION else _due(fit, when, local)
    except (OverflowError, ValueError):
        return None  # past the last year that a calendar holds
    return Computed(told, fit.clause)


def _the_one(question: str, found: tuple[WhenFound, ...], kind: Kind) -> DateRange | AskDate:
    """The date to count from: "today" and "before 2027" give way to a date that stands for itself."""
    settled = [value for value in found if not _leaves_open(question[: value.start], kind)]
    if not settled and len(found) == 1 and _SINCE.search(question[: found[0].start]):
        settled = list(found)  # what has been there "since May 2022", and no other date, is counted from then
    if not settled:
        return AskDate(wording.BEFORE_OR_AFTER.format(phrase=_phrase(question, found[0])))
    told = [value for value in settled if not _NOW.match(_phrase(question, value))] or settled
    spans = {(value.first, value.last) if isinstance(value, DateRange) else (value.start, value.end) for value in told}
    if len(spans) > 1:
        return AskDate(wording.SEVERAL_DATES.format(phrases=", ".join(_phrase(question, value) for value in told)))
    first = told[0]
    return _asked(question, first) if isinstance(first, Unclear) else first


def _leaves_open(before: str, kind: Kind) -> bool:
    """Whether the words before a date make it one side of a stretch; waiting "since Friday" began on Friday."""
    return bool(_OPEN_SIDE.search(before) or (kind is Kind.RETENTION and _SINCE.search(before)))


def _asked(question: str, doubt: Unclear) -> AskDate:
    template = wording.DOUBTS[doubt.reason]
    example = date(2021, 4, 3)
    return AskDate(
        template.format(
            phrase=_phrase(question, doubt), example=wording.long_day(example), month=wording.long_month(example)
        )
    )


def _phrase(question: str, value: WhenFound) -> str:
    return question[value.start : value.end]


def _counts_from_something_else(question: str, period: Period) -> bool:
    counts_from_end = bool(_COMPLETION.search(period.starts))
    return counts_from_end and bool(_BEGINNING.search(question)) and not _ENDING.search(question)


def _kept(fit: Fit, when: DateRange, now: datetime) -> str:
    """How long the period runs, with the latest start for its end: nothing is promised too early."""
    period = fit.period
    first, last = _ends(period, when, now)
    span = wording.span_of_time(period, fit.clause.text)
    widened = when.first != when.last
    is_range = period.amount_low != period.amount_high
    template = wording.KEPT_RANGE if is_range else wording.KEPT[period.bound]
    sentences = [
        template.format(
            since=wording.since(when, period.kind),
            span=span,
            first=wording.long_day(first),
            last=wording.long_day(last),
            latest=wording.LATEST if widened else "",
            next=wording.next_unit(when, last),
        ),
        wording.NO_LAST_DAY if period.bound is Bound.AT_LEAST and not is_range else "",
        wording.STARTS.format(starts=period.starts) if period.starts else wording.NO_START,
        wording.EXCEPTION.format(exception=period.exception) if period.exception else "",
        _whether_past(first, last, now.date()),
        wording.counting_note(period.unit),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _ends(period: Period, when: DateRange, now: datetime) -> tuple[date, date]:
    """The first and the last day on which the period can end."""
    if period.unit is Unit.HOURS:
        earliest, latest = _moments(period, when, now)
        return earliest.date(), (latest - timedelta(microseconds=1)).date()
    return add(when.first, period, amount=period.amount_low), add(when.last, period)


def _whether_past(first: date, last: date, today: date) -> str:
    if last < today:
        return wording.PASSED
    return wording.PASSING.format(first=wording.long_day(first)) if first < today else wording.AHEAD


def _due(fit: Fit, when: DateRange, now: datetime) -> str:
    period = fit.period
    earliest, latest = _moments(period, when, now)
    template = wording.DUE_AIM if period.is_aim else wording.DUE
    sentences = [
        template.format(
            since=wording.since(when, period.kind),
            span=wording.span_of_time(period, fit.clause.text),
            due=_due_when(period, when, earliest, latest),
        ),
        wording.DUE_OVER if latest < now else wording.DUE_AHEAD if now < earliest else wording.DUE_OPEN,
        wording.counting_note(period.unit),
        wording.STARTS.format(starts=period.starts) if period.starts else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _due_when(period: Period, when: DateRange, earliest: datetime, latest: datetime) -> str:
    if period.unit is not Unit.HOURS:
        last = (latest - timedelta(microseconds=1)).date()
        if when.first == when.last and period.amount_low == period.amount_high:
            return f"on {wording.weekday_and_day(last)}"
        return f"on {wording.weekday_and_day(last)}{wording.LATEST}"
    if when.time is not None:
        return f"on {wording.weekday_and_day(latest.date())}, {latest:%H:%M}"
    day = (latest - timedelta(microseconds=1)).date()
    if earliest.date() == day:
        return wording.DUE_WITHIN.format(day=wording.weekday_and_day(day))
    begin = f"{wording.weekday_and_day(earliest.date())}, {earliest:%H:%M}"
    return wording.DUE_RANGE.format(first=begin, last=wording.moment(latest))


def _moments(period: Period, when: DateRange, now: datetime) -> tuple[datetime, datetime]:
    """The earliest and the latest end. A day without a time may have begun the count at any of its moments; a deadline
    counted in days ends with its last day.
    """
    zone = now.tzinfo
    if period.unit is Unit.HOURS:
        begins = datetime.combine(when.first, when.time or time(), zone)
        ends = begins if when.time else datetime.combine(when.last + timedelta(days=1), time(), zone)
        return add(begins, period, amount=period.amount_low), add(ends, period)
    last = add(when.last, period) + timedelta(days=1)
    first = add(when.first, period, amount=period.amount_low) + timedelta(days=1)
    return datetime.combine(first, time(), zone), datetime.combine(last, time(), zone)
