"""Numbers that identify a person: Aadhaar, payment card, telephone, account, and what a label alone vouches for.

Knows check digits and schemes (python-stdnum); how digits are found in text is not its matter.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum import luhn
from stdnum.in_ import aadhaar as aadhaar_numbers

from assistant.redaction.digits import FEWEST_DIGITS, Block, Piece, Run, digit_runs
from assistant.redaction.labels import Label, label_of
from assistant.redaction.phones import is_round, phone
from assistant.redaction.spans import Kind, Span

_AADHAAR_LENGTH = 12
_VIRTUAL_ID_LENGTH = 16
_YEAR_LENGTH = 4
_CENTURIES = ("19", "20")


@dataclass(frozen=True, slots=True)
class _Scheme:
    """Card numbers of a payment scheme: how they begin and how long they may be (ISO/IEC 7812 issuer ranges)."""

    prefixes: tuple[str, ...]
    lengths: frozenset[int]


_SCHEMES = (
    _Scheme(("4",), frozenset({13, 16, 19})),
    _Scheme(("51", "52", "53", "54", "55", "22", "23", "24", "25", "26", "27"), frozenset({16})),
    _Scheme(("34", "37"), frozenset({15})),
    _Scheme(("30", "36", "38", "39"), frozenset({14, 16})),
    _Scheme(("35",), frozenset({16, 17, 18, 19})),
    _Scheme(("60", "64", "65", "81", "82", "508"), frozenset({16})),
    _Scheme(("62",), frozenset({16, 17, 18, 19})),
    _Scheme(("50", "56", "57", "58", "63", "67"), frozenset({13, 14, 15, 16, 17, 18, 19})),
)
_CARD_GROUPINGS = frozenset({(4, 6, 5), (4, 6, 4), (8, 8)})
_CARD_LENGTHS = range(13, 20)

# Between how many digits a label turns a number without a valid check digit, or with none, into an identifier.
_LABELLED: dict[Label, tuple[Kind, range]] = {
    # Half a number is told as well: "my card begins with …".
    Label.AADHAAR: (Kind.AADHAAR, range(8, 17)),
    Label.CARD: (Kind.CARD, range(8, 20)),
    Label.REST: (Kind.NUMBER, range(8, 20)),
    Label.PHONE: (Kind.PHONE, range(7, 16)),
    Label.ACCOUNT: (Kind.ACCOUNT, range(8, 20)),
    Label.IMEI: (Kind.IMEI, range(14, 17)),
    Label.SSN: (Kind.SSN, range(9, 10)),
    Label.PASSPORT: (Kind.PASSPORT, range(7, 11)),
    Label.DRIVING_LICENCE: (Kind.DRIVING_LICENCE, range(9, 16)),
}
_SSN_SIZES = (3, 2, 4)


def number_spans(text: str) -> Iterator[Span]:
    """Claims of every kind of number in canonical text; they may overlap."""
    for run in digit_runs(text):
        yield from _spans_of(run)


def _spans_of(run: Run) -> Iterator[Span]:
    if sum(len(block.digits) for block in run.blocks) < FEWEST_DIGITS:
        return
    label = label_of(run.text, run.blocks[0].start, run.blocks[-1].end)
    found = [span for piece in run.pieces() for span in _recognised(piece, label)]
    yield from found
    yield from _labelled(run, label, found)


def _recognised(piece: Piece, label: Label | None) -> Iterator[Span]:
    if label is Label.ACCOUNT and piece.whole:
        return
    recognisers: tuple[Callable[[Piece, Label | None], Span | None], ...] = (_aadhaar, _card, phone, _ssn)
    for recognise in recognisers:
        if span := recognise(piece, label):
            yield span


def _aadhaar(piece: Piece, label: Label | None) -> Span | None:
    """Twelve digits whose last one checks (Verhoeff), with or without a word that says so."""
    if sum(piece.sizes) != _AADHAAR_LENGTH or not (label is Label.AADHAAR or _could_be_aadhaar(piece)):
        return None
    digits = piece.digits
    if not aadhaar_numbers.is_valid(digits):
        return None
    return Span(piece.start, piece.end, Kind.AADHAAR, digits)


def _could_be_aadhaar(piece: Piece) -> bool:
    """Not three years or three round sums, nor a year and the serial number of an order in it."""
    if not piece.is_regular:
        return piece.is_alone and not _is_year(piece.blocks[0])
    if len(piece.blocks) == 1:
        return True
    return not all(_is_year(block) for block in piece.blocks) and not is_round(piece)


def _is_year(block: Block) -> bool:
    return len(block.digits) == _YEAR_LENGTH and block.digits.startswith(_CENTURIES)


def _card(piece: Piece, label: Label | None) -> Span | None:
    sizes = piece.sizes
    if sum(sizes) not in _CARD_LENGTHS:
        return None
    if label is not Label.CARD and not (piece.is_regular or sizes in _CARD_GROUPINGS):
        return None
    digits = piece.digits
    if not (label is Label.CARD or _has_scheme(digits)) or not luhn.is_valid(digits):
        return None
    return Span(piece.start, piece.end, Kind.CARD, digits)


def _has_scheme(digits: str) -> bool:
    return any(digits.startswith(scheme.prefixes) and len(digits) in scheme.lengths for scheme in _SCHEMES)


def _ssn(piece: Piece, _label: Label | None) -> Span | None:
    """The one national number abroad whose grouping alone gives it away."""
    if not piece.whole or piece.sizes != _SSN_SIZES or set(piece.gaps) != {"-"}:
        return None
    return Span(piece.start, piece.end, Kind.SSN, piece.digits)


def _labelled(run: Run, label: Label | None, found: list[Span]) -> Iterator[Span]:
    """The first blocks of the run that nothing recognised, where the words before them say what they are."""
    if label not in _LABELLED or any(span.start <= run.blocks[0].start for span in found):
        return
    kind, lengths = _LABELLED[label]
    first_found = min((span.start for span in found), default=run.blocks[-1].end)
    blocks = [block for block in run.blocks if block.start < first_found]
    piece = run.piece(0, len(blocks) - 1)
    if len(piece.digits) in lengths and not is_round(piece):
        yield Span(piece.start, piece.end, _certain(kind, piece.digits), piece.digits)


def _certain(kind: Kind, digits: str) -> Kind:
    """The kind where the digits bear it out, else no more than "a number"."""
    if kind is Kind.AADHAAR and len(digits) not in {_AADHAAR_LENGTH, _VIRTUAL_ID_LENGTH}:
        return Kind.NUMBER
    if kind is Kind.CARD and not luhn.is_valid(digits):
        return Kind.NUMBER
    return kind
