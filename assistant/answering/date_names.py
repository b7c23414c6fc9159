"""Dates with a named month or weekday: 3rd of march, Mar 2021, last March, on monday."""

import re
from datetime import date, timedelta

from assistant.answering.date_values import (
    DateRange,
    Doubt,
    Reading,
    Unclear,
    WhenFound,
    full_year,
    is_day,
    one_day,
    span_of,
    whole_month,
)
from assistant.answering.date_words import EDGE_LEFT, EDGE_RIGHT, FEASTS, HOMONYMS, MONTHS, WEEKDAYS, any_of

_MONTH = rf"(?P<month>{any_of(MONTHS)}){EDGE_RIGHT}(?:\.(?=\s*\d))?"
_DAY = r"(?P<day>\d{1,2})"
_ORDINAL = r"(?P<ordinal>\s?(?:st|nd|rd|th)\b)?"
_WHICH = r"(?P<which>last|previous|past|this|next|coming|pichhle|pichle|agle|पिछले|अगले)"
_ON = r"on|since|from|by|until|till|dated?|before|after"
_NO_COUNT = (
    r"(?![\w@%/:]|[.,\-]\d)(?!\s*(?:hours?|days?|weeks?|months?|years?|am|pm|users?|people|records?|files?|e-?mails?|clients?"
    r"|of\s+(?:us|them|you))\b)"
)

# A missing year is read as the latest such day only where that lies within half a year; else it is asked for.
_LATELY = timedelta(days=183)

