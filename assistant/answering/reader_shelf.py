"""Readers as files, one a generation, so that a process starts without opening the store or learning the bank anew.

A reader is derived from its generation: a file that is missing or damaged is made again.
"""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from tokenize import TokenError
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from knowledge.ranking.head import Head
from knowledge.retrieval import examples
from knowledge.store import Entry, Snapshot

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReaderShelf:
    """Keeps the entries of a generation, their vectors and what the head learned from them."""

    folder: Path

    def take(self, generation: str) -> tuple[Snapshot, Head] | None:
        """What was kept for this generation, or None."""
        try:
            with self._path(generation).open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                return _unpack(dict(file))
        except FileNotFoundError:
            return None
        except (OSError, EOFError, ValueError, LookupError, TypeError, RuntimeError, TokenError, BadZipFile):
            _log.warning("What was kept of the index cannot be read; it is made anew.")
            return None

    def keep(self, generation: str, snapshot: Snapshot, head: Head) -> None:
        """Best effort, in place of what was kept before: without the file the next start only takes longer."""
        path = self._path(generation)
        scratch = path.with_suffix(".new.npz")
        rows = json.dumps([[entry.id, entry.text, entry.metadata] for entry in snapshot.entries])
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            np.savez(
                scratch,
                allow_pickle=False,
                entries=np.frombuffer(rows.encode(), dtype=np.uint8),
                vectors=snapshot.vectors,
                **head.arrays(),
            )
            scratch.replace(path)
            for other in self.folder.glob("g-*.npz"):
                if other != path:
                    other.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("The index could not be kept ready in the data folder (%s).", type(error).__name__)

    def _path(self, generation: str) -> Path:
        return self.folder / f"{generation}.npz"


def _unpack(arrays: dict[str, NDArray[np.generic]]) -> tuple[Snapshot, Head]:
    rows = json.loads(arrays["entries"].tobytes())
    entries = tuple(Entry(name, text, metadata) for name, text, metadata in rows)
    snapshot = Snapshot(entries, arrays["vectors"].astype(np.float32, copy=False))
    _, vectors = examples(snapshot)
    return snapshot, Head.from_arrays(arrays, vectors)
