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
from assistant.words.book import Words
from assistant.words.dates import long_day, long_month, weekday_and_day
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
    words: Words,
) -> Computed | AskDate | None:
    """The computed date, a question about the date, or None where no date is named or no period fits.

    `clauses` are those retrieved for the question, best first.
    """
    local = now.astimezone(zone)
    found = find_dates(question, order=order, now=local)
    fit = fitting_period(question, clauses, periods) if found else None
    if fit is None:
        return None
    when = _the_one(question, found, fit.period.kind, words)
    if isinstance(when, AskDate):
        return when
    if fit.period.kind is Kind.RETENTION and when.first > local.date() and not _TO_COME.search(question):
        return None  # "will you have it in 2030?" names a day to compare with, not one to count from
    if _counts_from_something_else(question, fit.period):
        return AskDate(words("dates.unclear.other_start", starts=fit.period.starts))
    try:
        told = _kept(fit, when, local, words) if fit.period.kind is Kind.RETENTION else _due(fit, when, local, words)
    except (OverflowError, ValueError):
        return None  # past the last year that a calendar holds
    return Computed(told, fit.clause)


def _the_one(question: str, found: tuple[WhenFound, ...], kind: Kind, words: Words) -> DateRange | AskDate:
    """The date to count from: "today" and "before 2027" give way to a date that stands for itself."""
    settled = [value for value in found if not _leaves_open(question[: value.start], kind)]
    if not settled and len(found) == 1 and _SINCE.search(question[: found[0].start]):
        settled = list(found)  # what has been there "since May 2022", and no other date, is counted from then
    if not settled:
        return AskDate(words("dates.unclear.before_or_after", phrase=_phrase(question, found[0])))
    told = [value for value in settled if not _NOW.match(_phrase(question, value))] or settled
    spans = {(value.first, value.last) if isinstance(value, DateRange) else (value.start, value.end) for value in told}
    if len(spans) > 1:
        return AskDate(words("dates.unclear.several", phrases=", ".join(_phrase(question, value) for value in told)))
    first = told[0]
    return _asked(question, first, words) if isinstance(first, Unclear) else first


def _leaves_open(before: str, kind: Kind) -> bool:
    """Whether the words before a date make it one side of a stretch; waiting "since Friday" began on Friday."""
    return bool(_OPEN_SIDE.search(before) or (kind is Kind.RETENTION and _SINCE.search(before)))


def _asked(question: str, doubt: Unclear, words: Words) -> AskDate:
    example, phrase = date(2021, 4, 3), _phrase(question, doubt)
    key = f"dates.unclear.{doubt.reason.name.lower()}"
    return AskDate(words(key, phrase=phrase, example=long_day(words, example), month=long_month(words, example)))


def _phrase(question: str, value: WhenFound) -> str:
    return question[value.start : value.end]


def _counts_from_something_else(question: str, period: Period) -> bool:
    counts_from_end = bool(_COMPLETION.search(period.starts))
    return counts_from_end and bool(_BEGINNING.search(question)) and not _ENDING.search(question)


def _kept(fit: Fit, when: DateRange, now: datetime, words: Words) -> str:
    """How long the period runs, with the latest start for its end: nothing is promised too early."""
    period = fit.period
    first, last = _ends(period, when, now)
    span = wording.span_of_time(words, period, fit.clause.text)
    widened = when.first != when.last
    is_range = period.amount_low != period.amount_high
    key = "range" if is_range else period.bound.name.lower()
    sentences = [
        words(
            f"dates.kept.{key}",
            since=wording.since(words, when, period.kind),
            span=span,
            first=long_day(words, first),
            last=long_day(words, last),
            latest=words("dates.kept.latest") if widened else "",
            next=wording.next_unit(words, when, last),
        ),
        words("dates.kept.no_last_day") if period.bound is Bound.AT_LEAST and not is_range else "",
        _starts(period, words) or words("dates.kept.no_start"),
        words("dates.kept.exception", exception=period.exception) if period.exception else "",
        _whether_past(first, last, now.date(), words),
        wording.counting_note(words, period.unit),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _ends(period: Period, when: DateRange, now: datetime) -> tuple[date, date]:
    """The first and the last day on which the period can end."""
    if period.unit is Unit.HOURS:
        earliest, latest = _moments(period, when, now)
        return earliest.date(), (latest - timedelta(microseconds=1)).date()
    return add(when.first, period, amount=period.amount_low), add(when.last, period)


def _starts(period: Period, words: Words) -> str:
    return words("dates.kept.starts", starts=period.starts) if period.starts else ""


def _whether_past(first: date, last: date, today: date, words: Words) -> str:
    if last < today:
        return words("dates.kept.passed")
    if first < today:
        return words("dates.kept.passing", first=long_day(words, first))
    return words("dates.kept.ahead")


def _due(fit: Fit, when: DateRange, now: datetime, words: Words) -> str:
    period = fit.period
    earliest, latest = _moments(period, when, now)
    over = "over" if latest < now else "ahead" if now < earliest else "open"
    sentences = [
        words(
            "dates.due.aim" if period.is_aim else "dates.due.due",
            since=wording.since(words, when, period.kind),
            span=wording.span_of_time(words, period, fit.clause.text),
            due=_due_when(period, when, earliest, latest, words),
        ),
        words(f"dates.due.{over}"),
        wording.counting_note(words, period.unit),
        _starts(period, words),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _due_when(period: Period, when: DateRange, earliest: datetime, latest: datetime, words: Words) -> str:
    if period.unit is not Unit.HOURS:
        last = (latest - timedelta(microseconds=1)).date()
        on = words("dates.due.on", day=weekday_and_day(words, last))
        is_one = when.first == when.last and period.amount_low == period.amount_high
        return on if is_one else on + words("dates.kept.latest")
    if when.time is not None:
        return words("dates.due.at", day=weekday_and_day(words, latest.date()), time=f"{latest:%H:%M}")
    day = (latest - timedelta(microseconds=1)).date()
    if earliest.date() == day:
        return words("dates.due.within", day=weekday_and_day(words, day))
    begin = wording.day_and_time(words, earliest)
    return words("dates.due.range", first=begin, last=wording.moment(words, latest))


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
