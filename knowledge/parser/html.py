"""HTML -> reading text: what a visitor reads of the policy on the page. Decides nothing about sections.

The reading text is plain text of one strict shape ('#' before headings, '- ' before items, '| … |' around table
rows, a blank line between blocks), so that `text` alone can turn it into blocks, now and when it is loaded again.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.parser import forms, page
from knowledge.parser.tags import BLOCKS, HEADING_LEVELS

_SPACE = re.compile(r"[ \t\r\n\f]+")
_SOFT_HYPHEN = "\u00ad"
_BOLD_HEADING = "## "


def reading_text(source: str) -> str:
    """The text of the page's policy; an empty string where the page holds none."""
    root = page.policy_root(LexborHTMLParser(source))
    writer = _Writer()
    if root is not None:
        _walk(root, writer)
    return writer.finish()


def _walk(root: LexborNode, writer: "_Writer") -> None:
    """Depth first, without recursion: a page may nest deeper than the stack of calls."""
    inside_main = page.is_main(root)
    waiting: list[tuple[LexborNode, bool]] = [(root, False)]
    while waiting:
        node, leaving = waiting.pop()
        if leaving:
            writer.leave(node.tag or "")
        elif node.is_text_node:
            writer.write(node.text_content or "")
        elif node.is_element_node and not page.is_chrome(node) and (inside_main or node.tag != "aside"):
            writer.enter(node)
            waiting.append((node, True))
            waiting.extend((child, False) for child in reversed(tuple(page.children(node))))


@dataclass(slots=True)
class _Line:
    """One line of a block while it is collected, and how many of its letters are bold or link into this page."""

    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    linked: int = 0

    @property
    def text(self) -> str:
        return _SPACE.sub(" ", "".join(self.pieces)).replace(_SOFT_HYPHEN, "").strip()


@dataclass(slots=True)
class _Item:
    """An open list item; `is_split` once a heading stood in it, for then it only carries a section."""

    has_text: bool = False
    is_split: bool = False


class _Writer:
    """Collects the blocks of the page in reading order."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._lines = [_Line()]
        self._items: list[_Item] = []
        self._data_tables: list[bool] = []
        self._cells: list[str] | None = None
        self._page_links: list[bool] = []
        self._bold = 0
        self._preformatted = 0

    def finish(self) -> str:
        self._flush()
        return "\n\n".join(self._blocks) + "\n" if self._blocks else ""

    def write(self, text: str) -> None:
        for number, piece in enumerate(text.split("\n") if self._preformatted else (text,)):
            if number:
                self._lines.append(_Line())
            letters = sum(not letter.isspace() for letter in piece)
            line = self._lines[-1]
            line.pieces.append(piece)
            line.letters += letters
            line.bold += letters if self._bold else 0
            line.linked += letters if any(self._page_links) else 0

    def enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "br":
            self._lines.append(_Line())
        elif tag == "a":
            self._page_links.append((node.attributes.get("href") or "").startswith("#"))
        elif tag in {"b", "strong"}:
            self._bold += 1
        elif tag in BLOCKS:
            self._break_block()
        if tag == "pre":
            self._preformatted += 1
        elif tag in {"li", "dd"}:
            self._items.append(_Item())
        elif tag == "table":
            self._data_tables.append(self._cells is None and page.is_data_table(node))
        elif tag == "tr" and self._data_tables and self._data_tables[-1]:
            self._cells = []

    def leave(self, tag: str) -> None:
        if tag == "a":
            self._page_links.pop()
        elif tag in {"b", "strong"}:
            self._bold -= 1
        elif tag in {"td", "th"} and self._cells is not None:
            self._cells.append(" ".join(line.text for line in self._lines if line.text))
            self._lines = [_Line()]
        elif tag == "tr" and self._cells is not None:
            self._write_row(self._cells)
        elif tag in HEADING_LEVELS and self._cells is None:
            self._write_heading(HEADING_LEVELS[tag])
        elif tag in BLOCKS:
            self._break_block()
            self._close_block(tag)

    def _close_block(self, tag: str) -> None:
        if tag == "pre":
            self._preformatted -= 1
        elif tag in {"li", "dd"}:
            self._items.pop()
        elif tag == "table":
            self._data_tables.pop()

    def _break_block(self) -> None:
        if self._cells is None:
            self._flush()
        else:
            self.write(" ")

    def _write_row(self, cells: list[str]) -> None:
        self._cells = None
        if any(cells):
            self._blocks.append(f"| {' | '.join(cells)} |")

    def _write_heading(self, level: int) -> None:
        words = " ".join(line.text for line in self._lines if line.text)
        self._lines = [_Line()]
        if words:
            self._blocks.append(f"{'#' * level} {words}")
        if self._items:
            self._items[-1].is_split = True

    def _flush(self) -> None:
        """Write the lines collected so far: an empty line between them divides two blocks."""
        lines, self._lines = self._lines, [_Line()]
        for has_text, group in groupby(lines, key=lambda line: bool(line.text)):
            if has_text:
                self._write_lines(tuple(group))

    def _write_lines(self, lines: tuple[_Line, ...]) -> None:
        if all(line.letters == line.linked for line in lines):
            return  # a link into the page itself, such as "Back to top" or a table of contents
        first, listed = lines[0], bool(self._items) and not self._items[-1].is_split
        if not listed and first.letters == first.bold and forms.is_heading_form(first.text):
            self._blocks.append(_BOLD_HEADING + first.text)
            lines = lines[1:]
        if lines:
            self._write_block([line.text for line in lines], listed=listed)

    def _write_block(self, lines: list[str], *, listed: bool) -> None:
        if not listed:
            self._blocks.append("\n".join(lines))
            return
        outer = "  " * (len(self._items) - 1)
        opening = outer + ("  " if self._items[-1].has_text else "- ")
        self._items[-1].has_text = True
        self._blocks.append(opening + f"\n{outer}  ".join(lines))