DAY_MONTH = re.compile(
    rf"(?:\b(?P<on>{_ON})\s+(?:the\s+)?)?(?P<date>(?<![\w./:\-]){_DAY}{_ORDINAL}[\s\-/]*(?P<of>of\s+)?{EDGE_LEFT}{_MONTH}"
    r"(?:[\s,\-/]*(?:['’](?P<short>\d{2})(?!\d)|(?P<year>(?:19|20)\d{2}|\d{2}(?=\s*(?:[,.?!;)]|$)))(?![\w@%]|[.,/:]\d)))?)",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"(?:\b(?P<on>{_ON})\s+)?(?P<date>{EDGE_LEFT}{_MONTH}\s+(?:the\s+)?{_DAY}"
    rf"(?:{_ORDINAL},?\s+(?:of\s+)?(?P<year>(?:19|20)\d{{2}})\b|(?P<suffix>\s?(?:st|nd|rd|th)\b)|(?<=\d){_NO_COUNT}))",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(
    rf"{EDGE_LEFT}{_MONTH}[\s,\-/]*(?:of\s+)?(?:(?P<year>(?:19|20)\d{{2}})(?![\w@%]|[.,/:\-]\d)|['’](?P<short>\d{{2}})\b)",
    re.IGNORECASE,
)
IN_MONTH_SHORT = re.compile(rf"\bin\s+(?P<date>{_MONTH}[\s\-]+(?P<short>\d{{2}}){_NO_COUNT})", re.IGNORECASE)
MONTH_ALONE = re.compile(
    rf"(?:\b(?:in|since|from|during|until|till|by|before|after|around|mid|early|late|(?:end|start|middle|beginning)\s+of"
    rf"|ended|completed|finished)[\s-]+|(?={_WHICH}\s))(?P<date>(?:{EDGE_LEFT}{_WHICH.replace('which', 'told')}\s+)?"
    rf"{EDGE_LEFT}{_MONTH})(?!\s*\d)(?!\s+(?:i|we|you|he|she|they|it|not|be|have|also|or|also)\b)",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"(?<!\bevery )(?<!\beach )(?<!\bany )"
    rf"(?:\b(?P<on>on|since|from|by|until|till|before|after)\s+)?(?P<date>(?:{EDGE_LEFT}{_WHICH}\s+)?"
    rf"{EDGE_LEFT}(?P<weekday>{any_of(WEEKDAYS)}){EDGE_RIGHT})",
    re.IGNORECASE,
)
FEAST = re.compile(
    rf"\b(?:on|since|last|this|next|before|after|around|during|at|till|until|from|in|by)\s+(?P<date>(?:{FEASTS}){EDGE_RIGHT})",
    re.IGNORECASE,
)

_LAST = frozenset({"last", "previous", "past", "pichle", "pichhle", "पिछले"})
_NEXT = frozenset({"next", "coming", "agle", "अगले"})
_SHORT_NAME = 5


def read_day_month(match: re.Match[str], reading: Reading) -> WhenFound | None:
    year, month, day = match["short"] or match["year"], _month(match), int(match["day"])
    if year is None and _is_homonym(match) and not (match["ordinal"] or match["of"] or match["on"]):
        return None
    if year is not None:
        return _day_in(full_year(year, reading.today), month, day, match)
    return _without_year(month, day, match, reading)


def read_month_day(match: re.Match[str], reading: Reading) -> WhenFound | None:
    month, day = _month(match), int(match["day"])
    if match["year"] is not None:
        return _day_in(int(match["year"]), month, day, match)
    if match["on"] or match["suffix"]:
        return _without_year(month, day, match, reading)
    if _is_homonym(match) and match["month"].islower():
        return None
    if 1 <= day <= 31:  # noqa: PLR2004
        return Unclear(Doubt.DAY_OR_YEAR, *span_of(match))
    return whole_month(full_year(f"{day:02}", reading.today), month, span_of(match))


def read_month_year(match: re.Match[str], reading: Reading) -> WhenFound | None:
    groups = match.groupdict()
    return whole_month(full_year(groups["short"] or groups["year"], reading.today), _month(match), span_of(match))


def read_month_alone(match: re.Match[str], reading: Reading) -> WhenFound | None:
    """A month without a year: told by last, this or next, else the latest one that is not long past."""
    month, today, told = _month(match), reading.today, (match["told"] or "").lower()
    this = date(today.year, month, 1)
    if told == "this":
        return whole_month(today.year, month, span_of(match))
    if told in _NEXT:
        return whole_month(today.year + (month <= today.month), month, span_of(match))
    latest = this if month < today.month or (month == today.month and not told) else date(today.year - 1, month, 1)
    if told in _LAST:
        return whole_month(latest.year, month, span_of(match))
    found = whole_month(latest.year, month, span_of(match))
    lately = today - found.last <= _LATELY and not reading.ahead
    return found if lately else Unclear(Doubt.WHICH_YEAR, *span_of(match))


def read_weekday(match: re.Match[str], reading: Reading) -> WhenFound | None:
    """The latest such day before today; the next one where the sentence looks ahead."""
    name, which = match["weekday"].lower(), (match["which"] or "").lower()
    if len(name) <= _SHORT_NAME and name.isascii() and not (which or match["on"]):
        return None
    back = (reading.today.weekday() - WEEKDAYS[name]) % 7
    if back == 0 and not which:
        return Unclear(Doubt.WHICH_DAY, *span_of(match))
    if which == "this":
        return one_day(reading.today + timedelta(days=WEEKDAYS[name] - reading.today.weekday()), span_of(match))
    if which in _NEXT or (reading.ahead and which not in _LAST):
        return one_day(reading.today + timedelta(days=(7 - back)), span_of(match))
    return one_day(reading.today - timedelta(days=back or 7), span_of(match))


def read_feast(match: re.Match[str], _reading: Reading) -> WhenFound | None:
    return Unclear(Doubt.WHICH_DAY, *span_of(match))


def _month(match: re.Match[str]) -> int:
    return MONTHS[match["month"].lower()]


def _is_homonym(match: re.Match[str]) -> bool:
    return match["month"].lower() in HOMONYMS


def _day_in(year: int, month: int, day: int, match: re.Match[str]) -> WhenFound:
    if not is_day(year, month, day):
        return Unclear(Doubt.IMPOSSIBLE, *span_of(match))
    return one_day(date(year, month, day), span_of(match))


def _without_year(month: int, day: int, match: re.Match[str], reading: Reading) -> DateRange | Unclear:
    leap = 2024
    if not is_day(leap, month, day):
        return Unclear(Doubt.IMPOSSIBLE, *span_of(match))
    today = reading.today
    latest = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    if reading.ahead or not is_day(latest, month, day) or today - date(latest, month, day) > _LATELY:
        return Unclear(Doubt.WHICH_YEAR, *span_of(match))
    return one_day(date(latest, month, day), span_of(match))
