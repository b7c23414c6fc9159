"""Keeps the active generation of the index in memory and notices when another one takes over.

Knows how a generation becomes a Reader; knows nothing of questions.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from assistant.errors import Unavailable
from knowledge.encoder.protocol import Encoder
from knowledge.errors import KnowledgeError
from knowledge.ranking.head import Head
from knowledge.retrieval import Reader, examples
from knowledge.store import ClauseStore, Snapshot

_log = logging.getLogger(__name__)


class NoIndex(Unavailable):
    def __init__(self) -> None:
        super().__init__("The policy index is not ready: run `privacy-assistant index`.")


@dataclass(frozen=True, slots=True)
class HeadShelf:
    """Heads as files, one a generation. A head is derived data: one that is missing or damaged is made anew."""

    folder: Path

    def head(self, generation: str, snapshot: Snapshot) -> Head:
        learned, vectors = examples(snapshot)
        path = self.folder / f"{generation}.npz"
        try:
            with np.load(path, allow_pickle=False) as arrays:
                return Head.from_arrays(dict(arrays), vectors)
        except (OSError, ValueError, KeyError, BadZipFile):
            head = Head.fit(learned, vectors)
            self._keep(path, head)
            return head

    def _keep(self, path: Path, head: Head) -> None:
        """Best effort: without the file the next start only takes longer."""
        scratch = path.with_suffix(".new.npz")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            np.savez(scratch, allow_pickle=False, **head.arrays())
            for old in self.folder.glob("g-*.npz"):
                if old != scratch:
                    old.unlink(missing_ok=True)
            scratch.replace(path)
        except OSError as error:
            _log.warning(
                "The ranking could not be kept in the data folder (%s); it will be made anew.", type(error).__name__
            )


class ReadingRoom:
    """Hands out the Reader of the active generation."""

    def __init__(
        self, *, store: ClauseStore, active: Callable[[], str | None], shelf: HeadShelf, encoder: Encoder
    ) -> None:
        self._store = store
        self._active = active
        self._shelf = shelf
        self._encoder = encoder
        self._lock = threading.Lock()
        self._reader: Reader | None = None

    def reader(self) -> Reader:
        """The Reader of the active generation; NoIndex where there is none that can be read.

        While a new generation is being read, and where it cannot be, the one before goes on serving.
        """
        generation, reader = self._active(), self._reader
        if generation is not None and (reader is None or reader.generation != generation):
            self._take(generation)
        if self._reader is None:
            raise NoIndex
        return self._reader

    def _take(self, generation: str) -> None:
        """One thread reads; the others go on with what there is, and do not wait."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            if self._reader is None or self._reader.generation != generation:
                self._reader = self._load(generation) or self._reader
        finally:
            self._lock.release()

    def _load(self, generation: str) -> Reader | None:
        try:
            snapshot = self._store.read(generation)
            return Reader(generation, snapshot, self._shelf.head(generation, snapshot), self._encoder)
        except KnowledgeError as error:
            _log.error("Index generation %s cannot serve: %s", generation, error)
            return None
