"""Builds the index: every policy version and the bank become one new generation, then the old one is swapped out.

Running it twice changes nothing; a crash in the middle leaves the generation that serves untouched.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.clause import PolicyVersion
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.questions import BankLine, Kind
from knowledge.store import ClauseStore, Entry, IndexUnreadable, Snapshot

# Raised when what an entry's metadata means changes, so that an older index is rebuilt.
FORM = 2


class GenerationLog(Protocol):
    """Remembers which generation serves."""

    def active(self) -> str | None: ...

    def activate(self, generation: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Indexed:
    """What a run did. `built` is false where the active generation already was this one."""

    generation: str
    clauses: int
    questions: int
    built: bool


@dataclass(frozen=True, slots=True)
class Indexer:
    store: ClauseStore
    log: GenerationLog
    encoder: Encoder

    def run(
        self,
        versions: Sequence[PolicyVersion],
        bank: Sequence[BankLine],
        *,
        kept: Callable[[], Mapping[str, Vectors]] = dict,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
        ready: Callable[[str], None] = lambda _generation: None,
        force: bool = False,
    ) -> Indexed:
        """Make the generation for these versions and bound bank lines the active one.

        `kept` gives vectors of texts that need not be encoded. `progress` hears how many entries are done, of how
        many, `ready` of a generation that is whole and about to become active. `force` rebuilds a damaged one.
        """
        entries = index_entries(versions, bank)
        generation = generation_name(entries, self.encoder.name)
        built = force or not self._serves(generation, len(entries))
        if built:
            self._build(generation, entries, kept, progress)
            self._swap(generation, ready)
        clauses = sum(1 for entry in entries if entry.metadata["role"] == "clause")
        return Indexed(generation, clauses, len(entries) - clauses, built)

    def is_current(self, versions: Sequence[PolicyVersion], bank: Sequence[BankLine]) -> bool:
        """Whether the active generation is the one that `run` would make."""
        entries = index_entries(versions, bank)
        return self._serves(generation_name(entries, self.encoder.name), len(entries))

    def _serves(self, generation: str, entries: int) -> bool:
        """Whether it is active and was written to its end; a build may be killed at any moment."""
        return self.log.active() == generation and self.store.count(generation) == entries

    def _build(
        self,
        generation: str,
        entries: Sequence[Entry],
        kept: Callable[[], Mapping[str, Vectors]],
        progress: Callable[[int, int], None],
    ) -> None:
        # What a crashed run left under this name may be half written.
        self.store.drop(generation)
        done = 0

        def count(written: int) -> None:
            nonlocal done
            done += written
            progress(done, len(entries))

        known = {**kept(), **self._known(generation, self.log.active())}
        self.store.write(generation, entries, known=known, progress=count)

    def _swap(self, generation: str, ready: Callable[[str], None]) -> None:
        before = self.log.active()
        ready(generation)
        self.log.activate(generation)
        # The generation before stays until the next build: a serving process may still be reading it.
        for other in self.store.generations():
            if other not in {generation, before}:
                self.store.drop(other)

    def _known(self, generation: str, before: str | None) -> dict[str, Vectors]:
        """The vectors of the generation before, where the same encoder made it and it can be read."""
        if before is None or before == generation or _encoder_mark(before) != _encoder_mark(generation):
            return {}
        try:
            snapshot = self.store.read(before)
        except IndexUnreadable:
            return {}
        return {entry.text: vector for entry, vector in zip(snapshot.entries, snapshot.vectors, strict=True)}


def index_entries(versions: Sequence[PolicyVersion], bank: Sequence[BankLine]) -> tuple[Entry, ...]:
    return (*clause_entries(versions), *question_entries(bank))


def generation_name(entries: Sequence[Entry], encoder_name: str) -> str:
    """`g-`, 8 hex digits for encoder and form, `-`, and 16 over everything that the index holds."""
    return f"g-{_mark(encoder_name)}-{_digest(entries)}"


def assert_ours(generation: str, encoder_name: str) -> None:
    """IndexUnreadable where another encoder or another release built it: its vectors mean nothing beside ours."""
    if _encoder_mark(generation) != _mark(encoder_name):
        raise IndexUnreadable(f"The index generation {generation!r} was built by another encoder or release.")


def assert_whole(generation: str, snapshot: Snapshot) -> None:
    """IndexUnreadable where the snapshot is not all that its generation is named for, as after a crash."""
    if generation.rsplit("-", maxsplit=1)[-1] != _digest(snapshot.entries):
        raise IndexUnreadable(f"The index generation {generation!r} is incomplete or damaged.")


def _digest(entries: Sequence[Entry]) -> str:
    digest = hashlib.sha256()
    for entry in sorted(entries, key=lambda entry: entry.id):
        digest.update(json.dumps([entry.id, entry.text, entry.metadata], sort_keys=True).encode())
    return digest.hexdigest()[:16]


def _mark(encoder_name: str) -> str:
    return hashlib.sha256(f"{FORM}\n{encoder_name}\n".encode()).hexdigest()[:8]


def _encoder_mark(generation: str) -> str:
    return generation.split("-")[1]


def clause_entries(versions: Sequence[PolicyVersion]) -> tuple[Entry, ...]:
    """One entry for each distinct clause text over all versions; where it stands is the version's business."""
    texts = {clause.hash: clause.text for version in versions for clause in version.clauses}
    return tuple(Entry(f"clause-{digest}", text, {"role": "clause", "hash": digest}) for digest, text in texts.items())


def question_entries(bank: Sequence[BankLine]) -> tuple[Entry, ...]:
    """One entry a distinct question; of two equal questions the later line counts, as the later word of a person."""
    return tuple({entry.id: entry for entry in map(_question_entry, bank)}.values())


def _question_entry(line: BankLine) -> Entry:
    role = "gold" if line.kind is Kind.ANSWERABLE else "near"
    metadata = {
        "role": "question",
        "kind": line.kind.value,
        role: " ".join(filter(None, line.bound)),
        "hand": line.hand,
    }
    heard = line.heard
    return Entry(_question_id(heard), heard, metadata)


def _question_id(question: str) -> str:
    return f"question-{hashlib.sha256(question.encode('utf-8', 'replace')).hexdigest()[:24]}"
