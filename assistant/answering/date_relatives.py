"""Dates told from today: yesterday, last year, 2 months ago, pichle saal."""

import re
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from assistant.answering.date_values import (
    Doubt,
    Reading,
    Unclear,
    WhenFound,
    is_day,
    one_day,
    span_of,
    whole_month,
    whole_week,
    whole_year,
)
from assistant.answering.date_words import EDGE_LEFT, EDGE_RIGHT
from knowledge.periods.numbers import AMOUNT, read_amount

_UNITS: dict[str, str] = {
    "hour": "hours", "hours": "hours", "hr": "hours", "hrs": "hours", "ghante": "hours", "घंटे": "hours",
    "day": "days", "days": "days", "din": "days", "दिन": "days",
    "week": "weeks", "weeks": "weeks", "hafte": "weeks", "hafta": "weeks", "हफ्ते": "weeks", "सप्ताह": "weeks",
    "month": "months", "months": "months", "mahine": "months", "mahina": "months", "महीने": "months",
    "year": "years", "years": "years", "yr": "years", "yrs": "years", "saal": "years", "sal": "years", "साल": "years",
    "fortnight": "fortnights", "fortnights": "fortnights",
}  # fmt: skip
_HINDI_NUMBERS: dict[str, int] = {
    "ek": 1, "do": 2, "teen": 3, "char": 4, "chaar": 4, "paanch": 5, "panch": 5, "chhe": 6, "saat": 7, "aath": 8,
    "nau": 9, "das": 10, "एक": 1, "दो": 2, "तीन": 3, "चार": 4, "पाँच": 5, "पांच": 5, "छह": 6, "सात": 7, "दस": 10,
}  # fmt: skip
_UNIT = rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))}){EDGE_RIGHT}"
_AGO = rf"(?P<ago>ago|back|earlier|before\s+(?:today|now)|pehle|pahle|पहले){EDGE_RIGHT}"

# From today to the day that the word names.
_DAYS_OFF: dict[str, int] = {
    "day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "this morning": 0,
    "this afternoon": 0, "this evening": 0, "aaj": 0, "आज": 0, "tomorrow": 1, "day after tomorrow": 2,
}  # fmt: skip
_STEPS: dict[str, int] = {
    "last": -1, "previous": -1, "pichle": -1, "pichhle": -1, "पिछले": -1, "this": 0, "current": 0, "is": 0, "इस": 0,
    "next": 1, "agle": 1, "अगले": 1,
}  # fmt: skip

NAMED_DAY = re.compile(
    rf"{EDGE_LEFT}(?:the\s+)?(?P<word>{'|'.join(sorted(_DAYS_OFF, key=len, reverse=True))}){EDGE_RIGHT}", re.IGNORECASE
)
# Hindi says "kal" for yesterday and for tomorrow, "parso" for the day before and after those.
EITHER_SIDE = re.compile(rf"{EDGE_LEFT}(?:kal|parso|parson|कल|परसों){EDGE_RIGHT}", re.IGNORECASE)
VAGUE_AGO = re.compile(
    rf"\b(?P<date>(?:(?:a\s+)?(?:few|couple(?:\s+of)?)|some|several|many|(?:more\s+than|over|at\s+least)\s+{AMOUNT})\s+{_UNIT}"
    rf"\s+{_AGO})",
    re.IGNORECASE,
)
AGO = re.compile(
    rf"{EDGE_LEFT}(?P<count>{AMOUNT}|{'|'.join(sorted(_HINDI_NUMBERS, key=len, reverse=True))})\s+{_UNIT}\s+{_AGO}",
    re.IGNORECASE,
)
FROM_NOW = re.compile(rf"{EDGE_LEFT}(?P<count>{AMOUNT})\s+{_UNIT}\s+from\s+(?:now|today)\b", re.IGNORECASE)
STEP = re.compile(
    rf"{EDGE_LEFT}(?P<step>{'|'.join(sorted(_STEPS, key=len, reverse=True))})\s+"
    rf"(?P<unit>week|month|year|hafte|hafta|mahine|mahina|saal|sal|हफ्ते|सप्ताह|महीने|साल){EDGE_RIGHT}",
    re.IGNORECASE,
)

DAY_OF_MONTH = re.compile(
    rf"{EDGE_LEFT}(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\s+(?:of\s+)?(?P<step>last|this|next)\s+month\b",
    re.IGNORECASE,
)


def read_day_of_month(match: re.Match[str], reading: Reading) -> WhenFound | None:
    month = reading.today.replace(day=1) + relativedelta(months=_STEPS[match["step"].lower()])
    day = int(match["day"])
    if not is_day(month.year, month.month, day):
        return Unclear(Doubt.IMPOSSIBLE, *span_of(match))
    return one_day(month.replace(day=day), span_of(match))


def read_named_day(match: re.Match[str], reading: Reading) -> WhenFound | None:
    word = " ".join(match["word"].lower().split())
    return one_day(reading.today + timedelta(days=_DAYS_OFF[word]), span_of(match))


def read_doubt(match: re.Match[str], _reading: Reading) -> WhenFound | None:
    return Unclear(Doubt.WHICH_DAY, *span_of(match))


def read_ago(match: re.Match[str], reading: Reading) -> WhenFound | None:
    """Hours and days name a day, a week names its days, months and years name the month and the year."""
    written = match["count"].lower()
    return _off(-(_HINDI_NUMBERS.get(written) or read_amount(written)), match, reading)


def read_from_now(match: re.Match[str], reading: Reading) -> WhenFound | None:
    return _off(read_amount(match["count"]), match, reading)


def read_step(match: re.Match[str], reading: Reading) -> WhenFound | None:
    return _off(_STEPS[match["step"].lower()], match, reading)


def _off(count: int, match: re.Match[str], reading: Reading) -> WhenFound | None:
    span, unit = span_of(match), _UNITS[match["unit"].lower()]
    limit = 100
    if unit in {"months", "years"} and abs(count) > (limit if unit == "years" else 12 * limit):
        return None
    match unit:
        case "hours":
            then = reading.now + timedelta(hours=count)
            return one_day(then.date(), span, then.time().replace(second=0, microsecond=0))
        case "days":
            return one_day(reading.today + timedelta(days=count), span)
        case "weeks" | "fortnights":
            return whole_week(reading.today + timedelta(weeks=count * (2 if unit == "fortnights" else 1)), span)
        case "months":
            then_month = reading.today + relativedelta(months=count)
            return whole_month(then_month.year, then_month.month, span)
        case _:
            return whole_year(reading.today.year + count, span)
