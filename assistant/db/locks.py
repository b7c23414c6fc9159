"""An exclusive lock between processes, held on a file. The system lets go of it when its process dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import Unavailable

POLL_SECONDS = 0.001


class FileLock:
    """`flock` on a file of its own: two locks exclude each other within one process too. Not for use by two threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def try_acquire(self) -> bool:
        """Take the lock if nobody else has it; True where it is held already."""
        if self._descriptor is not None:
            return True
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise Unavailable("The data folder cannot be written: check its space and its permissions.") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @contextmanager
    def held(self, *, patience_seconds: float) -> Iterator[None]:
        """Hold the lock for a block of work; Unavailable when another process keeps it for longer than the patience."""
        give_up = time.monotonic() + patience_seconds
        while not self.try_acquire():
            if time.monotonic() > give_up:
                raise Unavailable("Another process has been writing for too long: nothing was saved, please try again.")
            time.sleep(POLL_SECONDS)
        try:
            yield
        finally:
            self.release()
