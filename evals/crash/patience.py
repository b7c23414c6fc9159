"""How long a client of the run goes on: until it has its answer, until it is told to give up, or until a time limit."""

import threading
import time
from collections.abc import Callable

POLL_SECONDS = 0.05


class GaveUp(Exception):
    """There was no answer for as long as anybody cared to wait."""


class Patience:
    """`ended` is shared by every client of a run; `seconds` is this one's own limit."""

    def __init__(self, ended: threading.Event, *, seconds: float | None = None) -> None:
        self._ended = ended
        self._until = None if seconds is None else time.monotonic() + seconds

    def pause(self, seconds: float) -> None:
        """Wait a moment; GaveUp when there is no more to wait for."""
        if self._ended.wait(seconds) or (self._until is not None and time.monotonic() > self._until):
            raise GaveUp

    def until(self, holds: Callable[[], bool], *, seconds: float, every: float = POLL_SECONDS) -> bool:
        """Wait for something to hold, for so long at most, and look that often; whether it does."""
        give_up = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > give_up:
                return False
            self.pause(every)
        return True
