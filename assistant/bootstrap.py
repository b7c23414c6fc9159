"""The only wiring: settings in, a whole assistant out. Decides which adapter stands behind each protocol."""

import hashlib
import hmac
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from assistant.access.keys import KeyRing
from assistant.access.secret import derive_key, load_secret
from assistant.answering.answer import Answerer
from assistant.answering.indexing_desk import IndexingDesk
from assistant.answering.reader_shelf import ReaderShelf
from assistant.answering.reading_room import NoIndex, ReadingRoom
from assistant.answering.rephrasing import SECONDS, Rephraser
from assistant.clock import Clock, utc_now
from assistant.conversation.front_desk import Desk, FrontDesk
from assistant.conversation.store import ConversationStore
from assistant.db.database import Database, open_database
from assistant.db.generations import GenerationLog
from assistant.db.locks import FileLock
from assistant.erasure.eraser import Eraser
from assistant.errors import AssistantError, Unavailable
from assistant.organisation import Organisation, load_organisation
from assistant.policy_folder import policy_folder
from assistant.settings import BadSetting, Settings
from knowledge.chroma_folder import folder_count, folder_generations
from knowledge.clause import PolicyVersion
from knowledge.encoder.onnx import OnnxEncoder, weights_name
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.errors import KnowledgeError
from knowledge.indexing import Indexer
from knowledge.periods.table import PeriodTable, load_periods
from knowledge.store import ClauseStore, Entry, Snapshot
from knowledge.versions.library import PolicyLibrary

PURGE_SECONDS = 3600
RETRY_SECONDS = 15
STOP_SECONDS = 30
POLL_SECONDS = 0.1
QUESTION_THREADS = 2
OK = "ok"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assistant:
    """What the doors work with."""

    front_desk: FrontDesk
    eraser: Eraser
    keys: KeyRing
    policies: PolicyLibrary
    organisation: Organisation
    settings: Settings
    indexing: IndexingDesk
    clock: Clock
    database: Database
    _stopping: threading.Event = field(default_factory=threading.Event)
    _index_state: list[str] = field(default_factory=lambda: [OK])
    _threads: list[threading.Thread] = field(default_factory=list)

    def readiness(self) -> dict[str, str]:
        """Part -> "ok", or one line that says what is not."""
        return {"database": self.database.problem() or OK, "index": self._index_state[0]}

    def start(self) -> None:
        """For the serving process: erase again what was erased, then index and keep retention in the background."""
        self.eraser.reapply()
        self._index_state[0] = "The index is being built or read."
        for work in (self._prepare, self._keep_retention):
            thread = threading.Thread(target=work, name=work.__name__, daemon=True)
            self._threads.append(thread)
            thread.start()

    def close(self) -> None:
        """Stop what runs in the background and wait for it: a thread in native code must not outlive the process."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(STOP_SECONDS)
        self.indexing.indexer.store.close()
        self.database.close()

    def _prepare(self) -> None:
        """Serve what is there, then bring it up to date; what fails is named and tried again later, not fatal."""
        while problem := self._index_problem():
            if self._stopping.is_set():
                return
            _log.error("The index is not up to date: %s", problem)
            if self._index_state[0] != OK:
                self._index_state[0] = problem
            self._stopping.wait(RETRY_SECONDS)

    def _index_problem(self) -> str | None:
        try:
            ready = self._take_index()
            if not ready:
                _log.warning("There is no index that can be read: building it from the policy and the question bank.")
            if not ready or not self.indexing.is_current():
                build_apart(self.settings, self._stopping)
                ready = self._take_index()
        except (AssistantError, KnowledgeError) as error:
            return str(error)
        except Exception as error:  # noqa: BLE001 - the edge of this thread: the process serves on without it
            return f"The index could not be built ({type(error).__name__})."
        return None if ready else str(NoIndex())

    def _take_index(self) -> bool:
        """Ready as soon as some generation can be read and a question can be encoded."""
        with suppress(NoIndex):
            self.indexing.room.reader().nearest("privacy", k=1)
            self._index_state[0] = OK
            return True
        return False

    def _keep_retention(self) -> None:
        while not self._stopping.is_set():
            try:
                self.eraser.purge(self.clock())
            except AssistantError as error:
                _log.warning("Retention could not be kept this time: %s", error)
            except Exception as error:  # noqa: BLE001 - the edge of this thread: the next hour tries again
                _log.error("Retention could not be kept this time (%s).", type(error).__name__)
            self._stopping.wait(PURGE_SECONDS)


def build_apart(settings: Settings, stopping: threading.Event) -> None:
    """Build the index in a process of its own, which gives its memory back and may be stopped at any moment.

    Raises Unavailable with the reason where it fails; returns early when `stopping` is set.
    """
    # Serving keeps to one thread a product of matrices; the other process has the machine's cores for a large one.
    os.environ["OPENBLAS_NUM_THREADS"] = str(os.cpu_count() or 1)
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_build_and_tell, args=(settings, there), name="index", daemon=True)
    process.start()
    there.close()
    while process.is_alive() and not stopping.wait(POLL_SECONDS):
        pass
    if process.is_alive():
        process.terminate()
    process.join()
    reason = _last_words(here)
    here.close()
    if reason and not stopping.is_set():
        raise Unavailable(reason)


def _last_words(end: Connection) -> str:
    """What the building process said; one that was killed says nothing."""
    try:
        return str(end.recv()) if end.poll() else "The process that built the index was stopped."
    except EOFError:
        return "The process that built the index was stopped."


def _build_and_tell(settings: Settings, reason: Connection) -> None:
    """The other process: sends an empty line when all went well."""
    # An interrupt from the keyboard reaches the whole group; the serving process says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assistant = build_assistant(settings)
        assistant.indexing.run()
        assistant.indexing.ensure()
        assistant.close()
        reason.send("")
    except (AssistantError, KnowledgeError) as error:
        reason.send(str(error))
    except Exception as error:  # noqa: BLE001 - the edge of this process: the serving one says what it knows
        reason.send(f"The index could not be built ({type(error).__name__}).")
    reason.close()


class _LazyEncoder:
    """Loads the weights at first use: a damaged file then stops answers, not the whole assistant."""

    def __init__(self, name: Callable[[], str], load: Callable[[], Encoder]) -> None:
        self._name = name
        self._load = load
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None

    @property
    def name(self) -> str:
        # The card on disk may be of a newer release than the weights in memory.
        return self._name() if self._encoder is None else self._encoder.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._load()
        return self._encoder.encode(texts)


class _LazyStore:
    """Loads Chroma at first use: a process that only answers never needs it."""

    def __init__(self, settings: Settings, encoder: Encoder, folder: Path) -> None:
        self._settings = settings
        self._encoder = encoder
        self._folder = folder

    @cached_property
    def _store(self) -> ClauseStore:
        from knowledge.chroma_store import ChromaStore

        return ChromaStore(self._encoder, folder=self._folder, url=self._settings.chroma_url)

    def write(
        self,
        generation: str,
        entries: Sequence[Entry],
        *,
        known: Mapping[str, Vectors],
        progress: Callable[[int], None],
    ) -> None:
        self._store.write(generation, entries, known=known, progress=progress)

    def read(self, generation: str) -> Snapshot:
        return self._store.read(generation)

    def search(self, generation: str, question: str, *, k: int) -> list[tuple[Entry, float]]:
        return self._store.search(generation, question, k=k)

    def generations(self) -> tuple[str, ...]:
        return self._store.generations() if self._settings.chroma_url else folder_generations(self._folder)

    def count(self, generation: str) -> int:
        return self._store.count(generation) if self._settings.chroma_url else folder_count(self._folder, generation)

    def drop(self, generation: str) -> None:
        self._store.drop(generation)

    def close(self) -> None:
        if "_store" in vars(self):
            self._store.close()


@dataclass(frozen=True)
class _Log:
    """The generations table as the indexer wants it."""

    table: GenerationLog
    clock: Clock

    def active(self) -> str | None:
        return self.table.active()

    def activate(self, generation: str) -> None:
        self.table.activate(generation, generation.removeprefix("g-"), self.clock())


def build_assistant(settings: Settings, *, server: bool = False, clock: Clock = utc_now) -> Assistant:
    """Wire everything for these settings. Raises AssistantError or KnowledgeError with a line for who starts it.

    `server` is for the one process that serves a data folder: it alone checkpoints the database.
    """
    folder = policy_folder(settings.policy)
    organisation = load_organisation(folder)
    library = PolicyLibrary(folder)
    library.current(clock().astimezone(organisation.zone).date())
    database = open_database(settings, server=server)
    try:
        return _wired(settings, folder, organisation, library, database, clock)
    except BaseException:
        database.close()
        raise


def _wired(
    settings: Settings,
    folder: Path,
    organisation: Organisation,
    library: PolicyLibrary,
    database: Database,
    clock: Clock,
) -> Assistant:
    secret = load_secret(settings)
    indexing = _indexing(settings, folder, library, _Log(GenerationLog(database), clock))
    store = ConversationStore(database)
    answerer = Answerer(indexing.room, organisation, _periods(folder), _rephraser(settings, organisation))
    front_desk = FrontDesk(Desk(store, answerer, library, organisation, clock, _fingerprint(secret)))
    eraser = Eraser(database, store, secret=secret, transcript_days=settings.transcript_days, clock=clock)
    return Assistant(
        front_desk=front_desk,
        eraser=eraser,
        keys=KeyRing(database, clock),
        policies=library,
        organisation=organisation,
        settings=settings,
        indexing=indexing,
        clock=clock,
        database=database,
    )


def _indexing(settings: Settings, folder: Path, library: PolicyLibrary, log: _Log) -> IndexingDesk:
    index = settings.data_dir / "index"
    # A whole bank is encoded on every core; one question on two, which halves the largest part of a turn. The figures
    # are the same for any number of threads.
    cores = os.cpu_count() or 1
    bulk, single = (_encoder(settings, threads=threads) for threads in (cores, min(cores, QUESTION_THREADS)))
    store = _LazyStore(settings, bulk, index)
    room = ReadingRoom(store=store, active=log.active, shelf=ReaderShelf(index / "readers"), encoder=single)
    alone = FileLock(settings.data_dir / "index.lock")
    return IndexingDesk(folder, library, Indexer(store, log, bulk), room, threading.Lock(), alone)


def _encoder(settings: Settings, *, threads: int) -> Encoder:
    model = settings.encoder
    if model is None:
        return _LazyEncoder(weights_name, lambda: OnnxEncoder(threads=threads))
    try:
        from knowledge.encoder.sentence import SentenceEncoder

        return SentenceEncoder(model)
    except (ImportError, OSError, ValueError) as error:
        raise BadSetting(
            "ENCODER", f"names an encoder that cannot be loaded ({type(error).__name__}): unset it, or see README."
        ) from error


def _rephraser(settings: Settings, organisation: Organisation) -> Rephraser | None:
    if settings.llm is None:
        return None
    try:
        from assistant.llm.langchain_model import connect

        model = connect(settings.llm, base_url=settings.llm_base_url, seconds=SECONDS)
    except Exception as error:  # each vendor raises its own
        raise BadSetting(
            "LLM", f"names a model that cannot be used ({type(error).__name__}): check its name, its extra and its key."
        ) from error
    return Rephraser(model, time.monotonic, organisation.names)


def _periods(folder: Path) -> Callable[[PolicyVersion], PeriodTable]:
    """The period table of a version, read once."""
    tables: dict[str, PeriodTable] = {}

    def of(version: PolicyVersion) -> PeriodTable:
        if version.sha256 not in tables:
            try:
                tables[version.sha256] = load_periods(folder, version)
            except KnowledgeError as error:
                # The quotation is the answer; a date counted from it is an extra.
                _log.error("No dates are computed for version %s: %s", version.label, error)
                tables[version.sha256] = PeriodTable(())
        return tables[version.sha256]

    return of


def _fingerprint(secret: bytes) -> Callable[[str], str]:
    key = derive_key(secret, "turn fingerprint")
    return lambda text: hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
