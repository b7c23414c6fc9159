"""The only wiring: settings in, a whole assistant out. Decides which adapter stands behind each protocol."""

import hashlib
import hmac
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.access.keys import KeyRing
from assistant.answering.answer import Answerer
from assistant.answering.indexing_desk import IndexingDesk
from assistant.answering.reader_shelf import ReaderShelf
from assistant.answering.reading_room import ReadingRoom
from assistant.answering.rephrasing import SECONDS, Rephraser
from assistant.apart import run_apart
from assistant.audit.trail import AuditTrail
from assistant.background import OK, Background
from assistant.beside import Beside
from assistant.clock import Clock, utc_now
from assistant.contacts import urgent_contact
from assistant.conversation.front_desk import Desk, FrontDesk
from assistant.conversation.routing import Router, Staff
from assistant.db.database import Database, open_database
from assistant.db.generations import GenerationLog
from assistant.db.locks import FileLock
from assistant.desk.service import TicketDesk
from assistant.erasure.eraser import Eraser
from assistant.handover.desk import HandoverDesk, HandoverTools
from assistant.lazy import ActivationLog, LazyEncoder, LazyStore
from assistant.llm.chat_model import ChatModel
from assistant.office import NO_TRANSPORTS, Office, Transports, open_office
from assistant.organisation import Organisation, load_organisation
from assistant.outbox.dispatcher import Dispatcher
from assistant.outbox.service import Outbox
from assistant.policy_folder import policy_folder
from assistant.reply import Part, PartKind
from assistant.reports.desk import Reports
from assistant.rights.desk import RightsDesk
from assistant.rights.registry import MOST_UNVERIFIED, RightsTools
from assistant.sealing.sealer import Sealer
from assistant.sealing.secret import derive_key
from assistant.security.alerts import AlertDesk
from assistant.security.desk import SecurityDesk
from assistant.settings import BadSetting, Settings
from assistant.tickets.service import TicketService
from assistant.triage.triage import Triager, load_model
from assistant.words.book import Words
from assistant.words.sent_back import SentBack
from knowledge.clause import PolicyVersion
from knowledge.encoder.onnx import OnnxEncoder, weights_name
from knowledge.encoder.protocol import Encoder
from knowledge.errors import KnowledgeError
from knowledge.indexing import Indexer
from knowledge.periods.table import PeriodTable, load_periods
from knowledge.relevance.model import Relevance
from knowledge.store import ClauseStore
from knowledge.versions.library import PolicyLibrary

PURGE_SECONDS = 3600.0
TICK_SECONDS = 1.0
WITNESS_SECONDS = 60.0
QUESTION_THREADS = 1

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assistant:
    """What the doors work with."""

    front_desk: FrontDesk
    beside: Beside
    eraser: Eraser
    keys: KeyRing
    desk: TicketDesk
    policies: PolicyLibrary
    organisation: Organisation
    settings: Settings
    indexing: IndexingDesk
    clock: Clock
    database: Database
    sealer: Sealer
    audit: AuditTrail
    outbox: Outbox
    tickets: TicketService
    alerts: AlertDesk
    reports: Reports
    dispatcher: Dispatcher
    background: Background

    def readiness(self) -> dict[str, str]:
        """Part -> "ok", or one line that says what is not."""
        return {"database": self.database.problem() or OK, "index": self.background.index_state}

    def start(self) -> None:
        """For the serving process: erase again what was erased, then work in the background."""
        self.eraser.reapply()
        self.dispatcher.start()
        self.background.start()

    def work(self) -> None:
        """For a worker: what is due and what must be sent, no answers."""
        self.dispatcher.start()
        self.background.start(index=False)

    def close(self) -> None:
        """Stop what runs in the background and wait for it."""
        self.background.stop()
        self.dispatcher.close()
        self.beside.close()
        self.indexing.indexer.store.close()
        self.database.close()


def build_assistant(
    settings: Settings,
    *,
    transports: Transports = NO_TRANSPORTS,
    server: bool = False,
    clock: Clock = utc_now,
) -> Assistant:
    """Wire everything for these settings. Raises AssistantError or KnowledgeError with a line for who starts it.

    `transports` send what the outbox holds; without them it waits for a process that has some. One that keeps files
    of its own is told to purge them. `server` is for a process that serves a data folder: the first of these alone
    checkpoints the database.
    """
    folder = policy_folder(settings.policy)
    organisation = load_organisation(folder)
    library = PolicyLibrary(folder)
    library.current(clock().astimezone(organisation.zone).date())
    database = open_database(settings, server=server)
    try:
        place = _Place(settings, folder, organisation, library, database, clock)
        return _wired(place, transports)
    except BaseException:
        database.close()
        raise


@dataclass(frozen=True, slots=True)
class _Place:
    """What everything else is built on."""

    settings: Settings
    folder: Path
    organisation: Organisation
    library: PolicyLibrary
    database: Database
    clock: Clock


