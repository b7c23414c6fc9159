"""Codes of letters and digits: PAN, GSTIN, IBAN, driving licence, voter id, passport.

Knows their forms, check digits, and which of them mean nothing without a word that names them.
"""

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.in_ import pan

from assistant.redaction.digits import digit_count
from assistant.redaction.ibans import iban_form
from assistant.redaction.labels import LABELS, Label, label_of
from assistant.redaction.spans import Kind, Span
from assistant.redaction.squeezed import Candidate, Squeezed, squeeze

# In the place of a digit the letters O, I and l (a capital L here) are read as digits.
_DIGIT = "[0-9OIL]"
_AS_DIGITS = str.maketrans("OIL", "011")
_PAN = re.compile(rf"(?=([A-Z]{{5}}{_DIGIT}{{4}}[A-Z]))")
_GSTIN = re.compile(rf"(?=({_DIGIT}{{2}}[A-Z]{{5}}{_DIGIT}{{4}}[A-Z][0-9A-Z]Z[0-9A-Z]))")
_IBAN_HEAD = re.compile(rf"(?=([A-Z]{{2}}{_DIGIT}{{2}})[A-Z0-9]{{11}})")
_LICENCE = re.compile(rf"(?=([A-Z]{{2}}{_DIGIT}{{2}}(?:19|2[0O]){_DIGIT}{{9}}))")
_NAMED = (
    (Label.VOTER_ID, Kind.VOTER_ID, re.compile(rf"(?=([A-Z]{{3}}{_DIGIT}{{7}}))")),
    (Label.PASSPORT, Kind.PASSPORT, re.compile(rf"(?=([A-Z]{_DIGIT}{{7}}))")),
)
_GSTIN_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STATE_CODES = (
    "AN AP AR AS BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TN TR TS UA UK UP "
    "WB"
)
_STATES = frozenset(_STATE_CODES.split())
_PAN_GROUPINGS = frozenset({(5, 4, 1), (3, 2, 4, 1), (3, 1, 1, 4, 1), (4, 1, 4, 1), (5, 5)})
_PARTS = re.compile(r"[A-Za-z0-9]+")
_PROSE = (5, 4, 1)
_BEFORE_YEARS = frozenset({"EARLY", "MARCH", "SINCE"})
_WORDS_OF_ONE_LETTER = frozenset({"A", "I"})
_YEARS = ("19", "20")

# A code that a label vouches for: one word with letters and digits, and words with digits that follow it.
_VOUCHED = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,3}[/-])?(?=[A-Za-z]{0,8}[0-9])[A-Za-z0-9]{2,24}"
    r"(?:[ /-]{1,2}[0-9][A-Za-z0-9]{2,15}){0,3}(?![A-Za-z0-9])"
)
_VOUCHING = {
    Label.PAN: Kind.PAN,
    Label.GSTIN: Kind.GSTIN,
    Label.IBAN: Kind.IBAN,
    Label.PASSPORT: Kind.PASSPORT,
    Label.VOTER_ID: Kind.VOTER_ID,
    Label.DRIVING_LICENCE: Kind.DRIVING_LICENCE,
}
_FEWEST_DIGITS = 4
_FEWEST_REAL_DIGITS = 2
_WORDS = re.compile(r"[^\W\d_]+")


def code_spans(text: str) -> Iterator[Span]:
    """Claims of every kind of code in canonical text; they may overlap."""
    if digit_count(text) < _FEWEST_REAL_DIGITS:
        return
    squeezed = squeeze(text)
    yield from _pans(squeezed)
    yield from _gstins(squeezed)
    yield from _ibans(squeezed)
    yield from _licences(squeezed)
    named = {LABELS[word] for word in map(str.lower, _WORDS.findall(text)) if word in LABELS}
    for label, kind, pattern in _NAMED:
        if label in named:
            for found in squeezed.matches(pattern):
                if not (found.glue and found.is_spread):
                    yield _span(found, kind, found.code)
    if named & _VOUCHING.keys():
        yield from _vouched(text)


