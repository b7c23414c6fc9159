"""The one queue: opens tickets, proves them, moves them and tells of them.

Rights requests and incidents both stand here, so this knows neither dialogue nor alerts: the caller brings kind, right
or severity, and masked words.
"""

import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail
from assistant.clock import Clock
from assistant.db.database import Database
from assistant.outbox.service import Outbox
from assistant.sealing.sealer import Sealer
from assistant.tickets import repository
from assistant.tickets.adjusting import Adjuster
from assistant.tickets.contacts import blind_of
from assistant.tickets.deadlines import DeadlineRules
from assistant.tickets.errors import TicketNotFound
from assistant.tickets.journal import Journal
from assistant.tickets.keeper import Keeper
from assistant.tickets.lifecycle import Lifecycle
from assistant.tickets.opening import Opener
from assistant.tickets.reading import DeskReader
from assistant.tickets.references import new_reference, read_reference
from assistant.tickets.values import NewTicket, TicketCard
from assistant.tickets.views import card_of, opened


class TicketService:
    """A method that takes a session works in its caller's write transaction and never commits; the others read.

    An `actor` is "visitor", "assistant", "system", "console" or "key:NAME". Everything that names a ticket wants its
    reference as stored (`find` makes one of what was typed) and raises TicketNotFound for an unknown one.
    `expect_version` is the version that the caller read: StaleTicket when the ticket has another by now.
    """

    def __init__(
        self, database: Database, sealer: Sealer, audit: AuditTrail, outbox: Outbox, clock: Clock, rules: DeadlineRules
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock
        self._rules = rules
        journal = Journal(sealer, audit)
        self._opener = Opener(sealer, journal, rules)
        # In the caller's write transaction, session first.
        life = Lifecycle(sealer, audit, journal, outbox, clock, rules)
        self.verify, self.withdraw = life.verify, life.withdraw
        self.move, self.pause, self.hold = life.move, life.pause, life.hold
        self.acknowledge, self.attach, self.note, self.reply = life.acknowledge, life.attach, life.note, life.reply
        self.add_contact = life.add_contact
        adjuster = Adjuster(life, journal, outbox, rules, clock)
        self.claim, self.assign = adjuster.claim, adjuster.assign
        self.extend, self.set_regime = adjuster.extend, adjuster.set_regime
        # For the desk, reading; `line` and `view_in` within a transaction.
        reader = DeskReader(database, sealer, audit, rules, clock)
        self.list, self.view, self.history = reader.page, reader.view, reader.history
        self.audited_view, self.line, self.view_in = reader.audited_view, reader.line, reader.view_in
        # What happens by itself, and how tickets forget.
        keeper = Keeper(life, database, sealer, audit, outbox, rules.organisation)
        self.warn, self.expire_unverified, self.purge_closed = (
            keeper.warn,
            keeper.expire_unverified,
            keeper.purge_closed,
        )
        self.forget_contact, self.let_go = keeper.forget_contact, keeper.let_go
        self.forget_contacts_where, self.contact_digest = keeper.forget_contacts_where, keeper.contact_digest

    def new_reference(self) -> str:
        """A random public reference, for `NewTicket.reference`."""
        return new_reference(self._rules.organisation.reference_prefix)

    def preview(self, new: NewTicket) -> TicketCard:
        """The card that `open` will return, computed without writing: for a reply that is made before its writes.

        Give `opened_at`, so that both count from the same moment.
        """
        return self._opener.card(new, now=self._clock())

    def open(self, session: Session, new: NewTicket) -> TicketCard:
        """Queue a ticket with its clocks, its first entry and its audit entry.

        BadRequest where right, severity or status do not belong to the kind. That a turn taken twice opens nothing
        twice is its caller's: it records the turn in the same transaction.
        """
        return self._opener.write(session, new, now=self._clock())

    # Reading.

    def find(self, typed: str) -> str:
        """The reference that was meant, in any case and with or without hyphens and prefix; TicketNotFound if none is
        known.
        """
        return self.card(typed).reference

    def card(self, reference: str) -> TicketCard:
        found = self.cards([reference])
        if not found:
            raise TicketNotFound
        return found[0]

    def cards(self, references: Sequence[str]) -> tuple[TicketCard, ...]:
        """Those that are known, in the order in which they were opened."""
        meant = [known for typed in references if (known := self.read_reference(typed))]
        with self._database.read() as session:
            return tuple(card_of(row) for row in repository.cards(session, meant))

    def read_reference(self, typed: str) -> str | None:
        """What was typed as a reference is written; None where it cannot be one. Looks nothing up."""
        return read_reference(typed, prefix=self._rules.organisation.reference_prefix)

    def cards_of_conversation(self, conversation: bytes) -> tuple[TicketCard, ...]:
        """Every ticket that was opened in the conversation, oldest first."""
        with self._database.read() as session:
            return tuple(card_of(row) for row in repository.cards_of_conversation(session, conversation))

    def incident_of(self, conversation: bytes) -> TicketCard | None:
        """The open incident of the conversation, which repeat reports attach to."""
        with self._database.read() as session:
            row = repository.open_incident(session, conversation)
        return card_of(row) if row else None

    def by_address(self, address: str) -> tuple[TicketCard, ...]:
        """The tickets that carry this address, proven or not, oldest first."""
        blind = blind_of(self._sealer, address)
        with self._database.read() as session:
            return tuple(card_of(row) for row in repository.cards_by_blind(session, blind))

    def is_proven(self, address: str) -> bool:
        """Whether a code once proved this address on some ticket that still carries it."""
        blind = blind_of(self._sealer, address)
        with self._database.read() as session:
            return repository.has_proven(session, blind)

    def address_on_file(self, reference: str) -> str | None:
        """The ticket's address, for a code to be sent to and never to be shown; None for an unknown reference too."""
        with self._database.read() as session:
            row = repository.contact(session, self.read_reference(reference) or "")
        return opened(self._sealer, row.contact, "contact", row.number) if row else None

    def belongs_to(self, reference: str, address: str) -> bool:
        """Whether this is the ticket's address; False for an unknown reference too."""
        with self._database.read() as session:
            row = repository.contact(session, self.read_reference(reference) or "")
        known = row.contact_blind if row and row.contact_blind else b""
        return hmac.compare_digest(known, blind_of(self._sealer, address))

    def unverified_since(self, network: str, since: datetime) -> int:
        """How many tickets that still await verification this network has opened since."""
        with self._database.read() as session:
            return repository.unverified(session, network=network, since=since)
