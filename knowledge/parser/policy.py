"""Published bytes -> a parsed policy: the parser's one door. Reads no files and knows no versions."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from knowledge.clause import Clause, Section
from knowledge.errors import UnreadablePolicy
from knowledge.parser.decoding import PolicyFormat, decode, format_of, shown_name
from knowledge.parser.html import reading_text
from knowledge.parser.markdown import markdown_blocks
from knowledge.parser.outline import outline
from knowledge.parser.page import is_nested_too_deeply
from knowledge.parser.sentences import ends_like_a_sentence
from knowledge.parser.text import text_blocks

_FEWEST_WORDS = 2  # of a sentence


@dataclass(frozen=True)
class ParsedPolicy:
    """A published text with its title and sections.

    `published` are the bytes whose SHA-256 identifies the text and into whose decoded form every offset points; for a
    page of HTML that is its reading text, and `source` keeps the page. `format` is what `published` is to be read as.
    """

    title: str
    sections: tuple[Section, ...]
    published: bytes
    format: PolicyFormat
    source: bytes | None = None

    @cached_property
    def text(self) -> str:
        return self.published.decode("utf-8")

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.published).hexdigest()

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause in reading order."""
        return tuple(clause for section in self.sections for each in section.paragraphs for clause in each)


def parse(data: bytes, *, name: str) -> ParsedPolicy:
    """The policy in these bytes. The format is told by the name's suffix or, failing that, by the content.

    Raises UnreadablePolicy where the bytes are empty, too many, not UTF-8 text, or hold no sentence.
    """
    text = decode(data, name=name)
    return parse_as(data, format_of(text, name=name), name=name)


def parse_as(data: bytes, policy_format: PolicyFormat, *, name: str) -> ParsedPolicy:
    """As `parse`, for bytes whose format is known."""
    text = decode(data, name=name)
    source = None
    if policy_format is PolicyFormat.HTML:
        if is_nested_too_deeply(text):
            raise UnreadablePolicy(
                f"{shown_name(name)} nests its elements too deeply: save the page as plain text instead."
            )
        source, text, policy_format = data, reading_text(text), PolicyFormat.TEXT
    blocks = markdown_blocks(text) if policy_format is PolicyFormat.MARKDOWN else text_blocks(text)
    found = outline(text, blocks)
    policy = ParsedPolicy(
        title=found.title,
        sections=found.sections,
        published=text.encode() if source is not None else data,
        format=policy_format,
        source=source,
    )
    if not any(_is_sentence(clause.text) for clause in policy.clauses):
        raise UnreadablePolicy(f"{shown_name(name)} holds no sentence: publish the full text of the policy.")
    return policy


def _is_sentence(text: str) -> bool:
    # Chinese and Thai write no space between words, so a sentence of theirs counts as one word.
    return ends_like_a_sentence(text) and (len(text.split()) >= _FEWEST_WORDS or not text.isascii())
