"""ClauseStore: where generations of the index live. Entries, snapshots and the protocol; knows no database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.encoder.protocol import Vectors
from knowledge.errors import KnowledgeError


class IndexUnreadable(KnowledgeError):
    """A generation is missing or damaged. It is derived data: build it again."""


class IndexUnwritable(KnowledgeError):
    """A generation cannot be written, for want of space or rights."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index holds: a clause or a curated question. Metadata values are text, so that any Chroma keeps them."""

    id: str
    text: str
    metadata: dict[str, str]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole generation in memory: entries and their vectors, row by row."""

    entries: tuple[Entry, ...]
    vectors: Vectors


class ClauseStore(Protocol):
    """Where generations live."""

    def write(
        self,
        generation: str,
        entries: Sequence[Entry],
        *,
        known: Mapping[str, Vectors],
        progress: Callable[[int], None],
    ) -> None:
        """Embed and upsert; writing the same entries twice changes nothing.

        `known` holds vectors of texts that need not be encoded again; `progress` hears how many were written.
        """

    def read(self, generation: str) -> Snapshot:
        """Every entry with its vector; IndexUnreadable when the generation is missing or damaged."""

    def search(self, generation: str, question: str, *, k: int) -> list[tuple[Entry, float]]:
        """The k nearest entries with their cosine similarity, nearest first."""

    def generations(self) -> tuple[str, ...]:
        """The names of all generations there are, complete or not."""

    def count(self, generation: str) -> int:
        """How many entries a generation holds, found without changing it; 0 when it is missing or damaged."""

    def drop(self, generation: str) -> None:
        """Remove a generation; removing one that is not there changes nothing."""

    def close(self) -> None:
        """Let go of files and connections; the next call opens them again."""
