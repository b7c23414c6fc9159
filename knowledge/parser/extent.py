"""Where a policy begins and ends among the blocks of its page, and what is only its table of contents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.parser import forms
from knowledge.parser.blocks import Block, BlockKind
from knowledge.parser.sentences import ends_like_a_sentence

# A heading that names the document behind more than this share of the prose belongs to a section, not to the document.
_LATEST_TITLE = 0.25
_CONTENTS_SHARE = 0.6
_CONTENTS_LINES = 2
_NUMBERING = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[IVXivx]{1,5}[.)]|[A-Za-z][.)])\s+")
_PAGE_NUMBER = re.compile(r"(?:\s*\.{2,}|\s…)\s*\d*$")
_ANNOUNCES = re.compile(
    r"\b(?:below|following|contact|write|reach|address|e-?mail|mail|post|call|details|at|here)\b", re.IGNORECASE
)
_LAST_SENTENCE = 200  # code points
# A last line with more words than this is kept, full stop or not: a lost sentence is worse than a menu entry too much.
_CHROME_WORDS = 6
_SEPARATORS = re.compile(r"\s[|·•/]\s")


@dataclass(frozen=True, slots=True)
class Group:
    """A heading by itself, or a paragraph with the list items, stacked lines and table rows that belong to it."""

    text: str  # the blocks' words, one line each
    blocks: tuple[Block, ...]

    @property
    def is_heading(self) -> bool:
        return self.blocks[0].kind is BlockKind.HEADING

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def policy_groups(text: str, blocks: Sequence[Block]) -> tuple[str, Sequence[Group]]:
    """The title, empty where there is none, and what stands between it and the page's chrome after the end."""
    title, groups = _without_front(_groups(text, blocks))
    return title, _without_contents(_without_tail(groups))


def _groups(text: str, blocks: Sequence[Block]) -> list[Group]:
    gathered: list[list[Block]] = []
    for block in blocks:
        joins = block.kind in {BlockKind.ITEM, BlockKind.ROW}
        if joins and gathered and gathered[-1][0].kind is not BlockKind.HEADING:
            gathered[-1].append(block)
        else:
            gathered.append([block])
    return [Group("\n".join(text[each.start : each.end] for each in group), tuple(group)) for group in gathered]


def _without_front(groups: Sequence[Group]) -> tuple[str, Sequence[Group]]:
    at = _title_at(groups)
    if at is None:
        opens = bool(groups) and groups[0].is_heading
        return (_title(groups[0]), groups[1:]) if opens else ("", groups)
    for index, group in enumerate(groups[at + 1 :], start=at + 1):
        # A menu or a breadcrumb may name the document first; the title is the one where the text begins.
        if not group.is_heading:
            break
        if forms.names_document(_title(group)) and _title(group).casefold() in _title(groups[at]).casefold():
            at = index
    return _title(groups[at]), groups[at + 1 :]


def _title(heading: Group) -> str:
    return heading.blocks[0].title


def _title_at(groups: Sequence[Group]) -> int | None:
    prose = sum(_prose_length(group) for group in groups)
    passed = 0
    for index, group in enumerate(groups):
        if group.is_heading and forms.names_document(_title(group)):
            return index if passed <= prose * _LATEST_TITLE else None
        passed += _prose_length(group)
    return None


def _prose_length(group: Group) -> int:
    return len(group.text) if not group.is_heading and _has_sentence(group) else 0


def _has_sentence(group: Group) -> bool:
    return any(ends_like_a_sentence(line) or not forms.is_short(line) for line in group.lines)


def _without_tail(groups: Sequence[Group]) -> Sequence[Group]:
    end = len(groups)
    while end and _is_chrome(groups[end - 1], groups[end - 2] if end > 1 else None):
        end -= 1
    return groups[:end]


def _is_chrome(group: Group, above: Group | None) -> bool:
    """Whether the last group of all belongs to the page: a line that no heading, list or lead-in stands over."""
    if group.is_heading or (forms.is_copyright(group.text) and forms.is_short(group.text)):
        return True
    if above is None or _has_sentence(group) or _is_list(group) or forms.has_date(group.text):
        return False
    if any(len(line.split()) > _CHROME_WORDS and not _SEPARATORS.search(line) for line in group.lines):
        return False
    has_contact = forms.has_contact(group.text)
    if above.is_heading:
        return not (has_contact or above.blocks[0].marked)
    announced = has_contact and _ANNOUNCES.search(above.text[-_LAST_SENTENCE:])
    return not (announced or above.text.endswith(":"))


def _is_list(group: Group) -> bool:
    """A table, a list without a lead-in, or a lead-in with its list: however short its lines are, it is policy."""
    is_table = any(block.kind is BlockKind.ROW for block in group.blocks)
    return is_table or group.blocks[0].kind is BlockKind.ITEM or any(line.endswith(":") for line in group.lines)


def _without_contents(groups: Sequence[Group]) -> Sequence[Group]:
    """The groups without a table of contents: lines that only repeat the words of the headings behind them."""
    last_at = {_bare(_title(group)): index for index, group in enumerate(groups) if group.is_heading}
    listed = {index for index, group in enumerate(groups) if _is_contents(group, last_at, index)}
    kept: list[Group] = []
    for index in reversed(range(len(groups))):
        group = groups[index]
        # A heading with nothing left under it may have headed the table of contents, or be a line of one.
        is_bare = group.is_heading and (not kept or kept[-1].is_heading)
        if is_bare and (index + 1 in listed or last_at[_bare(_title(group))] > index):
            continue
        if index not in listed:
            kept.append(group)
    return kept[::-1]


def _is_contents(group: Group, last_at: dict[str, int], index: int) -> bool:
    if group.is_heading:
        return False
    lines = group.lines
    repeated = sum(last_at.get(_bare(forms.plain_words(line)), 0) > index for line in lines)
    return repeated >= _CONTENTS_LINES and repeated >= len(lines) * _CONTENTS_SHARE


def _bare(words: str) -> str:
    """A heading's words without its number, a dotted line and a page number, for comparing."""
    return _PAGE_NUMBER.sub("", _NUMBERING.sub("", words)).casefold()
