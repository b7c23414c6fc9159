"""Folding: each character of a message in one plain spelling, with the way back to what was typed.

Owns width, digits of other scripts, invisible and combining clutter, spaces and dashes. Knows no word.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_DROPPED = frozenset({"Cf", "Mn", "Mc", "Me", "Cc"})
_SPACE = "Zs"
_DASH = "Pd"
_LINE_ENDS = frozenset("\n\r\x85\u2028\u2029")
_TABS = frozenset("\t\v\f")
# Letters that show as nothing, and the signs that people type for a dot, a dash or a stroke.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
_LOOKALIKES = {
    "\u2800": " ",
    "\u2212": "-",
    "\u2043": "-",
    "\u00b7": ".",
    "\u2022": ".",
    "\u2219": ".",
    "\u22c5": ".",
    "\u3002": ".",
    "\u2044": "/",
    "\u2215": "/",
}


@dataclass(frozen=True, slots=True)
class Canonical:
    """Folded text. Character `i` begins at `offsets[i]` in the message; the last entry is the message's length."""

    text: str = field(repr=False)
    offsets: Sequence[int] = field(repr=False)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the message behind a canonical one (not empty), with the clutter in it and after it."""
        while end < len(self.text) and self.offsets[end] == self.offsets[end - 1]:
            end += 1
        return self.offsets[start], self.offsets[end]

    def replacing(self, edits: Iterable[tuple[int, int, str]]) -> "Canonical":
        """The text with each (start, end, replacement) made; edits come in order and do not overlap."""
        pieces: list[str] = []
        offsets: list[int] = []
        done = 0
        for start, end, replacement in edits:
            pieces += self.text[done:start], replacement
            offsets += self.offsets[done:start]
            offsets += [self.offsets[start]] * len(replacement)
            done = end
        if done == 0:
            return self
        pieces.append(self.text[done:])
        offsets += self.offsets[done:]
        return Canonical("".join(pieces), offsets)


def folded(text: str) -> str:
    """The folded characters alone: how a word is spelled in canonical text."""
    return fold(text).text


def fold(text: str) -> Canonical:
    """Fold each character by itself: normalising a whole string sorts its combining marks in quadratic time."""
    if text.isascii() and text.isprintable():
        return Canonical(text, range(len(text) + 1))
    characters: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(text):
        replacement = character if " " <= character <= "~" else _fold_character(character)
        characters.append(replacement)
        offsets += [position] * len(replacement)
    offsets.append(len(text))
    return Canonical("".join(characters), offsets)


def _fold_character(character: str) -> str:
    if character in _LINE_ENDS:
        return "\n"
    if character in _TABS:
        return " "
    return "".join(_fold_part(part) for part in unicodedata.normalize("NFKC", character))


def _fold_part(character: str) -> str:
    if " " <= character <= "~":
        return character
    if character in _LOOKALIKES:
        return _LOOKALIKES[character]
    category = unicodedata.category(character)
    if category in _DROPPED or character in _BLANK_LETTERS:
        return ""
    if category == _SPACE:
        return " "
    if category == _DASH:
        return "-"
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
