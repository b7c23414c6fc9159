"""Plain text as lines and segments: what was one line on the author's page. Decides nothing about headings.

A segment is one paragraph, list item, heading line or stack of short lines; a raw block is what stands
between two blank lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import zip_longest

from knowledge.parser import forms
from knowledge.parser.sentences import ends_like_a_sentence, trim

_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_POUNDS = re.compile(r"#{1,6}[ \t\u00a0]+(?=\S)")
_LONG_LINE = 120  # a text with many longer lines is not wrapped by hand or by a mail program
_NARROWEST_PAGE = 40
_FULL = 0.8  # a wrapped line reaches at least this share of the page's width


class Mark(Enum):
    NONE = auto()
    BULLET = auto()
    NUMBER = auto()
    ROW = auto()
    HEADING = auto()  # '#' before the line or a rule under it


@dataclass(frozen=True, slots=True)
class Line:
    text: str  # without the space at its edges
    start: int
    end: int
    indent: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One or more lines that belong together; `start` stands after the marker."""

    mark: Mark
    marker: str
    start: int
    end: int
    lines: tuple[Line, ...]
    raw_block: int
    opens_block: bool

    @property
    def is_single(self) -> bool:
        return len(self.lines) == 1


@dataclass(slots=True)
class _Draft:
    """A segment while its lines are collected."""

    mark: Mark
    marker: str
    lines: list[Line]
    opens_block: bool

    @property
    def is_single(self) -> bool:
        return len(self.lines) == 1

    def finished(self, raw_block: int) -> Segment:
        first = self.lines[0]
        start, end = first.start + len(self.marker), self.lines[-1].end
        if self.mark is Mark.ROW and (cells := forms.row_cells(first.text)):
            start, end = first.start + cells[0], first.start + cells[1]
        return Segment(self.mark, self.marker, start, end, tuple(self.lines), raw_block, self.opens_block)


def segments(text: str) -> tuple[Segment, ...]:
    blocks = tuple(_raw_blocks(text))
    width = _page_width(blocks)
    return tuple(draft.finished(number) for number, lines in enumerate(blocks) for draft in _drafts(lines, width))


def _drafts(lines: tuple[Line, ...], width: int) -> list[_Draft]:
    drafts: list[_Draft] = []
    for line, following in zip_longest(lines, lines[1:]):
        previous = drafts[-1] if drafts else None
        if forms.is_row(line.text) and not forms.row_cells(line.text):
            continue  # the rule under a table's header
        if forms.is_rule(line.text):
            if previous and previous.is_single and previous.mark in {Mark.NONE, Mark.NUMBER}:
                previous.mark, previous.marker = Mark.HEADING, ""
        elif previous and not _stands_out(previous, line, following, width) and _continues(previous, line, width):
            previous.lines.append(line)
        else:
            drafts.append(_Draft(*_marker(line.text), [line], opens_block=previous is None))
    return drafts


def _raw_blocks(text: str) -> Iterator[tuple[Line, ...]]:
    block: list[Line] = []
    for line in _lines(text):
        if line.text:
            block.append(line)
        elif block:
            yield tuple(block)
            block = []
    if block:
        yield tuple(block)


def _lines(text: str) -> Iterator[Line]:
    begin = 0
    for match in (*_BREAK.finditer(text), None):
        stop = match.start() if match else len(text)
        start, end = trim(text, begin, stop)
        yield Line(text[start:end], start, end, len(text[begin:start].expandtabs(4)))
        begin = match.end() if match else stop


def _page_width(blocks: tuple[tuple[Line, ...], ...]) -> int:
    """The column at which the text is wrapped, or 0 where each paragraph is one long line."""
    every = [line for block in blocks for line in block]
    too_long = sum(len(line.text) > _LONG_LINE for line in every)
    inner = [line.indent + len(line.text) for block in blocks for line in block[:-1] if len(line.text) <= _LONG_LINE]
    width = max(inner, default=0)
    return 0 if too_long * 10 > len(every) or width < _NARROWEST_PAGE else width


def _marker(line: str) -> tuple[Mark, str]:
    if pounds := _POUNDS.match(line):
        return Mark.HEADING, pounds[0]
    if forms.is_row(line):
        return Mark.ROW, ""
    if found := forms.bullet(line):
        return Mark.BULLET, found
    if found := forms.enumerator(line):
        return Mark.NUMBER, found
    return Mark.NONE, ""


def _continues(previous: _Draft, line: Line, width: int) -> bool:
    """Whether the line goes on with the segment before it, rather than being a line of its own."""
    last = previous.lines[-1]
    mark, _ = _marker(line.text)
    if not {mark, previous.mark}.isdisjoint({Mark.HEADING, Mark.ROW}):
        return False
    wrapped = _is_wrapped(last, line, width)
    if mark is not Mark.NONE:
        return wrapped and previous.mark is Mark.NONE and not _may_precede_a_list(last.text)
    if previous.mark is not Mark.NONE and line.indent > previous.lines[0].indent:
        return True
    return wrapped or _is_stacked(previous, line, width)


def _may_precede_a_list(line: str) -> bool:
    return ends_like_a_sentence(line) or line.endswith((":", ";", ",")) or line.lower().endswith((" and", " or"))


def _is_wrapped(last: Line, line: Line, width: int) -> bool:
    """Whether the break before this line was made by the width of the page and not by the author."""
    if line.text[0].islower() and not ends_like_a_sentence(last.text):
        return True
    if not width or (forms.is_capitals(last.text) and not forms.is_capitals(line.text)):
        return False
    return not _fits(last, line, width)


def _fits(last: Line, line: Line, width: int) -> bool:
    """Whether the next line's first word had room on the last one, so that the break was meant."""
    first_word = line.text.split(maxsplit=1)[0]
    return last.indent + len(last.text) + 1 + len(first_word) <= width * _FULL


def _stands_out(previous: _Draft, line: Line, following: Line | None, width: int) -> bool:
    """Whether the line looks like a heading between two paragraphs that no blank line divides."""
    if following is None or not width or not forms.is_prose(previous.lines[-1].text):
        return False
    return _fits(line, following, width) and forms.is_heading_form(line.text)


def _is_stacked(previous: _Draft, line: Line, width: int) -> bool:
    """Whether the line goes on with a stack of short lines such as a postal address."""
    above = previous.lines[-1].text
    loud = forms.is_capitals(above) and not forms.is_capitals(line.text)
    title = previous.is_single and (forms.is_title_form(above) or (loud and previous.opens_block))
    full = 0 < width * _FULL < line.indent + len(line.text)
    apart = title or full or above.endswith((":", ";")) or forms.is_label(line.text) or forms.is_title_form(line.text)
    return not (apart or forms.is_prose(above) or forms.is_prose(line.text))