def _wired(place: _Place, transports: Transports) -> Assistant:
    settings, database, clock = place.settings, place.database, place.clock
    office = open_office(database, settings, place.organisation, transports=transports, clock=clock)
    indexing = _indexing(settings, place.folder, place.library, ActivationLog(GenerationLog(database), clock))
    beside = Beside()
    duties: dict[str, tuple[float, Callable[[], object]]] = {
        "Retention": (PURGE_SECONDS, office.keep_retention),
        "The clocks": (TICK_SECONDS, office.tick),
        "The audit trail": (WITNESS_SECONDS, office.audit.note_end),
    }
    return Assistant(
        front_desk=_front_desk(place, office, indexing, beside),
        beside=beside,
        eraser=office.eraser,
        keys=KeyRing(database, clock),
        desk=office.desk,
        policies=place.library,
        organisation=place.organisation,
        settings=settings,
        indexing=indexing,
        clock=clock,
        database=database,
        sealer=office.sealer,
        audit=office.audit,
        outbox=office.outbox,
        tickets=office.tickets,
        alerts=office.alerts,
        reports=Reports(database, clock),
        dispatcher=office.dispatcher,
        background=Background(indexing, partial(run_apart, _build_index, settings), duties),
    )


def _front_desk(place: _Place, office: Office, indexing: IndexingDesk, beside: Beside) -> FrontDesk:
    organisation, wake = place.organisation, office.dispatcher.wake
    triager = Triager(indexing.room.encoder, load_model(), names=organisation.names, beside=beside)
    rephraser = _rephraser(place.settings, organisation)
    staff = Staff(
        triage=triager,
        answerer=Answerer(indexing.room, organisation, _periods(place.folder), rephraser, beside),
        rights=RightsDesk(_rights_tools(place, office), lambda text: triager.triage(text).rights),
        handover=HandoverDesk(HandoverTools(office.tickets, office.dialogues, office.proof, organisation, wake)),
        security=SecurityDesk(office.tickets, office.alerts, organisation, wake),
        dialogues=office.dialogues,
        urgent=partial(_urgent, organisation),
    )
    desk = Desk(
        store=office.conversations,
        router=Router(staff),
        policies=place.library,
        organisation=organisation,
        clock=place.clock,
        fingerprint=_fingerprint(office.secret),
        wake=wake,
        sent_back=SentBack(organisation.translated_suggestions()),
    )
    return FrontDesk(desk)


def _urgent(organisation: Organisation, words: Words) -> Part:
    return Part(PartKind.CONTACT, urgent_contact(words, organisation, "contact.urgent_question"))


def _rights_tools(place: _Place, office: Office) -> RightsTools:
    return RightsTools(
        tickets=office.tickets,
        dialogues=office.dialogues,
        proof=office.proof,
        organisation=place.organisation,
        outbox=office.outbox,
        clock=place.clock,
        wake=office.dispatcher.wake,
        most_unverified=MOST_UNVERIFIED if place.settings.rate_limit else None,
    )


def _build_index(settings: Settings) -> None:
    """Build the index and see that it can be read: the work of a process of its own."""
    assistant = build_assistant(settings)
    assistant.indexing.run()
    assistant.indexing.ensure()
    assistant.close()


def _indexing(settings: Settings, folder: Path, library: PolicyLibrary, log: ActivationLog) -> IndexingDesk:
    index = settings.data_dir / "index"
    # A whole bank is encoded on every core; one question on one: threads that wait for each other make it quicker on
    # idle cores and five times slower on busy ones. The figures are the same for any number of threads.
    cores = os.cpu_count() or 1
    bulk, single = (_encoder(settings, threads=threads) for threads in (cores, QUESTION_THREADS))
    store = LazyStore(partial(_chroma, settings, bulk, index), index, remote=settings.chroma_url is not None)
    room = ReadingRoom(
        store=store,
        active=log.active,
        shelf=ReaderShelf(index / "readers"),
        encoder=single,
        relevance=Relevance(single) if isinstance(single, LazyEncoder) else None,
    )
    alone = FileLock(settings.data_dir / "index.lock")
    return IndexingDesk(folder, library, Indexer(store, log, bulk), room, threading.Lock(), alone)


def _chroma(settings: Settings, encoder: Encoder, folder: Path) -> ClauseStore:
    from knowledge.chroma_store import ChromaStore

    return ChromaStore(encoder, folder=folder, url=settings.chroma_url)


def _encoder(settings: Settings, *, threads: int) -> Encoder:
    model = settings.encoder
    if model is None:
        return LazyEncoder(weights_name, lambda: OnnxEncoder(threads=threads))
    try:
        from knowledge.encoder.sentence import SentenceEncoder

        return SentenceEncoder(model)
    except (ImportError, OSError, ValueError) as error:
        raise BadSetting(
            "ENCODER", f"names an encoder that cannot be loaded ({type(error).__name__}): unset it, or see README."
        ) from error


def _rephraser(settings: Settings, organisation: Organisation) -> Rephraser | None:
    model = language_model(settings, seconds=SECONDS)
    return None if model is None else Rephraser(model, time.monotonic, organisation.names)


def language_model(settings: Settings, *, seconds: float) -> ChatModel | None:
    """The model that the setting LLM names, or None; an answer is waited for so long. BadSetting: it cannot be used."""
    if settings.llm is None:
        return None
    try:
        from assistant.llm.langchain_model import connect

        return connect(settings.llm, base_url=settings.llm_base_url, seconds=seconds)
    except Exception as error:  # each vendor raises its own
        raise BadSetting(
            "LLM", f"names a model that cannot be used ({type(error).__name__}): check its name, its extra and its key."
        ) from error


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
