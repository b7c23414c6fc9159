"""Parts that are loaded at their first use: what a process never needs it never pays for, and what is damaged stops
only what needs it.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from assistant.clock import Clock
from assistant.db.generations import GenerationLog
from knowledge.chroma_folder import folder_count, folder_generations
from knowledge.encoder.protocol import Reading, ReadingEncoder, Vectors
from knowledge.once import Once
from knowledge.store import ClauseStore, Entry, Snapshot

# Vectors are small; of readings, which are up to a megabyte, only the question's own is asked for again.
REMEMBERED, REMEMBERED_READINGS = 64, 4


class LazyEncoder:
    """Loads the weights at first use: a damaged file then stops answers, not the whole assistant.

    Triage and answer of one turn ask for the same text, often at once: the last single texts are remembered.
    """

    def __init__(self, name: Callable[[], str], load: Callable[[], ReadingEncoder]) -> None:
        self._name = name
        self._load = load
        self._lock = threading.Lock()
        self._encoder: ReadingEncoder | None = None
        self._vectors: Once[Vectors] = Once(REMEMBERED)
        self._readings: Once[Reading] = Once(REMEMBERED_READINGS)

    @property
    def name(self) -> str:
        # The card on disk may be of a newer release than the weights in memory.
        return self._name() if self._encoder is None else self._encoder.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        if len(texts) != 1:
            return self._loaded().encode(texts)
        return self._vectors.get((texts[0],), lambda: self.read(texts[0]).vector)[np.newaxis]

    def read(self, text: str) -> Reading:
        return self._readings.get((text,), lambda: self._loaded().read(text))

    def _loaded(self) -> ReadingEncoder:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._load()
        return self._encoder


class LazyStore:
    """Loads Chroma at first use: a process that only answers never needs it."""

    def __init__(self, load: Callable[[], ClauseStore], folder: Path, *, remote: bool) -> None:
        self._load = load
        self._folder = folder
        self._remote = remote

    @cached_property
    def _store(self) -> ClauseStore:
        return self._load()

    def write(
        self,
        generation: str,
        entries: Sequence[Entry],
        *,
        known: Mapping[str, Vectors],
        progress: Callable[[int], None],
    ) -> None:
        self._store.write(generation, entries, known=known, progress=progress)

    def read(self, generation: str) -> Snapshot:
        return self._store.read(generation)

    def search(self, generation: str, question: str, *, k: int) -> list[tuple[Entry, float]]:
        return self._store.search(generation, question, k=k)

    def generations(self) -> tuple[str, ...]:
        return self._store.generations() if self._remote else folder_generations(self._folder)

    def count(self, generation: str) -> int:
        return self._store.count(generation) if self._remote else folder_count(self._folder, generation)

    def drop(self, generation: str) -> None:
        self._store.drop(generation)

    def close(self) -> None:
        if "_store" in vars(self):
            self._store.close()


@dataclass(frozen=True)
class ActivationLog:
    """The generations table as the indexer wants it."""

    table: GenerationLog
    clock: Clock

    def active(self) -> str | None:
        return self.table.active()

    def activate(self, generation: str) -> None:
        self.table.activate(generation, generation.removeprefix("g-"), self.clock())
