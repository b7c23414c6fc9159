"""Ordinary shapes: dates, year ranges, amounts, versions, clause references and UUIDs, whose digits identify nobody.

Recognisers of numbers leave these alone, so that "it ended on 12/03/2021" stays as typed.
"""

import re

_YEAR = r"(?:19|20)\d\d"
_DD = r"(?:0[1-9]|[12]\d|3[01])"
_MM = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"

# A shape must stand free: digits joined to it by one of its own separators make it part of something longer.
_DATES = re.compile(
    r"(?=\d)(?<!\d)(?:"
    + "|".join((
        rf"(?<!\d[./-]){_DAY} ?(?P<day>[./-]) ?{_DAY} ?(?P=day) ?(?:{_YEAR}|\d\d)(?!\d)(?![./-]\d)",
        rf"(?<!\d[./-]){_YEAR} ?(?P<iso>[./-]) ?(?:0?[1-9]|1[0-2]) ?(?P=iso) ?{_DAY}(?!\d)(?![./-]\d)",
        rf"(?<!\d[ ./-]){_DAY} (?:0?[1-9]|1[0-2]) {_YEAR}(?: [0-2]\d[ .:]?[0-5]\d)?(?![ ./-]?\d)",
        rf"(?<!\d[ ./-])(?:{_YEAR}{_MM}{_DD}|{_DD}{_MM}{_YEAR})(?:[ -][0-2]\d[0-5]\d(?:[0-5]\d)?)?(?![ ./-]?\d)",
        rf"(?<!\d[./-]){_YEAR} ?[/-] ?(?:{_YEAR}|\d\d)(?!\d)(?![./-]\d)",
        rf"(?<!\d[./-])(?:0?[1-9]|1[0-2]) ?[/.-] ?{_YEAR}(?!\d)(?![./-]\d)",
    ))
    + ")"
)  # fmt: skip
_UUIDS = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE)
_AMOUNTS = re.compile(
    r"(?<!\w)(?:rs\.?|inr|usd|eur|gbp|[$\u20ac\u00a3\u00a5\u20b9]) ?"
    r"\d{1,3}(?:[ ,]\d{2,3}){0,6}(?:\.\d{1,2})?(?!\d)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<![a-z])(?:v|ver|version|release|build|firmware|section|sec|clause|article|art|para|rule|chapter|\u00a7)"
    r"[ .:#]{0,2}\d{1,3}(?:\.\d{1,5}){0,6}(?!\d)",
    re.IGNORECASE,
)
_SHAPES = (_DATES, _UUIDS, _AMOUNTS, _NUMBERED)


def ordinary_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of canonical text in order; they may overlap."""
    return sorted(match.span() for shape in _SHAPES for match in shape.finditer(text))
