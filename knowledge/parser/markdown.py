"""Markdown -> blocks, through markdown-it's block rules; clauses stay exact slices of the file, inline marks kept."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.parser import forms
from knowledge.parser.blocks import Block, BlockKind
from knowledge.parser.html import reading_text
from knowledge.parser.page import is_nested_too_deeply
from knowledge.parser.sentences import ends_like_a_sentence, trim
from knowledge.parser.text import MARKED_HEADINGS, text_blocks

_BREAK = re.compile(r"\r\n?|\n")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*(?:\r\n?|\n)(?P<fields>(?:.*(?:\r\n?|\n)){0,60}?)---[ \t]*(?=[\r\n]|\Z)")
_FRONT_TITLE = re.compile(r"^title:[ \t]*(?P<quote>[\"']?)(?P<title>[^\r\n]*?\S)(?P=quote)[ \t]*$", re.MULTILINE)
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<words>[^*_\n]+)\1")
# Tags, but no <https://…> and no <name@host>, and images: a paragraph of nothing else is not read.
_UNREAD = re.compile(r"<(?!\S*[:@])[^<>]{0,500}>|!\[[^\[\]]{0,300}\]\([^()]{0,500}\)")
_HEADING_REACH = 300  # code points of a heading that are read for its words


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown file; one that marks no headings is read by the forms of its lines instead."""
    front = _FRONT_MATTER.match(text)
    body = _blanked(text, front.end()) if front else text
    titles = tuple(_front_title(front)) if front else ()
    blocks = tuple(_Reader(body).blocks())
    if sum(block.kind is BlockKind.HEADING for block in blocks) < MARKED_HEADINGS:
        return titles + text_blocks(body)
    return titles + blocks


def _blanked(text: str, end: int) -> str:
    """The text with its first lines blanked out, so that every offset behind them stays true."""
    return re.sub(r"[^\r\n]", " ", text[:end]) + text[end:]


def _front_title(front: re.Match[str]) -> Iterator[Block]:
    if found := _FRONT_TITLE.search(front["fields"].replace("\r", "\n")):
        start = front.start("fields")
        yield Block(BlockKind.HEADING, start, start, found["title"], marked=True)


class _Reader:
    """Turns markdown-it's tokens, which know lines only, into blocks with offsets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
        self._inline = MarkdownIt("commonmark")

    def blocks(self) -> Iterator[Block]:
        parser = MarkdownIt("commonmark").enable("table")
        parser.core.ruler.enableOnly(["normalize", "block"])
        tokens = parser.parse(self._text.removeprefix("\ufeff"))
        depth = 0
        for token, following in pairwise([*tokens, Token("end", "", 0)]):
            depth += token.nesting if token.type.startswith("list_item") else 0
            if token.type == "heading_open":
                yield self._heading(token, following.content)
            elif token.type == "paragraph_open" and _UNREAD.sub("", following.content).strip():
                yield self._paragraph(token, following.content, listed=depth > 0)
            elif token.type == "tr_open":
                yield from self._row(token)
            elif token.type in {"code_block", "fence", "html_block"}:
                yield from self._verbatim(token)

    def _heading(self, token: Token, content: str) -> Block:
        start, end = self._span(token, content)
        return Block(BlockKind.HEADING, start, end, self._words(content), marked=True)

    def _paragraph(self, token: Token, content: str, *, listed: bool) -> Block:
        start, end = self._span(token, content)
        if listed:
            return Block(BlockKind.ITEM, start, end)
        bold = _BOLD_LINE.fullmatch(content)
        if bold and forms.is_heading_form(bold["words"]):
            return Block(BlockKind.HEADING, start, end, forms.plain_words(bold["words"]), marked=True)
        return Block(BlockKind.PROSE, start, end)

    def _row(self, token: Token) -> Iterator[Block]:
        start, end = self._lines(token)
        cells = forms.row_cells(self._text[start:end])
        if cells:
            yield Block(BlockKind.ROW, start + cells[0], start + cells[1])

    def _verbatim(self, token: Token) -> Iterator[Block]:
        """Code and HTML blocks: kept as prose where they hold sentences, for nothing published may get lost."""
        start, end = self._lines(token)
        if token.type == "fence":
            start, end = trim(self._text, self._text.find("\n", start, end) + 1, self._text.rfind("\n", start, end) + 1)
        if _holds_sentence(self._text[start:end], is_html=token.type == "html_block"):
            yield Block(BlockKind.PROSE, start, end)

    def _words(self, content: str) -> str:
        children = self._inline.parseInline(content[:_HEADING_REACH])[0].children or ()
        words = "".join(_visible(children))
        return forms.plain_words(words)

    def _span(self, token: Token, content: str) -> tuple[int, int]:
        """The content's offsets: its first line is the tail of the file's line, after '>', '-' or '#'."""
        start, end = self._lines(token)
        first = self._text[start:end].split("\n", 1)[0].rstrip()
        opening = content.split("\n", 1)[0].rstrip()
        at = first.rfind(opening) if token.type == "heading_open" else len(first) - len(opening)
        return (start + at if at > 0 and first[at:].startswith(opening) else start), end

    def _lines(self, token: Token) -> tuple[int, int]:
        first, last = token.map or (0, 0)
        return trim(self._text, self._breaks[first], self._breaks[min(last, len(self._breaks) - 1)])


def _visible(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        yield " " if child.type in {"softbreak", "hardbreak"} else child.content


def _holds_sentence(words: str, *, is_html: bool) -> bool:
    if is_html and any(mark in words for mark in ".!?。") and not is_nested_too_deeply(words):
        return ends_like_a_sentence(reading_text(words))
    return not is_html and ends_like_a_sentence(words)
