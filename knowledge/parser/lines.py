"""Plain text as lines and segments: what was one line on the author's page. Decides nothing about headings.

A segment is one paragraph, list item, heading line or stack of short lines; a raw block is what stands
between two blank lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby, zip_longest

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
    mark: Mark
    marker: str


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
    is_stack: bool  # short lines that their author broke

    @property
    def is_single(self) -> bool:
        return len(self.lines) == 1


class _Joint(Enum):
    """How a line stands to the segment before it."""

    APART = auto()
    WRAPPED = auto()
    STACKED = auto()


@dataclass(slots=True)
class _Draft:
    """A segment while its lines are collected."""

    mark: Mark
    marker: str
    lines: list[Line]
    opens_block: bool
    is_stack: bool = False

    @property
    def is_single(self) -> bool:
        return len(self.lines) == 1

    def finished(self, raw_block: int) -> Segment:
        first = self.lines[0]
        start, end = first.start + len(self.marker), self.lines[-1].end
        if self.mark is Mark.ROW and (cells := forms.row_cells(first.text)):
            start, end = first.start + cells[0], first.start + cells[1]
        return Segment(
            self.mark, self.marker, start, end, tuple(self.lines), raw_block, self.opens_block, self.is_stack
        )


def segments(text: str) -> tuple[Segment, ...]:
    blocks = tuple(_raw_blocks(_without_initials(tuple(_lines(text)))))
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
        elif previous is None or (joint := _joint(previous, line, following, width)) is _Joint.APART:
            drafts.append(_Draft(line.mark, line.marker, [line], opens_block=previous is None))
        else:
            previous.lines.append(line)
            previous.is_stack = joint is _Joint.STACKED
    return drafts


def _raw_blocks(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    for has_text, block in groupby(lines, key=lambda line: bool(line.text)):
        if has_text:
            yield tuple(block)


def _lines(text: str) -> Iterator[Line]:
    begin = 0
    for match in (*_BREAK.finditer(text), None):
        stop = match.start() if match else len(text)
        start, end = trim(text, begin, stop)
        yield Line(text[start:end], start, end, len(text[begin:start].expandtabs(4)), *_marker(text[start:end]))
        begin = match.end() if match else stop


def _without_initials(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with 'A.' taken for a marker only where a 'B.' opens a line too, and else for a name's initial."""
    letters = {line.marker.strip() for line in lines if line.marker[:1].isalpha()}
    lonely = {
        letter
        for letter in letters
        if forms.is_initial(letter)
        and not any(forms.is_next_marker(letter, other) or forms.is_next_marker(other, letter) for other in letters)
    }
    return tuple(replace(line, mark=Mark.NONE, marker="") if line.marker.strip() in lonely else line for line in lines)


def _page_width(blocks: tuple[tuple[Line, ...], ...]) -> int:
    """The column at which the text is wrapped, or 0 where an author ends each line himself."""
    every = [line for block in blocks for line in block]
    inner = sorted(line.indent + len(line.text) for block in blocks for line in block[:-1])
    width = inner[len(inner) * 9 // 10] if inner else 0  # a few lines, such as web addresses, may stand out
    full = sum(length >= width * _FULL for length in inner)
    too_long = sum(len(line.text) > _LONG_LINE for line in every)
    is_wrapped = _NARROWEST_PAGE <= width <= _LONG_LINE and full * 3 >= len(inner) and too_long * 10 <= len(every)
    return width if is_wrapped else 0


def _marker(line: str) -> tuple[Mark, str]:
    if not line:
        return Mark.NONE, ""
    if pounds := _POUNDS.match(line):
        return Mark.HEADING, pounds[0]
    if forms.is_row(line):
        return Mark.ROW, ""
    if found := forms.bullet(line):
        return Mark.BULLET, found
    if found := forms.enumerator(line):
        return Mark.NUMBER, found
    return Mark.NONE, ""


def _joint(previous: _Draft, line: Line, following: Line | None, width: int) -> _Joint:
    last = previous.lines[-1]
    if not {line.mark, previous.mark}.isdisjoint({Mark.HEADING, Mark.ROW}) or _stands_out(last, line, following, width):
        return _Joint.APART
    if line.mark is not Mark.NONE:
        may_list = previous.mark is not Mark.NONE or _may_precede_a_list(last.text)
        return _Joint.APART if may_list else _wrapping(last, line, width)
    if previous.mark is not Mark.NONE and line.indent > previous.lines[0].indent:
        return _Joint.WRAPPED
    wrapping = _wrapping(last, line, width)
    return _Joint.STACKED if wrapping is _Joint.APART and _is_stacked(previous, line, width) else wrapping


def _may_precede_a_list(line: str) -> bool:
    return ends_like_a_sentence(line) or line.endswith((":", ";", ",")) or line.lower().endswith((" and", " or"))


def _wrapping(last: Line, line: Line, width: int) -> _Joint:
    """Whether the break before this line was made by the width of the page, or in the middle of a sentence."""
    meant = _fits(last, line, width or _LONG_LINE)
    if line.text[0].islower() and not ends_like_a_sentence(last.text):
        listed = meant and last.text.endswith((":", ";"))
        return _Joint.APART if listed else _Joint.STACKED if meant else _Joint.WRAPPED
    loud = forms.is_capitals(last.text) and not forms.is_capitals(line.text)
    return _Joint.APART if meant or loud or not width else _Joint.WRAPPED


def _fits(last: Line, line: Line, width: int) -> bool:
    """Whether the next line's first word had room on the last one, so that the break was meant."""
    first_word = line.text.split(maxsplit=1)[0]
    return last.indent + len(last.text) + 1 + len(first_word) <= width * _FULL


def _stands_out(last: Line, line: Line, following: Line | None, width: int) -> bool:
    """Whether the line looks like a heading between two paragraphs that no blank line divides."""
    if following is None or not width or not forms.is_prose(last.text):
        return False
    return _fits(line, following, width) and forms.is_heading_form(line.text)


def _is_stacked(previous: _Draft, line: Line, width: int) -> bool:
    """Whether the line goes on with a stack of short lines such as a postal address."""
    if previous.mark is not Mark.NONE:
        return False
    above = previous.lines[-1].text
    loud = forms.is_capitals(above) and not forms.is_capitals(line.text)
    title = previous.is_single and (forms.is_title_form(above) or (loud and previous.opens_block))
    full = 0 < width * _FULL < line.indent + len(line.text)
    listed = above.endswith((":", ";")) or line.text.endswith(":")
    apart = title or full or listed or forms.is_label(line.text) or forms.is_title_form(line.text)
    return not (apart or forms.is_prose(above) or forms.is_prose(line.text))
