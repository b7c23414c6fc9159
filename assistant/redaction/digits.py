"""Digit runs: blocks of digits that a person would read as one number, whatever stands between them.

Knows separators, and letters that stand in for digits; knows no identifier.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.redaction.ordinary import ordinary_spans

MOST_DIGITS = 19
# Fewer digits than this in a whole message make no number that a recogniser looks for.
FEWEST_DIGITS = 7

# The letter O and letters that look like 1 count as digits beside digits; a lone O counts between two blocks.
_BLOCK = re.compile(r"[OoIl]{0,3}[0-9][0-9OoIl]*|(?<![^\W_])[Oo]{1,2}(?![^\W_])")
_LETTERS = "OoIl"
_AS_DIGITS = str.maketrans(_LETTERS, "0011")
# A full stop and a space end a sentence, and so a number.
_GAP = re.compile(r"(?!\. )[ ._/()-]{1,4}")
_OPENING = "+("
_LONGEST_WORD = 16
_FEWEST_IN_PART = 10
# The rest of them may be letters that stand in for digits.
_FEWEST_REAL_DIGITS = 4
_SMALLEST_INNER_BLOCK = 3
_LARGEST_CHUNK = 6
_FEW_BLOCKS = 3


@dataclass(frozen=True, slots=True, repr=False)
class Block:
    """Digits without a separator between them; `prefix` is the word glued to their left."""

    start: int
    end: int
    digits: str
    prefix: str
    has_suffix: bool
    is_letters: bool


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """Neighbouring blocks of a run read as one number.

    `opening` is the plus sign or bracket right before it; `whole` says that nothing else stands in the run,
    `is_part` that the run goes on with the very sign that joins these blocks, as order numbers do.
    """

    blocks: tuple[Block, ...]
    digits: str
    sizes: tuple[int, ...]
    gaps: tuple[str, ...]
    opening: str
    whole: bool
    is_part: bool

    @property
    def start(self) -> int:
        return self.blocks[0].start

    @property
    def end(self) -> int:
        return self.blocks[-1].end

    @property
    def has_plus(self) -> bool:
        return "+" in self.opening

    @property
    def is_regular(self) -> bool:
        """One block, or blocks of one size of which the last may be shorter: how people group long numbers."""
        first, *rest = self.sizes
        if not rest:
            return True
        return first <= _LARGEST_CHUNK and all(size == first for size in rest[:-1]) and rest[-1] <= first

    @property
    def is_alone(self) -> bool:
        """Few blocks with nothing else beside them and no dot between: one number, though grouped as nobody would."""
        return self.whole and len(self.blocks) <= _FEW_BLOCKS and not any("." in gap for gap in self.gaps)


@dataclass(frozen=True, slots=True, repr=False)
class Run:
    """Blocks that join, and `gaps`, what stands between each and the next."""

    text: str
    blocks: tuple[Block, ...]
    gaps: tuple[str, ...]

    def piece(self, first: int, last: int) -> Piece:
        """The blocks from `first` to `last`, both included."""
        blocks = self.blocks[first : last + 1]
        before = self.text[max(blocks[0].start - len(_OPENING), 0) : blocks[0].start]
        gaps = self.gaps[first:last]
        around = {*self.gaps[max(first - 1, 0) : first], *self.gaps[last : last + 1]}
        return Piece(
            blocks=blocks,
            digits="".join([block.digits for block in blocks]),
            sizes=tuple([len(block.digits) for block in blocks]),
            gaps=gaps,
            opening="" if first else before[len(before.rstrip(_OPENING)) :],
            whole=len(blocks) == len(self.blocks),
            is_part=any(gap in around for gap in gaps if not gap.isspace()),
        )

    def pieces(self) -> Iterator[Piece]:
        """Every piece of 10 to 19 digits, and the whole from 7 on; past the run's start small blocks end a piece."""
        for first in range(len(self.blocks)):
            total = 0
            for last in range(first, len(self.blocks)):
                size = len(self.blocks[last].digits)
                total += size
                if total > MOST_DIGITS or (last > first > 0 and size < _SMALLEST_INNER_BLOCK):
                    break
                is_whole = first == 0 and last == len(self.blocks) - 1
                if total >= (FEWEST_DIGITS if is_whole else _FEWEST_IN_PART):
                    yield self.piece(first, last)


def digit_count(text: str) -> int:
    return sum([text.count(digit) for digit in "0123456789"])


def digit_runs(text: str) -> list[Run]:
    """The runs of canonical text in order, without the digits of ordinary shapes."""
    if digit_count(text) < _FEWEST_REAL_DIGITS:
        return []
    runs: list[list[Block]] = []
    for block in _blocks(text):
        if runs and _is_joined(text, runs[-1][-1], block):
            runs[-1].append(block)
        else:
            runs.append([block])
    return [run for blocks in runs if (run := _trimmed(text, blocks)).blocks]


def _trimmed(text: str, blocks: list[Block]) -> Run:
    """A lone letter O at either end of a run is a letter."""
    first, end = 0, len(blocks)
    while first < end and blocks[first].is_letters:
        first += 1
    while first < end and blocks[end - 1].is_letters:
        end -= 1
    blocks = blocks[first:end]
    gaps = tuple([text[left.end : right.start] for left, right in pairwise(blocks)])
    return Run(text, tuple(blocks), gaps)


def _is_joined(text: str, left: Block, right: Block) -> bool:
    return not left.has_suffix and not right.prefix and _GAP.fullmatch(text, left.end, right.start) is not None


def _blocks(text: str) -> Iterator[Block]:
    ordinary = iter(ordinary_spans(text))
    start, end = next(ordinary, (len(text), len(text)))
    for match in _BLOCK.finditer(text):
        while end <= match.start():
            start, end = next(ordinary, (len(text), len(text) + 1))
        if match.end() <= start and (block := _block(text, match)):
            yield block


def _block(text: str, match: re.Match[str]) -> Block | None:
    """The block, or nothing where it is part of a word that mixes letters and digits, as a hash does."""
    raw, start = match[0], match.start()
    if start and text[start - 1].isalpha():
        raw = raw.lstrip(_LETTERS)
        start = match.end() - len(raw)
    if match.end() < len(text) and text[match.end()].isalpha():
        raw = raw.rstrip(_LETTERS)
    end = start + len(raw)
    left, right = start - _word_before(text, start), _word_after(text, end) - end
    if max(left, right) > _LONGEST_WORD or _digit_beyond(text, start, left, end, right):
        return None
    return Block(
        start=start,
        end=end,
        digits=raw.translate(_AS_DIGITS),
        prefix=text[start - left : start],
        has_suffix=right > 0,
        is_letters=raw.isalpha(),
    )


def _digit_beyond(text: str, start: int, left: int, end: int, right: int) -> bool:
    before, after = start - left - 1, end + right
    return (left > 0 and before >= 0 and text[before].isdigit()) or (
        right > 0 and after < len(text) and text[after].isdigit()
    )


def _word_before(text: str, position: int) -> int:
    limit = max(position - _LONGEST_WORD - 1, 0)
    while position > limit and text[position - 1].isalpha():
        position -= 1
    return position


def _word_after(text: str, position: int) -> int:
    limit = min(position + _LONGEST_WORD + 1, len(text))
    while position < limit and text[position].isalpha():
        position += 1
    return position
