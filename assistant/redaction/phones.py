"""Telephone numbers among the digit runs: Indian by default, of any country with a plus sign.

Knows how numbers are grouped and dialled; the numbering plans are phonenumbers'.
"""

import re

import phonenumbers

from assistant.redaction.digits import Piece
from assistant.redaction.labels import Label
from assistant.redaction.spans import Kind, Span

_REGION = "IN"
_COUNTRY_CODE = "91"
_INDIAN_MOBILE = re.compile(r"\+91[6-9][0-9]{9}")
_MOBILE_START = "6789"
_MOBILE_PREFIXES = frozenset({"", "0", "91", "091"})
_NATIONAL_LENGTH = 10
_HALF = 5
_HALVES = (_HALF, _HALF)
_SHORTEST, _LONGEST = 7, 15
_SHORTEST_ABROAD = 8
_ABROAD_PREFIX = "00"
_OTHERS = frozenset({Label.AADHAAR, Label.ACCOUNT, Label.CARD, Label.IMEI})

# How people group ten digits, besides even chunks of which the last may be shorter.
_GROUPINGS = frozenset(
    {(3, 3, 4), (4, 3, 3), (3, 4, 3), (2, 4, 4), (4, 6), (6, 4), (2, 8), (3, 7), (4, 2, 4), (2, 3, 5)}
)
_AMERICAN = (3, 3, 4)
_AMERICAN_START = "23456789"


def phone(piece: Piece, label: Label | None) -> Span | None:
    """The piece as a telephone number; the value is E.164 where the number can be read so, else its digits."""
    digits = piece.digits
    if not _SHORTEST <= len(digits) <= _LONGEST or is_round(piece) or _is_other(piece, label):
        return None
    if piece.has_plus or digits.startswith(_ABROAD_PREFIX):
        return _abroad(piece)
    if label is Label.PHONE and piece.whole:
        return _span(piece, _e164(digits) or digits)
    if piece.is_part:
        return None
    if _is_mobile(piece, label) or _is_landline(piece):
        return _span(piece, f"+{_COUNTRY_CODE}{digits[-_NATIONAL_LENGTH:]}")
    return _span(piece, f"+1{digits[-_NATIONAL_LENGTH:]}") if _is_american(piece) else None


def _span(piece: Piece, value: str) -> Span:
    is_opened = piece.has_plus or any(")" in gap for gap in piece.gaps)
    return Span(piece.start - len(piece.opening) * is_opened, piece.end, Kind.PHONE, value)


def _is_other(piece: Piece, label: Label | None) -> bool:
    """Whether a word before it says that the number is another kind's, and its length does not speak against that."""
    if piece.has_plus or label not in _OTHERS:
        return False
    return label is not Label.AADHAAR or len(piece.digits) > _NATIONAL_LENGTH + 1


def is_round(piece: Piece) -> bool:
    """Whether every part is a round sum: two salaries with a dash between them are no telephone number."""
    return len(piece.blocks) > 1 and all(block.digits.endswith("00") for block in piece.blocks)


def _abroad(piece: Piece) -> Span | None:
    """What the numbering plans accept; after a plus sign any whole run of a fitting length as well."""
    digits = piece.digits if piece.has_plus else piece.digits.removeprefix(_ABROAD_PREFIX)
    if len(digits) < _SHORTEST_ABROAD:
        return None
    is_taken_as_is = piece.has_plus and piece.whole
    value = _e164(f"+{digits}") or (f"+{digits}" if is_taken_as_is else None)
    return _span(piece, value) if value else None


def _e164(digits: str) -> str | None:
    """The number as the numbering plans read it; Indian mobiles, nearly all there is, without asking them."""
    if _INDIAN_MOBILE.fullmatch(digits):
        return digits
    try:
        number = phonenumbers.parse(digits, _REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _is_mobile(piece: Piece, label: Label | None) -> bool:
    """Ten digits from 6, 7, 8 or 9 on, with or without a dialling prefix, grouped as people group them."""
    digits = piece.digits
    prefix, national = digits[:-_NATIONAL_LENGTH], digits[-_NATIONAL_LENGTH:]
    if len(national) < _NATIONAL_LENGTH or national[0] not in _MOBILE_START or prefix not in _MOBILE_PREFIXES:
        return False
    sizes = _without_prefix(piece.sizes, len(prefix))
    if label is Label.REFERENCE and not prefix and not (piece.gaps and "".join(piece.gaps).isspace()):
        # Ten digits after "order no." are an order, unless they are spaced as telephone numbers are.
        return False
    if len(piece.blocks) == len(_HALVES) and "." in piece.gaps and sizes != _HALVES:
        # So many digits after a point are a decimal fraction.
        return False
    return _is_even(sizes) or sizes in _GROUPINGS or (piece.is_alone and sizes[0] > 0)


def _without_prefix(sizes: tuple[int, ...], prefix: int) -> tuple[int, ...]:
    """The sizes of the blocks behind a dialling prefix of so many digits; none where it ends inside an odd block."""
    for place, size in enumerate(sizes):
        if prefix < size:
            rest = size - prefix
            return (rest, *sizes[place + 1 :]) if prefix in {0, 1} or rest >= _HALF else (0, 0, 0)
        prefix -= size
    return (0, 0, 0)


def _is_even(sizes: tuple[int, ...]) -> bool:
    first, *rest = sizes
    return first > 0 and all(size == first for size in rest[:-1]) and (not rest or rest[-1] <= first)


def _is_landline(piece: Piece) -> bool:
    """A zero, an area code and a number, as the plan of the region has them."""
    digits = piece.digits
    if not digits.startswith("0") or len(digits) != _NATIONAL_LENGTH + 1 or len(piece.blocks) > len(_AMERICAN):
        return False
    return _e164(digits) is not None


def _is_american(piece: Piece) -> bool:
    sizes = piece.sizes[1:] if piece.digits[0] == "1" and piece.sizes[0] == 1 else piece.sizes
    if sizes != _AMERICAN:
        return False
    area, exchange = (block.digits for block in piece.blocks[-3:-1])
    return area[0] in _AMERICAN_START and exchange[0] in _AMERICAN_START
