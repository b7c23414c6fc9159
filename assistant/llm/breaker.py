"""A circuit breaker: after failures in a row nothing is tried for a while, then one call finds out. Knows no model."""

import threading
from collections.abc import Callable

Monotonic = Callable[[], float]

FAILURES = 5
REST_SECONDS = 30.0


class Breaker:
    """`clock` counts seconds and never goes back. Thread-safe; each permitted call must report how it ended."""

    def __init__(self, clock: Monotonic, *, failures: int = FAILURES, rest: float = REST_SECONDS) -> None:
        self._clock = clock
        self._limit = failures
        self._rest = rest
        self._lock = threading.Lock()
        self._failed = 0
        self._resting_until: float | None = None

    def permits(self) -> bool:
        """Whether a call may be made now. After the rest it permits one, and rests again unless that one succeeds."""
        with self._lock:
            if self._resting_until is None:
                return True
            now = self._clock()
            if now < self._resting_until:
                return False
            self._resting_until = now + self._rest
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed = 0
            self._resting_until = None

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= self._limit:
                self._resting_until = self._clock() + self._rest
