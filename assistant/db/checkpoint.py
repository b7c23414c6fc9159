"""Who may checkpoint an SQLite log: one process at a time. `serve` or `slack`, whichever has it, keeps it
for as long as it runs; else any has it for a moment.

SQLite before 3.51.3 can damage the log when two connections write and checkpoint at once.
"""

from pathlib import Path

from assistant.db.locks import FileLock


class CheckpointRole:
    """The role is a lock on `checkpoint.lock`. Who lacks it leaves `checkpoint.request` for the process that has it.

    Every method but `requested` must be called under the write lock: only then is a request that is gone proof
    that a checkpoint came after it.
    """

    def __init__(self, folder: Path, *, keep: bool) -> None:
        self._lock = FileLock(folder / "checkpoint.lock")
        self._request = folder / "checkpoint.request"
        self._keep = keep

    def take(self) -> bool:
        """True when this process has the role; give it back with `done`."""
        return self._lock.try_acquire()

    def done(self) -> None:
        if not self._keep:
            self._lock.release()

    def take_for_life(self) -> bool:
        """True when a serving process has the role; False in every other process."""
        return self._keep and self._lock.try_acquire()

    def ask(self) -> None:
        self._request.touch(mode=0o600)

    def answer(self) -> None:
        self._request.unlink(missing_ok=True)

    def requested(self) -> bool:
        return self._request.exists()

    def close(self) -> None:
        self._lock.release()