def _span(found: Candidate, kind: Kind, value: str) -> Span:
    return Span(found.start, found.end, kind, value)


def _pans(squeezed: Squeezed) -> Iterator[Span]:
    for found in squeezed.matches(_PAN):
        code = found.code[:5] + found.code[5:9].translate(_AS_DIGITS) + found.code[9]
        if label_of(squeezed.source, found.start, found.end) is Label.REFERENCE:
            continue
        if _is_whole_pan(found) or (pan.is_valid(code) and _looks_like_pan(squeezed.source, found)):
            yield _span(found, Kind.PAN, code)


def _is_whole_pan(found: Candidate) -> bool:
    """One word of capitals and digits: a PAN even where its fourth letter names no kind of holder."""
    return found.typed == found.code and not found.glue and digit_count(found.code) == _FEWEST_DIGITS


def _looks_like_pan(text: str, found: Candidate) -> bool:
    """Letters, a year and "a" in ordinary prose have the form of a PAN: "since 2021 a new law"."""
    if digit_count(found.code) < _FEWEST_REAL_DIGITS:
        return False
    if not found.is_spread:
        return not found.glue or found.code[:5] in found.typed or LABELS.get(found.glue.lower()) is not None
    if label_of(text, found.start, found.end) is Label.PAN:
        return True
    if found.glue or not found.typed.isupper():
        return False
    return _is_grouped(found.typed) and not _is_prose(text, found)


def _is_prose(text: str, found: Candidate) -> bool:
    """Whether a word, a year and the word A, or a word, a number and A or I, stand in a sentence of capitals."""
    words = found.typed.split()
    if " ".join(words) != found.typed or tuple(map(len, words)) != _PROSE:
        return False
    is_shouted = text.isupper() and len(text) > len(found.typed) + len(words)
    if words[1].startswith(_YEARS):
        return is_shouted or words[0] in _BEFORE_YEARS
    return is_shouted and words[-1] in _WORDS_OF_ONE_LETTER


def _is_grouped(typed: str) -> bool:
    """Whether the parts are those that people make: letters, digits, letter; or even ones, the last maybe shorter."""
    first, *rest = (len(part) for part in _PARTS.findall(typed))
    return (first, *rest) in _PAN_GROUPINGS or (all(size == first for size in rest[:-1]) and rest[-1] <= first)


def _gstins(squeezed: Squeezed) -> Iterator[Span]:
    for found in squeezed.matches(_GSTIN):
        code = found.code[:2].translate(_AS_DIGITS) + found.code[2:7] + found.code[7:11].translate(_AS_DIGITS)
        readings = (code + found.code[11:], code + found.code[11:14] + found.code[14].translate(_AS_DIGITS))
        valid = [reading for reading in readings if luhn.is_valid(reading, _GSTIN_ALPHABET)]
        if valid or not found.is_spread:
            yield _span(found, Kind.GSTIN, valid[0] if valid else readings[0])


def _ibans(squeezed: Squeezed) -> Iterator[Span]:
    for head in _IBAN_HEAD.finditer(squeezed.text):
        form = iban_form(head[1][:2])
        found = squeezed.candidate(head.start(), head.start() + form.length) if form else None
        if form and found and (value := form.read(found.code)):
            yield _span(found, Kind.IBAN, value)


def _licences(squeezed: Squeezed) -> Iterator[Span]:
    for found in squeezed.matches(_LICENCE):
        if found.code[:2] in _STATES:
            yield _span(found, Kind.DRIVING_LICENCE, found.code[:2] + found.code[2:].translate(_AS_DIGITS))


def _vouched(text: str) -> Iterator[Span]:
    for match in _VOUCHED.finditer(text):
        if not any(character.isalpha() for character in match[0]) or digit_count(match[0]) < _FEWEST_DIGITS:
            continue
        label = label_of(text, match.start(), match.end())
        if label in _VOUCHING:
            yield Span(match.start(), match.end(), _VOUCHING[label], match[0].upper())
