"""How often someone may ask: the rates as data, and token buckets that hold them.

Owns no notion of who is asking; a shared store can take the buckets' place behind `RateLimiter`.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

MINUTE = 60.0
MAX_BUCKETS = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a minute, of which `burst` may come at once."""

    name: str
    per_minute: int
    burst: int
    detail: str


MESSAGES_PER_CONVERSATION = Rate(
    "messages_per_conversation", 20, 20, "A conversation takes 20 messages a minute. Please wait a moment."
)
MESSAGES_PER_ADDRESS = Rate(
    "messages_per_address", 60, 10, "One address may send 60 messages a minute. Please wait a moment."
)
OPENINGS_PER_ADDRESS = Rate(
    "openings_per_address", 5, 5, "One address may open 5 conversations a minute. Please wait a moment."
)
CALLS_PER_ADDRESS = Rate(
    "calls_per_address", 300, 60, "One address may make 300 calls a minute on conversations. Please wait a moment."
)
CALLS_PER_KEY = Rate("calls_per_key", 300, 300, "A key may make 300 calls a minute. Please wait a moment.")


class RateLimiter(Protocol):
    def take(self, rate: Rate, key: str) -> float:
        """Zero where one more is granted, else the seconds until it would be."""
        ...


class Unlimited:
    """RATE_LIMIT=off."""

    def take(self, rate: Rate, key: str) -> float:
        del rate, key
        return 0.0


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class TokenBuckets:
    """The rates of one process. `ticks` gives seconds that never run backwards.

    At most `size` buckets are kept: the one untouched the longest goes first, and it is
    the likeliest to be full again.
    """

    def __init__(self, ticks: Callable[[], float], *, size: int = MAX_BUCKETS) -> None:
        self._ticks = ticks
        self._size = size
        self._buckets: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, rate: Rate, key: str) -> float:
        per_second = rate.per_minute / MINUTE
        with self._lock:
            bucket = self._refilled((rate.name, key), rate.burst, per_second)
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                return 0.0
            return (1 - bucket.tokens) / per_second

    def _refilled(self, name: tuple[str, str], burst: int, per_second: float) -> _Bucket:
        now = self._ticks()
        bucket = self._buckets.setdefault(name, _Bucket(burst, now))
        self._buckets.move_to_end(name)
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.at) * per_second)
        bucket.at = now
        if len(self._buckets) > self._size:
            self._buckets.popitem(last=False)
        return bucket
