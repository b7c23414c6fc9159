"""Brings policy, bank and index together: builds the index when asked, or when there is none that can be read."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.reading_room import ReadingRoom
from assistant.db.locks import FileLock
from assistant.errors import Unavailable
from knowledge.clause import PolicyVersion
from knowledge.indexing import Indexed, Indexer
from knowledge.kept_vectors import kept_vectors
from knowledge.questions import FILE_NAME, Binding, StaleLine, bind, load_bank
from knowledge.versions.library import PolicyLibrary

# As long as a large bank may take on a slow machine.
PATIENCE_SECONDS = 900.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class IndexingDesk:
    """`folder` is the policy folder. `lock` lets one thread of a process build, `file_lock` one process of a folder."""

    folder: Path
    library: PolicyLibrary
    indexer: Indexer
    room: ReadingRoom
    lock: threading.Lock
    file_lock: FileLock

    def run(
        self, *, force: bool = False, progress: Callable[[int, int], None] = lambda _done, _all: None
    ) -> tuple[Indexed, tuple[StaleLine, ...]]:
        """Index every version and the bank; also the bank lines that stopped voting for a clause."""
        versions, binding = self._sources()
        questions = [line.heard for line in binding.lines]
        name = self.indexer.encoder.name
        with self.lock, self.file_lock.held(patience_seconds=PATIENCE_SECONDS):
            done = self.indexer.run(
                versions,
                binding.lines,
                kept=lambda: kept_vectors(self.folder, questions, encoder=name),
                progress=progress,
                ready=self.room.prepare,
                force=force,
            )
        return done, binding.stale

    def is_current(self) -> bool:
        """Whether the active generation holds what policy and bank say now."""
        versions, binding = self._sources()
        return self.indexer.is_current(versions, binding.lines)

    def _sources(self) -> tuple[tuple[PolicyVersion, ...], Binding]:
        """Lines that a person wrote without hashes mean the ids of the newest version."""
        versions = self.library.versions()
        if not versions:
            raise Unavailable(f"No policy version is published in {self.folder.name!r}: publish one first.")
        return versions, bind(load_bank(self.folder / FILE_NAME), versions[-1])

    def ensure(self, *, progress: Callable[[int, int], None] = lambda _done, _all: None) -> None:
        """Make sure that a generation can be read: derived data that is missing or damaged is built again.

        Raises Unavailable when there is still none.
        """
        try:
            self.room.reader()
        except Unavailable:
            _log.warning("There is no index that can be read: building it from the policy and the question bank.")
            # Not by force: another process may have built it while this one waited for the lock.
            self.run(progress=progress)
            try:
                self.room.reader()
            except Unavailable:
                self.run(force=True, progress=progress)
                self.room.reader()
