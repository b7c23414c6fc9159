"""Blocks -> the title and the sections of a policy, with its clauses. Knows no format and no page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.clause import Clause, Section
from knowledge.parser import forms
from knowledge.parser.blocks import Block, BlockKind
from knowledge.parser.extent import Group, policy_groups
from knowledge.parser.sentences import split_sentences

UNTITLED = "Privacy policy"  # the title of a text that has no heading which could be one
_RUN_IN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Outline:
    title: str
    sections: tuple[Section, ...]


def outline(text: str, blocks: Sequence[Block]) -> Outline:
    found, groups = policy_groups(text, blocks)
    title = found or UNTITLED
    return Outline(title, tuple(_sections(text, title, groups)))


def _sections(text: str, title: str, groups: Sequence[Group]) -> Iterator[Section]:
    """A section for each heading; section 0 stands under the title, and only where there is text before a heading."""
    number, heading = 0, title
    paragraphs: list[tuple[Clause, ...]] = []
    for group in groups:
        if group.is_heading:
            if number or paragraphs:
                yield Section(number, heading, tuple(paragraphs))
            number, heading, paragraphs = number + 1, group.blocks[0].title, []
        elif clauses := tuple(_clauses(text, group, section=(number, heading), paragraph=len(paragraphs) + 1)):
            paragraphs.append(clauses)
    if number or paragraphs:
        yield Section(number, heading, tuple(paragraphs))


def _clauses(text: str, group: Group, *, section: tuple[int, str], paragraph: int) -> Iterator[Clause]:
    number, heading = section
    every = (span for block in group.blocks for span in _spans(text, block))
    spans = (span for span in every if any(letter.isalnum() for letter in text[slice(*span)]))
    for sentence, (start, end) in enumerate(spans, start=1):
        yield Clause(number, paragraph, sentence, heading, text[start:end], start, end)


def _spans(text: str, block: Block) -> Sequence[tuple[int, int]]:
    if block.kind is BlockKind.ROW:
        return ((block.start, block.end),)
    spans = [(block.start + start, block.start + end) for start, end in split_sentences(text[block.start : block.end])]
    if block.kind is BlockKind.ITEM and len(spans) > 1 and _is_run_in(text[slice(*spans[0])]):
        return [(spans[0][0], spans[1][1]), *spans[2:]]
    return spans


def _is_run_in(sentence: str) -> bool:
    """'Access.' before the sentence that explains it: by itself it would be a clause that says nothing."""
    words = forms.plain_words(sentence).split()
    return len(words) <= _RUN_IN_WORDS and words[-1].endswith(".") and all(word[0].isupper() for word in words)
