"""What several ask for at once, or soon again, is worked out once. Safe for any number of threads."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """Remembers the last `kept` results, each by the digest of a text; who asks for one in the making waits for it."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._made: OrderedDict[bytes, Future[Made]] = OrderedDict()

    def get(self, text: str, make: Callable[[], Made]) -> Made:
        """What `make` gave for this text. What it raises, it raises for all who wait, and is not remembered."""
        key, mine = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), Future[Made]()
        with self._lock:
            begun = self._made.setdefault(key, mine)
            while len(self._made) > self._kept:
                self._made.popitem(last=False)
        if begun is not mine:
            return begun.result()
        try:
            mine.set_result(make())
        except BaseException as error:  # noqa: BLE001 - those who wait must not wait for ever
            with self._lock:
                if self._made.get(key) is mine:
                    del self._made[key]
            mine.set_exception(error)
        return mine.result()
