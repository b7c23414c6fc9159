"""Squeezed text: letters and digits alone, in capitals, so that a code is one stretch however its parts are set apart.

Knows where words began and ended; knows no code.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z0-9]+")
_GAP = re.compile(r"[ ._/-]{1,3}")
_BREAK = "\n"
_LONGEST_GLUE = 8
# A code typed letter by letter has at most so many letters in a row (the five of a PAN, the name of a bank).
_NEAR = 6


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """A stretch of whole words. `typed` is as it stands in canonical text; `glue` is the word glued to its left."""

    start: int
    end: int
    code: str
    typed: str
    glue: str

    @property
    def is_spread(self) -> bool:
        """Whether separators stand inside it."""
        return len(self.typed) > len(self.code)


@dataclass(frozen=True, slots=True, repr=False)
class Squeezed:
    """`positions[i]` is where character `i` stands in canonical text; a line break stands where words do not join."""

    source: str
    text: str
    positions: Sequence[int]

    def matches(self, pattern: re.Pattern[str]) -> Iterator[Candidate]:
        """What the pattern's first group finds inside a look-ahead, where it fills whole words."""
        for match in pattern.finditer(self.text):
            if candidate := self.candidate(*match.span(1)):
                yield candidate

    def candidate(self, first: int, last: int) -> Candidate | None:
        """The stretch `first:last` of squeezed text; none where it begins or ends inside a word (but for glue)."""
        code = self.text[first:last]
        if last > len(self.text) or _BREAK in code:
            return None
        start, end = self.positions[first], self.positions[last - 1] + 1
        if end < len(self.source) and _is_plain(self.source[end]):
            return None
        glue = self._glue(start)
        if glue is None:
            return None
        return Candidate(start=start, end=end, code=code, typed=self.source[start:end], glue=glue)

    def _glue(self, start: int) -> str | None:
        place = start
        while place and _is_plain(self.source[place - 1]):
            place -= 1
            if start - place > _LONGEST_GLUE or not self.source[place].isalpha():
                return None
        return self.source[place:start]


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()


def squeeze(text: str) -> Squeezed:
    """Squeeze what stands near a digit; words far from any digit are part of no code and left out."""
    pieces: list[str] = []
    positions: list[int] = []
    end = -1
    for word in _words_near_digits(text):
        if end >= 0 and not _GAP.fullmatch(text, end, word.start()):
            pieces.append(_BREAK)
            positions.append(end)
        pieces.append(word[0].upper())
        positions += range(word.start(), word.end())
        end = word.end()
    return Squeezed(source=text, text="".join(pieces), positions=positions)


def _words_near_digits(text: str) -> Iterator[re.Match[str]]:
    waiting: deque[re.Match[str]] = deque(maxlen=_NEAR)
    left = 0
    for word in _WORD.finditer(text):
        if not word[0].isalpha():
            yield from waiting
            waiting.clear()
            yield word
            left = _NEAR
        elif left:
            yield word
            left -= 1
        else:
            waiting.append(word)
