"""Clause, section and policy version: the frozen values that every other room passes around.

A clause is the smallest citable unit of a policy; its text is exactly the published
text between its offsets.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

HASH_DIGITS = 12


def text_hash(text: str) -> str:
    """Twelve hex digits of the SHA-256 of a clause's text: what bank lines, promises and periods are bound to."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a policy.

    `start` and `end` are half-open offsets in code points into the decoded published file.
    """

    section: int
    paragraph: int
    sentence: int
    section_title: str
    text: str
    start: int
    end: int

    @property
    def id(self) -> str:
        return f"{self.section}.{self.paragraph}.{self.sentence}"

    @property
    def hash(self) -> str:
        return text_hash(self.text)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs; section 0 is what stands between the title and the next heading."""

    number: int
    title: str
    paragraphs: tuple[tuple[Clause, ...], ...]


@dataclass(frozen=True)
class PolicyVersion:
    """One published text, parsed. Its identity is the SHA-256 of the published bytes."""

    label: str
    sha256: str
    title: str
    effective: date | None
    retrieved: date | None
    sections: tuple[Section, ...]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause in reading order."""
        return tuple(self._walk())

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def by_hash(self) -> dict[str, Clause]:
        """The clauses by text hash; of two equal sentences the first one stands for both."""
        return {clause.hash: clause for clause in reversed(self.clauses)}

    def _walk(self) -> Iterator[Clause]:
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph
