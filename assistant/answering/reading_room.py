"""Keeps the active generation of the index in memory and notices when another one takes over.

Knows how a generation becomes a Reader; knows nothing of questions.
"""

import logging
import threading
from collections.abc import Callable

from threadpoolctl import threadpool_limits

from assistant.answering.reader_shelf import ReaderShelf
from assistant.errors import Unavailable
from knowledge.encoder.protocol import Encoder
from knowledge.errors import KnowledgeError
from knowledge.indexing import assert_ours, assert_whole
from knowledge.ranking.head import Head
from knowledge.retrieval import Judge, Reader, examples
from knowledge.store import ClauseStore, Snapshot

_log = logging.getLogger(__name__)


class NoIndex(Unavailable):
    def __init__(self) -> None:
        super().__init__("The policy index is not ready: run `privacy-assistant index`.")


class ReadingRoom:
    """Hands out the Reader of the active generation."""

    def __init__(
        self,
        *,
        store: ClauseStore,
        active: Callable[[], str | None],
        shelf: ReaderShelf,
        encoder: Encoder,
        relevance: Judge | None = None,
    ) -> None:
        """`relevance` judges beside a small bank, where there is one for this encoder."""
        self._store = store
        self._active = active
        self._shelf = shelf
        self.encoder = encoder
        self._relevance = relevance
        self._lock = threading.Lock()
        self._reader: Reader | None = None

    def reader(self) -> Reader:
        """The Reader of the active generation; NoIndex where there is none that can be read.

        While a new generation is being read, and where it cannot be, the one before goes on serving.
        """
        generation, reader = self._active(), self._reader
        if generation is not None and (reader is None or reader.generation != generation):
            self._take(generation)
        if self._reader is None:
            raise NoIndex
        return self._reader

    def at_hand(self) -> Reader | None:
        """The Reader that served last, without a look at what is active by now."""
        return self._reader

    def prepare(self, generation: str) -> None:
        """Learn and keep a generation before it becomes active, so that no question has to wait for it."""
        self._learn(generation)

    def _take(self, generation: str) -> None:
        """One thread reads; the others go on with what there is, and do not wait."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            if self._reader is None or self._reader.generation != generation:
                self._reader = self._load(generation) or self._reader
        finally:
            self._lock.release()

    def _load(self, generation: str) -> Reader | None:
        try:
            assert_ours(generation, self.encoder.name)
            snapshot, head = self._shelf.take(generation) or self._learn(generation)
            _answer_on_one_thread()
            return Reader(generation, snapshot, head, self.encoder, self._relevance)
        except KnowledgeError as error:
            if self._reader is not None:
                _log.error("The index before goes on serving: %s", error)
            return None

    def _learn(self, generation: str) -> tuple[Snapshot, Head]:
        snapshot = self._store.read(generation)
        assert_whole(generation, snapshot)
        head = Head.fit(*examples(snapshot))
        self._shelf.keep(generation, snapshot, head)
        return snapshot, head


def _answer_on_one_thread() -> None:
    """From now on this process multiplies matrices on the thread that asks; learning, which comes before, on all cores.

    A question's products take a millisecond alone. Shared out, each waits for the other core: on busy ones, eight.
    """
    threadpool_limits(1, user_api="blas")
