"""Plain text -> blocks: which lines are headings by their form and their place, which belong to a list.

Also reads the reading text that `html` writes, where '#' stands before headings and '-' before items.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from knowledge.parser import forms
from knowledge.parser.blocks import Block, BlockKind
from knowledge.parser.lines import Mark, Segment, segments
from knowledge.parser.sentences import ends_like_a_sentence

# Two headings marked by '#' or by a rule show that this text marks its headings; then form alone makes none.
MARKED_HEADINGS = 2
_TITLE_PAGE = 4  # lines
_HEADING_LINES = 2
_LISTED = re.compile(r";(?: and| or)?$")  # how the lines of a list without bullets end


def text_blocks(text: str) -> tuple[Block, ...]:
    parts = segments(text)
    headings = _headings(text, parts)
    found: list[Block] = []
    before: Segment | None = None
    listing = False  # a lead-in that ends in a colon stands above, with nothing but short lines between
    for index, part in enumerate(parts):
        if index in headings:
            found.append(_heading(text, part))
            before, listing = None, False
            continue
        kind = _kind(text, part, before, listing=listing)
        found.extend(Block(kind, start, end) for start, end in _spans(text, part, listing=listing))
        before, listing = part, (listing and kind is BlockKind.ITEM) or text[part.start : part.end].endswith(":")
    return tuple(found)


def _spans(text: str, part: Segment, *, listing: bool) -> list[tuple[int, int]]:
    """Under a lead-in the short lines of a stack are a list, but an address, which has figures, is one piece."""
    words = text[part.start : part.end]
    if listing and part.is_stack and not forms.is_prose(words) and not any(letter.isdigit() for letter in words):
        return [(line.start, line.end) for line in part.lines]
    return [(part.start, part.end)]


def _heading(text: str, part: Segment) -> Block:
    marked = part.mark is Mark.HEADING
    start = part.start if marked else part.lines[0].start  # '#' is markup, a number is part of the words
    return Block(BlockKind.HEADING, start, part.end, forms.plain_words(text[start : part.end]), marked=marked)


def _headings(text: str, parts: Sequence[Segment]) -> frozenset[int]:
    marked = {index for index, part in enumerate(parts) if part.mark is Mark.HEADING}
    formed = set() if len(marked) >= MARKED_HEADINGS else _headings_by_form(text, parts)
    titled = _title_by_form(text, parts, marked | formed)
    return frozenset(marked | formed | titled)


def _headings_by_form(text: str, parts: Sequence[Segment]) -> set[int]:
    candidates = {index for index in range(len(parts)) if _is_candidate(text, parts, index)}
    found: set[int] = set()
    for index in reversed(range(len(parts) - 1)):
        follows = index + 1 in found if index + 1 in candidates else _is_content(text, parts, index)
        if index in candidates and follows:
            found.add(index)
    return found - _listed_lines(text, parts, found)


def _is_candidate(text: str, parts: Sequence[Segment], index: int) -> bool:
    """Whether the segment could be a heading, going by its own form and by what stands before it."""
    part = parts[index]
    if not _is_heading_sized(part) or part.mark in {Mark.BULLET, Mark.ROW, Mark.HEADING}:
        return False
    if not forms.is_heading_form(text[part.lines[0].start : part.end]) or _has_sibling(parts, index):
        return False
    if part.opens_block or part.mark is Mark.NUMBER or forms.is_title_form(part.lines[0].text):
        return True
    before = parts[index - 1]
    return before.mark is not Mark.NONE or ends_like_a_sentence(text[before.start : before.end])


def _is_heading_sized(part: Segment) -> bool:
    """One line, or a line in capitals or with a number that the page's width broke in two."""
    opening = part.lines[0].text
    strong = forms.is_capitals(opening) or part.mark is Mark.NUMBER
    return part.is_single or (strong and len(part.lines) <= _HEADING_LINES)


