"""Dates as people write them, found in a text and read strictly: what is missing widens the range or is asked for.

Owns the order of the rules and times of day; knows nothing of periods or policies.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time

from assistant.answering import date_names, date_numbers, date_relatives
from assistant.answering.date_values import DateRange, Order, Precision, Reading, WhenFound

_Reader = Callable[[re.Match[str], Reading], WhenFound | None]

# The first rule that claims a stretch of text keeps it, so the fuller forms stand above the shorter ones.
_RULES: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (date_numbers.YEAR_FIRST, date_numbers.read_year_first),
    (date_numbers.YEAR_LAST, date_numbers.read_year_last),
    (date_numbers.FINANCIAL_YEAR, date_numbers.read_financial_year),
    (date_numbers.QUARTER, date_numbers.read_quarter),
    (date_names.DAY_MONTH, date_names.read_day_month),
    (date_names.MONTH_YEAR, date_names.read_month_year),
    (date_names.IN_MONTH_SHORT, date_names.read_month_year),
    (date_names.MONTH_DAY, date_names.read_month_day),
    (date_names.MONTH_ALONE, date_names.read_month_alone),
    (date_numbers.MONTH_AND_YEAR, date_numbers.read_month_and_year),
    (date_numbers.YEAR_AND_MORE, date_numbers.read_year_and_more),
    (date_numbers.DAY_AND_MONTH, date_numbers.read_day_and_month),
    (date_relatives.VAGUE_AGO, date_relatives.read_doubt),
    (date_relatives.AGO, date_relatives.read_ago),
    (date_relatives.FROM_NOW, date_relatives.read_from_now),
    (date_relatives.NAMED_DAY, date_relatives.read_named_day),
    (date_relatives.DAY_OF_MONTH, date_relatives.read_day_of_month),
    (date_relatives.STEP, date_relatives.read_step),
    (date_relatives.EITHER_SIDE, date_relatives.read_doubt),
    (date_names.WEEKDAY, date_names.read_weekday),
    (date_names.FEAST, date_names.read_feast),
    (date_numbers.YEAR_ALONE, date_numbers.read_year_alone),
    (date_numbers.YEAR_OF_A_THING, date_numbers.read_year_of_a_thing),
)

_AHEAD = re.compile(
    r"\b(?:if\s+(?:i|we)\s+(?!wrote|sent|e?mailed|asked|had|was|were|unsubscribed|contacted|finished|ended)"
    r"|(?:i|we)(?:\s+will|['’]ll|\s+shall|\s+plan\s+to|\s+want\s+to|(?:\s+am|['’]m|\s+are|['’]re)\s+going\s+to))[^.?!]*$",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?m\b\.?|(?P<hour24>\d{2}):(?P<minute24>[0-5]\d)(?::\d{2})?\b"
    r"|(?P<noon>noon)\b)"
)
_TIME_AFTER = re.compile(
    rf"(?:[,\s]+(?:in\s+the\s+)?(?:morning|afternoon|evening|night))?(?:[,\s]+(?:at|around|by)?\s*|\s*@\s*|t){_CLOCK}",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(rf"(?<![\w:.]){_CLOCK},?\s+(?:(?:on|of)\s+)?(?:the\s+)?$", re.IGNORECASE)
_NOON = 12
_REACH = 160
_LAST_HOUR = 23


def find_dates(text: str, *, order: Order, now: datetime, year_starts: int = 4) -> tuple[WhenFound, ...]:
    """Every date that `text` names, in reading order.

    `order` is how the organisation writes 03/04/2021, `now` an aware datetime in its zone, `year_starts` the month in
    which its financial year begins. Nothing is filled in from today but the year of a day or month that lies less than
    half a year back ("on 3 November").
    """
    found: list[WhenFound] = []
    claimed = [match.span() for match in date_numbers.NO_DATE.finditer(text)]
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            ahead = bool(_AHEAD.search(text, max(match.start() - _REACH, 0), match.start() + 1))
            value = read(match, Reading(order=order, now=now, ahead=ahead, year_starts=year_starts))
            if value is None or any(value.start < end and start < value.end for start, end in claimed):
                continue
            claimed.append((value.start, value.end))
            found.append(value)
    return tuple(_with_times(text, sorted(found, key=lambda value: value.start)))


def _with_times(text: str, found: list[WhenFound]) -> Iterator[WhenFound]:
    for value in found:
        names_one_day = isinstance(value, DateRange) and value.precision is Precision.DAY and value.first == value.last
        yield _with_time(text, value) if isinstance(value, DateRange) and names_one_day and not value.time else value


def _with_time(text: str, day: DateRange) -> DateRange:
    if after := _TIME_AFTER.match(text, day.end):
        return replace(day, time=_clock(after), end=after.end())
    window = 24
    if before := _TIME_BEFORE.search(text, max(day.start - window, 0), day.start):
        return replace(day, time=_clock(before), start=before.start())
    return day


def _clock(match: re.Match[str]) -> time | None:
    """The time of day, or None where the figures are no time or leave open which half of the day they mean."""
    if match["noon"]:
        return time(_NOON)
    if match["hour"]:
        hour = int(match["hour"])
        afternoon = match["half"].lower() == "p"
        return time(hour % _NOON + _NOON * afternoon, int(match["minute"] or 0)) if 1 <= hour <= _NOON else None
    hour = int(match["hour24"])
    settled = match["hour24"].startswith("0") or _NOON < hour <= _LAST_HOUR
    return time(hour, int(match["minute24"])) if settled else None
