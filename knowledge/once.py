"""What several ask for at once, or soon again, is worked out once. Safe for any number of threads."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """Remembers the last `kept` results, each by the digest of some texts; who asks for one in the making waits.

    While more than that are in the making, none of these is dropped.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._made: OrderedDict[bytes, Future[Made]] = OrderedDict()

    def get(self, texts: tuple[str, ...], make: Callable[[], Made]) -> Made:
        """What `make` gave for these texts. Where it fails nothing is remembered, and those who wait try themselves."""
        key, mine = _digest(texts), Future[Made]()
        try:
            begun = self._begun(key, mine)
            if begun is mine:
                mine.set_result(make())
        finally:
            if not mine.done():
                self._give_up(key, mine)
        with suppress(CancelledError):
            return begun.result()
        return make()

    def _begun(self, key: bytes, mine: Future[Made]) -> Future[Made]:
        with self._lock:
            begun = self._made.setdefault(key, mine)
            for oldest in [key for key, each in self._made.items() if each.done()][: len(self._made) - self._kept]:
                del self._made[oldest]
        return begun

    def _give_up(self, key: bytes, mine: Future[Made]) -> None:
        # The error itself stays out of the future: with its frames, which hold the future, it would live on in a ring.
        with self._lock:
            if self._made.get(key) is mine:
                del self._made[key]
        mine.cancel()


def _digest(texts: tuple[str, ...]) -> bytes:
    each = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts)
    return hashlib.sha256(b"".join(each)).digest()