def _has_sibling(parts: Sequence[Segment], index: int) -> bool:
    """Whether the segment counts on from the one before it, or the next one counts on from it: then both are items."""
    pairs = ((at, at + 1) for at in (index - 1, index) if at >= 0 and at + 1 < len(parts))
    near = ((parts[first], parts[second]) for first, second in pairs)
    return any(
        first.mark is second.mark is Mark.NUMBER and forms.is_next_marker(first.marker, second.marker)
        for first, second in near
    )


def _is_content(text: str, parts: Sequence[Segment], index: int) -> bool:
    """Whether what follows this segment is something that a heading can head."""
    part, following = parts[index], parts[index + 1]
    words = text[following.start : following.end]
    if following.mark in {Mark.BULLET, Mark.NUMBER, Mark.ROW}:
        return True
    if following.mark is Mark.HEADING:
        return False
    if forms.is_prose(words) or words.endswith(":"):
        return True
    if forms.has_contact(words) or (forms.has_date(words) and forms.is_title_form(part.lines[0].text)):
        return True
    return following.raw_block != part.raw_block and not following.is_single


def _listed_lines(text: str, parts: Sequence[Segment], headings: set[int]) -> set[int]:
    """Short lines after a lead-in that ends in a colon: all but the last one before the prose are its list."""
    listed: set[int] = set()
    in_list = False
    for index, (part, following) in enumerate(pairwise(parts)):
        if index not in headings:
            in_list = text[part.start : part.end].endswith(":")
        elif in_list and part.mark is Mark.NONE and (index + 1 in headings or following.raw_block == part.raw_block):
            listed.add(index)
        else:
            in_list = False
    return listed


def _title_by_form(text: str, parts: Sequence[Segment], headings: set[int]) -> set[int]:
    """The line before the prose that names the document, where no heading does so before it.

    A title may stand over a company's name, a version or a date rather than over prose, and under a menu or a
    breadcrumb that holds its words too: then the later one is the title.
    """
    first, title = "", set[int]()
    for index, part in enumerate(parts):
        words = forms.plain_words(text[part.lines[0].start : part.end])
        if (index in headings and forms.names_document(words)) or forms.is_prose(words):
            break
        if part.mark is Mark.NONE and forms.is_title_form(words) and _stands_alone(parts, index):
            first = first or words
            title = {index} if words.casefold() in first.casefold() else title
    return title


def _stands_alone(parts: Sequence[Segment], index: int) -> bool:
    """Whether the line opens its raw block, or stands in a small one as a title page does; a menu is longer."""
    part = parts[index]
    around = [
        each for each in parts[max(0, index - _TITLE_PAGE) : index + _TITLE_PAGE] if each.raw_block == part.raw_block
    ]
    return part.is_single and (part.opens_block or len(around) < _TITLE_PAGE)


def _kind(text: str, part: Segment, before: Segment | None, *, listing: bool) -> BlockKind:
    """The kind of a segment that is no heading; `before` is the segment right above it, unless that is a heading."""
    if part.mark is not Mark.NONE:
        # '1.2' numbers the paragraphs of a contract, '1.' and '(a)' the items of a list.
        is_paragraph = part.mark is Mark.NUMBER and "." in part.marker.strip().removesuffix(".")
        return BlockKind.PROSE if is_paragraph else BlockKind.ROW if part.mark is Mark.ROW else BlockKind.ITEM
    return BlockKind.ITEM if before and _belongs_above(text, part, before, listing=listing) else BlockKind.PROSE


def _belongs_above(text: str, part: Segment, before: Segment, *, listing: bool) -> bool:
    """Whether a line without a marker goes on with a list item, a list without bullets or a stack of short lines."""
    short = not forms.is_prose(text[part.start : part.end])
    if listing and short:
        return True
    if before.mark in {Mark.BULLET, Mark.NUMBER}:
        return part.lines[0].indent >= before.lines[0].indent + len(before.marker)
    together = before.raw_block == part.raw_block
    return together and (short or _LISTED.search(text[before.start : before.end]) is not None)
