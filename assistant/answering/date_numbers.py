"""Dates written in figures: 12/03/2021, 2021-03-12, FY 2021-22, in 2019; and figures that are none."""

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
    whole_year,
    years_from,
)

_YEAR = r"(?:19[5-9]\d|20\d\d)"
_FREE_LEFT = r"(?<![\w./:\-+#@])"
_FREE_RIGHT = r"(?![\w/@]|[.\-:]\d)"

# Addresses, versions, clause ids, telephone numbers: claimed first, so that no rule reads a date into them.
NO_DATE = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+"
    r"|\b(?:v|ver|version|release|build)\.?\s*\d+(?:[.\-]\d+)*"
    r"|(?:§|\b(?:clause|section|sec|article|art|paragraph|para|rule|page|order|invoice no|ticket)\b\.?)\s*"
    r"#?\s*\d+(?:[.\-/]\d+)*"
    r"|\b24\s*[/x]\s*7(?:\s*/\s*365)?\b|\+\d[\d\s()\-]{6,}\d|\b\d+(?:\.\d+){3,}\b"
    r"|\b\d{1,2}\.\d{1,2}\.\d\b",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(
    rf"{_FREE_LEFT}(?P<y>(?:19|20)\d{{2}})(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})"
    r"(?!\d|[-/.]\d)"
)
YEAR_LAST = re.compile(
    rf"{_FREE_LEFT}(?P<a>\d{{1,2}})\s?(?P<sep>[-/.])\s?(?P<b>\d{{1,2}})\s?(?P=sep)\s?(?P<y>\d{{4}}|\d{{2}}){_FREE_RIGHT}"
)
MONTH_AND_YEAR = re.compile(rf"{_FREE_LEFT}(?P<m>\d{{1,2}})[-/](?P<y>{_YEAR}){_FREE_RIGHT}")
FINANCIAL_YEAR = re.compile(
    rf"\b(?:f\.?y\.?|(?:financial|fiscal)\s+years?)\s*['’]?(?P<a>\d{{4}}|\d{{2}})(?:\s*[-/–]\s*(?P<b>\d{{4}}|\d{{2}}))?{_FREE_RIGHT}",
    re.IGNORECASE,
)
YEAR_AND_MORE = re.compile(rf"{_FREE_LEFT}(?P<a>{_YEAR})\s?[-/–]\s?(?P<b>\d{{4}}|\d{{2}}){_FREE_RIGHT}")
QUARTER = re.compile(rf"\bq[1-4]\s*(?:of\s+|['’/-]\s*)?(?:{_YEAR}|\d{{2}})\b", re.IGNORECASE)
DAY_AND_MONTH = re.compile(
    rf"(?:\b(?:on|from|since|by|dated?|until|till|before|after|ended|finished|sent|wrote)\s+(?P<date>\d{{1,2}}/\d{{1,2}})"
    rf"|{_FREE_LEFT}(?P<bare>\d{{2}}/\d{{2}})){_FREE_RIGHT}",
    re.IGNORECASE,
)
YEAR_ALONE = re.compile(
    r"\b(?:in|since|from|of|during|by|until|till|before|after|year|back\s+in|around|mid|early|late|for|ended|completed|finished"
    r"|(?P<end>end\s+of(?:\s+the\s+year)?))[\s-]+"
    rf"(?P<date>{_YEAR})(?![\w/@%]|[.,:\-]\d)"
    r"(?!\s*(?:users|cases|people|persons|records|files|e-?mails|clients|customers|rupees|euros|dollars|words|items|rows|hours"
    r"|days|weeks|months|years|times|accounts|entries|names|visitors|members)\b)",
    re.IGNORECASE,
)

YEAR_OF_A_THING = re.compile(
    rf"\b(?:my|our|the|your)\s+(?P<date>{_YEAR})"
    r"(?=\s+(?:invoice|bill|payment|receipt|project|order|contract|campaign|website)s?\b)",
    re.IGNORECASE,
)


