"""The wiring of the queue: tickets, alerts, dialogues, mail that waits, erasure and the audit trail on one database.

Loads nothing that answers questions, so that a command that works on the queue starts at once.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.audit.trail import AuditTrail, open_trail
from assistant.clock import Clock, utc_now
from assistant.conversation.store import ConversationStore
from assistant.db.database import Database
from assistant.desk.service import DeskTools, TicketDesk
from assistant.dialogue.pending import DialogueStore
from assistant.dialogue.proof import MailboxProof
from assistant.erasure.belongings import OfficeBelongings
from assistant.erasure.eraser import Eraser
from assistant.organisation import Organisation
from assistant.outbox.dispatcher import Dispatcher
from assistant.outbox.service import Outbox
from assistant.outbox.values import Kind, Purging, Transport
from assistant.sealing.sealer import Sealer, open_sealer
from assistant.sealing.secret import load_previous_secret, load_secret
from assistant.security.alerts import AlertDesk, AlertTools
from assistant.security.on_call import on_call
from assistant.settings import Settings
from assistant.tickets.deadlines import DeadlineRules
from assistant.tickets.idempotency import IdempotencyStore
from assistant.tickets.service import TicketService

Transports = Mapping[Kind, Transport]
NO_TRANSPORTS: Transports = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that works on the queue. `secret` is the installation's; the dispatcher is not started."""

    database: Database
    organisation: Organisation
    secret: bytes
    sealer: Sealer
    audit: AuditTrail
    outbox: Outbox
    tickets: TicketService
    dialogues: DialogueStore
    proof: MailboxProof
    alerts: AlertDesk
    calls: IdempotencyStore
    desk: TicketDesk
    dispatcher: Dispatcher
    conversations: ConversationStore
    eraser: Eraser
    transports: Transports
    clock: Clock

    def tick(self) -> None:
        """Do what falls due by itself. Several processes may tick: each thing is done by one of them."""
        now = self.clock()
        if self.alerts.tick(now) + self.tickets.warn(now) + self.tickets.expire_unverified(now):
            self.dispatcher.wake()

    def keep_retention(self) -> int:
        """Remove whatever is past its time; how many conversations went."""
        now = self.clock()
        removed = self.eraser.purge(now)
        self.tickets.purge_closed(now)
        self.calls.purge(now)
        for transport in self.transports.values():
            if isinstance(transport, Purging):
                transport.purge(now)
        with self.database.read() as session:
            swept = self.outbox.worth_sweeping(session, now=now)
        if swept:
            self.database.compact(lambda session: self.outbox.sweep(session, now=now))
        return removed


def open_office(
    database: Database,
    settings: Settings,
    organisation: Organisation,
    *,
    transports: Transports = NO_TRANSPORTS,
    clock: Clock = utc_now,
) -> Office:
    """Without `transports` what is queued waits for a process that has some: it looks every second.

    Raises BadSetting where the secret does not open the keys of the database.
    """
    base = _base(database, settings, transports, clock)
    tickets = TicketService(database, base.sealer, base.audit, base.outbox, clock, DeadlineRules(organisation))
    wake, chain = base.dispatcher.wake, on_call(organisation, settings, os.environ)
    alerts = AlertDesk(AlertTools(database, base.outbox, tickets, base.audit, organisation, chain, clock, wake))
    dialogues = DialogueStore(database, base.sealer, clock)
    proof = MailboxProof(database, base.outbox, base.sealer, clock, organisation)
    belongings = OfficeBelongings(dialogues, proof, tickets, base.outbox, base.audit)
    conversations = ConversationStore(database)
    calls = IdempotencyStore(database, base.sealer, clock)
    return Office(
        database=database,
        organisation=organisation,
        secret=base.secret,
        sealer=base.sealer,
        audit=base.audit,
        outbox=base.outbox,
        tickets=tickets,
        dialogues=dialogues,
        proof=proof,
        alerts=alerts,
        calls=calls,
        desk=TicketDesk(DeskTools(database, tickets, alerts, base.audit, calls, clock, wake)),
        dispatcher=base.dispatcher,
        conversations=conversations,
        eraser=_eraser(base, conversations, belongings, settings.transcript_days),
        transports=transports,
        clock=clock,
    )


@dataclass(frozen=True, slots=True)
class _Base:
    """What every room of the queue writes with."""

    database: Database
    clock: Clock
    secret: bytes
    sealer: Sealer
    audit: AuditTrail
    outbox: Outbox
    dispatcher: Dispatcher


def _base(database: Database, settings: Settings, transports: Transports, clock: Clock) -> _Base:
    secret, previous = load_secret(settings), load_previous_secret(settings)
    sealer = open_sealer(database, secret, clock, previous=previous)
    outbox = Outbox(database, sealer, clock)
    return _Base(
        database=database,
        clock=clock,
        secret=secret,
        sealer=sealer,
        audit=open_trail(database, secret, clock, previous=previous),
        outbox=outbox,
        dispatcher=Dispatcher(database, outbox, transports, clock, f"{os.getpid()}-{secrets.token_hex(6)}"),
    )


def _eraser(base: _Base, conversations: ConversationStore, belongings: OfficeBelongings, days: int) -> Eraser:
    return Eraser(base.database, conversations, belongings, secret=base.secret, transcript_days=days, clock=base.clock)
