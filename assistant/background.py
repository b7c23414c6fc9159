"""What a serving process does beside its answers: keep the index up to date, keep retention, and do what is due.

Each is a thread with an edge of its own: what fails is named in the log and tried again, and nothing else stops.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from assistant.answering.indexing_desk import IndexingDesk
from assistant.answering.reading_room import NoIndex
from assistant.errors import AssistantError
from knowledge.errors import KnowledgeError

RETRY_SECONDS = 15
STOP_SECONDS = 30
OK = "ok"

_log = logging.getLogger(__name__)


class Background:
    """`build` makes the index in another process until the event is set; `duties` are run every so many seconds."""

    def __init__(
        self,
        indexing: IndexingDesk,
        build: Callable[[threading.Event], None],
        duties: Mapping[str, tuple[float, Callable[[], object]]],
    ) -> None:
        self._indexing = indexing
        self._build = build
        self._duties = duties
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self.index_state = OK

    def start(self, *, index: bool = True) -> None:
        if index:
            self.index_state = "The index is being built or read."
            self._begin("index", self._prepare)
        for name, (seconds, duty) in self._duties.items():
            self._begin(name, partial(self._repeat, name, seconds, duty))

    def stop(self) -> None:
        """Wait for the threads too: one in native code must not outlive the process."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(STOP_SECONDS)

    def _begin(self, name: str, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _repeat(self, name: str, seconds: float, duty: Callable[[], object]) -> None:
        while not self._stopping.is_set():
            try:
                duty()
            except AssistantError as error:
                _log.warning("%s was not done this time: %s", name, error)
            except Exception as error:  # noqa: BLE001 - the edge of this thread: the next round tries again
                _log.error("%s was not done this time (%s).", name, type(error).__name__)
            self._stopping.wait(seconds)

    def _prepare(self) -> None:
        """Serve what is there, then bring it up to date; what fails is named and tried again later, not fatal."""
        while problem := self._index_problem():
            if self._stopping.is_set():
                return
            _log.error("The index is not up to date: %s", problem)
            if self.index_state != OK:
                self.index_state = problem
            self._stopping.wait(RETRY_SECONDS)

    def _index_problem(self) -> str | None:
        try:
            ready = self._take_index()
            if not ready:
                _log.warning("There is no index that can be read: building it from the policy and the question bank.")
            if not ready or not self._indexing.is_current():
                self._build(self._stopping)
                ready = self._take_index()
        except (AssistantError, KnowledgeError) as error:
            return str(error)
        except Exception as error:  # noqa: BLE001 - the edge of this thread: the process serves on without it
            return f"The index could not be built ({type(error).__name__})."
        return None if ready else str(NoIndex())

    def _take_index(self) -> bool:
        """Ready as soon as some generation can be read and a question can be encoded."""
        with suppress(NoIndex):
            self._indexing.room.reader().nearest("privacy", k=1)
            self.index_state = OK
            return True
        return False
