"""Work that is done on another core while its caller goes on, as long as one is idle."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
# Much of what is done beside waits for the encoder, which has a core of its own meanwhile.
AT_ONCE_A_CORE = 2


class Beside:
    """Begins nothing that would have to wait for a core: a busy process loses nothing by it."""

    def __init__(self) -> None:
        most = AT_ONCE_A_CORE * (os.cpu_count() or 1)
        self._pool = ThreadPoolExecutor(most, thread_name_prefix="beside")
        self._idle = threading.BoundedSemaphore(most)

    def begin(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T] | None:
        """None where the caller had better do it itself, or without: nothing is idle, or no thread can be started."""
        if not self._idle.acquire(blocking=False):
            return None
        try:
            begun = self._pool.submit(work, *args, **kwargs)
        except RuntimeError:
            self._idle.release()
            return None
        begun.add_done_callback(lambda _: self._idle.release())
        return begun

    def close(self) -> None:
        """Wait for what was begun; from now on nothing is."""
        self._pool.shutdown()