def read_year_first(match: re.Match[str], _reading: Reading) -> WhenFound | None:
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    return _day_or_doubt({(year, month, day)}, match)


def read_year_last(match: re.Match[str], reading: Reading) -> WhenFound | None:
    first, second, year = int(match["a"]), int(match["b"]), full_year(match["y"], reading.today)
    if match["sep"] == "." and len(match["y"]) == 2 and len(match["a"] + match["b"]) < 4:  # noqa: PLR2004
        return None
    day_first, month_first = (year, second, first), (year, first, second)
    if reading.order == "YMD":
        if len(match["y"]) == 2:  # noqa: PLR2004
            return _day_or_doubt({(full_year(f"{first:02}", reading.today), second, int(match["y"]))}, match)
        return _day_or_doubt({day_first, month_first}, match)
    told, other = (day_first, month_first) if reading.order == "DMY" else (month_first, day_first)
    return _day_or_doubt({told if is_day(*told) else other}, match)


def read_month_and_year(match: re.Match[str], _reading: Reading) -> WhenFound | None:
    month = int(match["m"])
    if not 1 <= month <= 12:  # noqa: PLR2004
        return Unclear(Doubt.IMPOSSIBLE, *match.span())
    return whole_month(int(match["y"]), month, match.span())


def read_financial_year(match: re.Match[str], reading: Reading) -> WhenFound | None:
    first = full_year(match["a"], reading.today)
    if not match["b"]:
        return Unclear(Doubt.WHICH_SPAN, *match.span())
    if full_year(match["b"], reading.today) != first + 1:
        return Unclear(Doubt.IMPOSSIBLE, *match.span())
    return _financial(first, match, reading)


def read_year_and_more(match: re.Match[str], reading: Reading) -> WhenFound | None:
    """2021-03 is a month, 2019-20 a financial year, 2003-04 either."""
    first, second = int(match["a"]), int(match["b"])
    if len(match["b"]) == 4:  # noqa: PLR2004
        if not first < second <= first + 20:
            return None
        return years_from(date(first, 1, 1), date(second, 12, 31), match.span())
    follows = second == (first + 1) % 100
    if 1 <= second <= 12:  # noqa: PLR2004
        return Unclear(Doubt.WHICH_SPAN, *match.span()) if follows else whole_month(first, second, match.span())
    return _financial(first, match, reading) if follows else None


def read_quarter(match: re.Match[str], _reading: Reading) -> WhenFound | None:
    return Unclear(Doubt.WHICH_SPAN, *match.span())


def read_day_and_month(match: re.Match[str], _reading: Reading) -> WhenFound | None:
    span = match.span("date") if match["date"] else match.span("bare")
    first, second = (int(part) for part in (match["date"] or match["bare"]).split("/"))
    leap = 2024
    if not (is_day(leap, second, first) or is_day(leap, first, second)):
        return None
    return Unclear(Doubt.WHICH_YEAR, *span)


def read_year_alone(match: re.Match[str], _reading: Reading) -> WhenFound | None:
    year = int(match["date"])
    return whole_month(year, 12, span_of(match)) if match["end"] else whole_year(year, span_of(match))


def read_year_of_a_thing(match: re.Match[str], _reading: Reading) -> WhenFound | None:
    return whole_year(int(match["date"]), span_of(match))


def _financial(first: int, match: re.Match[str], reading: Reading) -> DateRange:
    begins = date(first, reading.year_starts, 1)
    ends = date(first + 1, reading.year_starts, 1) - timedelta(days=1)
    return years_from(begins, ends, match.span())


def _day_or_doubt(readings: set[tuple[int, int, int]], match: re.Match[str]) -> WhenFound:
    possible = [date(*reading) for reading in readings if is_day(*reading)]
    if not possible:
        return Unclear(Doubt.IMPOSSIBLE, *match.span())
    return one_day(possible[0], match.span()) if len(possible) == 1 else Unclear(Doubt.WHICH_ORDER, *match.span())
