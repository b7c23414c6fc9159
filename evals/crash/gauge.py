"""How many requests are on their way: sent to a server and not yet answered. Knows nothing of what they ask."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class TooQuiet(Exception):
    def __init__(self, wanted: int, seconds: float) -> None:
        super().__init__(f"Never in {seconds:.0f} s were {wanted} requests in flight: give the run more clients.")


class Gauge:
    """Counts by server; a server is known by its port."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open: Counter[int] = Counter()

    @contextmanager
    def sent(self, port: int) -> Iterator[None]:
        """A request to this server is in flight for as long as the block runs."""
        self._count(port, 1)
        try:
            yield
        finally:
            self._count(port, -1)

    def in_flight(self, port: int | None = None) -> int:
        """At this server, or at all of them."""
        with self._changed:
            return self._now(port)

    @contextmanager
    def held(self, port: int | None, *, least: int, patience_seconds: float) -> Iterator[int]:
        """The number in flight, `least` or more; no client notes an answer while the block runs. Raises TooQuiet."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._now(port) >= least, patience_seconds):
                raise TooQuiet(least, patience_seconds)
            yield self._now(port)

    def _now(self, port: int | None) -> int:
        return self._open[port] if port is not None else self._open.total()

    def _count(self, port: int, change: int) -> None:
        with self._changed:
            self._open[port] += change
            self._changed.notify_all()
