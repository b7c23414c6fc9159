"""Blocks: what every reader of a format turns a published text into. Knows no format and no sections."""

from dataclasses import dataclass
from enum import Enum, auto


class BlockKind(Enum):
    HEADING = auto()
    PROSE = auto()  # opens a paragraph
    ITEM = auto()  # belongs to the paragraph before it: list items, stacked lines, their later paragraphs
    ROW = auto()  # one table row; belongs to the paragraph before it and is not split into sentences


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the published text; `start` and `end` are half-open code points without space at the edges.

    `title` is the words of a heading without its markup. A heading is `marked` when the format itself says
    that it is one, and not only its form.
    """

    kind: BlockKind
    start: int
    end: int
    title: str = ""
    marked: bool = False
