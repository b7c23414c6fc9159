"""Work that is done on another core while its caller goes on, as long as little enough is under way there."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
# Much of what is done beside waits for the encoder, which has a core of its own meanwhile.
AT_ONCE_A_CORE = 2


class Beside:
    """Begins no more than AT_ONCE_A_CORE at once: a crowd of callers does the rest itself, one after the other."""

    def __init__(self) -> None:
        most = AT_ONCE_A_CORE * (os.cpu_count() or 1)
        self._pool = ThreadPoolExecutor(most, thread_name_prefix="beside")
        self._idle = threading.BoundedSemaphore(most)

    def begin(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T] | None:
        """None where the caller had better do it itself, or without: enough is under way, or no thread can be had."""
        if not self._idle.acquire(blocking=False):
            return None
        waiting: list[Callable[[], T]] = [partial(work, *args, **kwargs)]
        try:
            begun = self._pool.submit(_first_of, waiting)
        except RuntimeError:
            # It waits in the pool all the same, for a thread that may come: with nothing to do.
            waiting.clear()
            self._idle.release()
            return None
        begun.add_done_callback(lambda _: self._idle.release())
        return begun

    def close(self) -> None:
        """Wait for what was begun; from now on nothing is."""
        self._pool.shutdown()


def _first_of(waiting: list[Callable[[], T]]) -> T:
    return waiting.pop()()
