"""What may happen to a ticket in its life: proven, moved, taken, noted, answered. Each entry goes through the journal.

Every call works in its caller's write transaction and never commits.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail
from assistant.clock import Clock
from assistant.outbox.service import Outbox
from assistant.outbox.values import Kind as Channel
from assistant.outbox.values import Message
from assistant.reply import Severity
from assistant.sealing.sealer import Sealer
from assistant.tickets import repository, timing, wording
from assistant.tickets.contacts import blind_of, filled_up
from assistant.tickets.deadlines import DeadlineRules
from assistant.tickets.errors import TicketRefusal
from assistant.tickets.journal import Change, Journal
from assistant.tickets.models import StoredTicket, content_place
from assistant.tickets.moves import TAKES_CONTACT, assert_allowed, assert_legal, is_done, is_person
from assistant.tickets.opening import rank_of
from assistant.tickets.regimes import REGIMES
from assistant.tickets.retention import blank_tickets
from assistant.tickets.values import ClockName, Event, Kind, Regime, Status, TicketCard
from assistant.tickets.views import card_of, opened
from assistant.words.book import words_of

_FIRST_ANSWERS = (ClockName.FIRST_ANSWER, ClockName.ACKNOWLEDGE)


class Lifecycle:
    def __init__(
        self, sealer: Sealer, audit: AuditTrail, journal: Journal, outbox: Outbox, clock: Clock, rules: DeadlineRules
    ) -> None:
        self._sealer = sealer
        self._audit = audit
        self._journal = journal
        self._outbox = outbox
        self._clock = clock
        self._rules = rules

    def verify(
        self, session: Session, references: Sequence[str], *, actor: str, at: datetime
    ) -> tuple[TicketCard, ...]:
        """The mailbox of these requests is proven: they are received, and linked to open ones like them.

        No clock moves: they started when the requests were confirmed. One that is verified already stays as it is.
        """
        self.hold(session, references)
        return tuple(self._verify(session, reference, actor=actor, at=at) for reference in references)

    def hold(self, session: Session, references: Sequence[str]) -> None:
        """Before several tickets are changed in one transaction: two that do so on PostgreSQL then never wait for each
        other.
        """
        repository.hold(session, references)

    def withdraw(self, session: Session, reference: str, *, actor: str, reason: str = "") -> TicketCard:
        return self.move(session, reference, Status.WITHDRAWN, actor=actor, reason=reason)

    def move(
        self,
        session: Session,
        reference: str,
        to: Status,
        *,
        actor: str,
        reason: str = "",
        expect_version: int | None = None,
    ) -> TicketCard:
        """Change the status with all that follows. IllegalMove, or TicketRefusal where something else is missing.

        On hold with a reason stops the clock of a law that allows it, until the next move; promises and targets of our
        own run on. What is done has no clock any more.
        """
        ticket = repository.ticket_to_change(session, reference, expect_version=expect_version)
        before, at = Status(ticket.status), self._clock()
        assert_legal(reference, Kind(ticket.kind), before, to)
        assert_allowed(to, actor=actor, reason=reason, proven=ticket.contact_proven, duplicate_of=ticket.duplicate_of)
        timing.go_on(session, ticket, at=at)
        if before is Status.AWAITING_VERIFICATION and to is Status.RECEIVED:
            self._prove(session, ticket, actor=actor, at=at, words=reason)
        elif to is Status.ON_HOLD:
            self._hold(session, ticket, Change(Event.MOVED, actor, at, words=reason, to=to))
        else:
            if to is Status.ACKNOWLEDGED:
                ticket.acknowledged_at, ticket.acknowledged_by = at, actor
            self._journal.enter(session, ticket, Change(Event.MOVED, actor, at, words=reason, to=to))
        if is_done(to):
            self._finish(session, ticket, at=at)
        return card_of(ticket)

    def pause(
        self, session: Session, reference: str, *, reason: str, actor: str, expect_version: int | None = None
    ) -> TicketCard:
        """Put on hold with the law's clock standing still; TicketRefusal where no law that allows it is set."""
        ticket = repository.ticket_to_change(session, reference, expect_version=expect_version)
        if not (_pause_of(ticket) and reason.strip() and is_person(actor)):
            raise TicketRefusal("A pause needs a person, a reason, and a law on the ticket that allows it.")
        return self.move(session, reference, Status.ON_HOLD, actor=actor, reason=reason)

    def acknowledge(
        self,
        session: Session,
        reference: str,
        *,
        actor: str,
        by: str | None = None,
        expect_version: int | None = None,
    ) -> TicketCard:
        """A person says "mine" of an incident; said again, it changes nothing. TicketRefusal for another kind."""
        ticket = repository.ticket_to_change(session, reference, expect_version=expect_version)
        if ticket.kind != Kind.SECURITY_INCIDENT:
            raise TicketRefusal("Only a security incident is acknowledged: claim this ticket instead.")
        if ticket.acknowledged_at is None and ticket.is_open:
            at = self._clock()
            ticket.acknowledged_at, ticket.acknowledged_by = at, by or actor
            to = Status.ACKNOWLEDGED if ticket.status == Status.RECEIVED else None
            change = Change(Event.ACKNOWLEDGED, actor, at, words=by or "", to=to)
            self._journal.enter(session, ticket, change)
        return card_of(ticket)

    def note(
        self, session: Session, reference: str, text: str, *, actor: str, expect_version: int | None = None
    ) -> TicketCard:
        """Keep a note for the desk; it is sealed and never sent."""
        ticket = repository.ticket_to_change(session, reference, expect_version=expect_version)
        self._journal.enter(session, ticket, Change(Event.NOTE, actor, self._clock(), words=text))
        return card_of(ticket)

    def add_contact(self, session: Session, reference: str, address: str, *, actor: str = "visitor") -> TicketCard:
        """Add an address that nobody has proven to an inquiry or a complaint, once.

        TicketRefusal where the ticket is of another kind, is done, or has an address already.
        """
        ticket = repository.ticket_to_change(session, reference)
        content = repository.content_of(session, ticket)
        if not ticket.is_open or ticket.kind not in TAKES_CONTACT or content.contact_blind:
            raise TicketRefusal(f"Ticket {reference} takes no address: it is done, has one, or needs a proven one.")
        content.contact = self._sealer.seal(filled_up(address), place=content_place("contact", ticket.number))
        content.contact_blind = blind_of(self._sealer, address)
        self._journal.enter(session, ticket, Change(Event.CONTACT_ADDED, actor, self._clock()))
        return card_of(ticket)

    def attach(
        self, session: Session, reference: str, *, text: str, severity: Severity | None, actor: str
    ) -> TicketCard:
        """Add a repeat report to an incident. Its severity can rise by that and never fall."""
        ticket = repository.ticket_to_change(session, reference)
        if ticket.kind != Kind.SECURITY_INCIDENT:
            raise TicketRefusal("A repeat report belongs to a security incident.")
        if severity is not None and rank_of(severity) < ticket.rank:
            ticket.severity, ticket.rank = severity.value, rank_of(severity)
        detail = {"severity": ticket.severity}
        self._journal.enter(
            session, ticket, Change(Event.REPORTED_AGAIN, actor, self._clock(), words=text, detail=detail)
        )
        return card_of(ticket)

    def reply(
        self, session: Session, reference: str, text: str, *, actor: str, expect_version: int | None = None
    ) -> TicketCard:
        """Mail a person's words to the requester and stop the clock of the first answer.

        TicketRefusal where there is no address that may be written to: an unproven one of a request never is, one of
        an inquiry or a complaint only by a person.
        """
        ticket = repository.ticket_to_change(session, reference, expect_version=expect_version)
        address, at = self.address_to_write_to(session, ticket, actor=actor), self._clock()
        organisation, words = self._rules.organisation, words_of(ticket.language)
        self._journal.enter(session, ticket, Change(Event.REPLIED, actor, at, words=text))
        if ticket.first_answered_at is None:
            ticket.first_answered_at = at
            timing.stop(session, ticket, at=at, names=_FIRST_ANSWERS)
        mail = Message(
            kind=Channel.MAIL,
            to=address,
            subject=wording.reply_subject(words, reference, organisation),
            body=wording.reply_body(words, text, reference, organisation),
            purpose="reply",
            reference=reference,
        )
        self._outbox.put(session, mail, at=at)
        return card_of(ticket)

    def address_to_write_to(self, session: Session, ticket: StoredTicket, *, actor: str) -> str:
        """The requester's address, if it may be written to by this actor; TicketRefusal tells why not."""
        content = repository.content_of(session, ticket)
        address = opened(self._sealer, content.contact, "contact", ticket.number)
        if address is None:
            raise TicketRefusal("There is no address on this ticket: the requester comes back with the reference.")
        if ticket.status == Status.AWAITING_VERIFICATION or not (ticket.contact_proven or is_person(actor)):
            raise TicketRefusal("The address is not proven, so nothing but its code is sent to it.")
        return address

    def _verify(self, session: Session, reference: str, *, actor: str, at: datetime) -> TicketCard:
        ticket = repository.ticket_to_change(session, reference)
        if not ticket.contact_proven:
            assert_legal(reference, Kind(ticket.kind), Status(ticket.status), Status.RECEIVED)
            self._prove(session, ticket, actor=actor, at=at, words="")
        return card_of(ticket)

    def _prove(self, session: Session, ticket: StoredTicket, *, actor: str, at: datetime, words: str) -> None:
        ticket.contact_proven, ticket.verified_at = True, at
        self._journal.enter(session, ticket, Change(Event.VERIFIED, actor, at, words=words, to=Status.RECEIVED))
        timing.refresh(session, ticket)
        blind = repository.content_of(session, ticket).contact_blind
        alike = repository.open_like(session, ticket, blind) if blind else None
        if alike:
            ticket.duplicate_of = alike
            self._journal.enter(session, ticket, Change(Event.LINKED, "system", at, detail={"duplicate_of": alike}))

    def _hold(self, session: Session, ticket: StoredTicket, change: Change) -> None:
        cite = _pause_of(ticket)
        if cite and change.words.strip() and is_person(change.actor):
            ticket.paused_at = change.at
            change = replace(change, event=Event.PAUSED, detail={"cite": cite})
        self._journal.enter(session, ticket, change)
        timing.refresh(session, ticket)

    def _finish(self, session: Session, ticket: StoredTicket, *, at: datetime) -> None:
        ticket.closed_at = at
        timing.stop(session, ticket, at=at)
        if ticket.forget_when_done:
            blank_tickets(session, self._audit, [ticket.number], at=at)


def _pause_of(ticket: StoredTicket) -> str:
    """What is cited for a pause under the law of this ticket; empty where none allows one."""
    return REGIMES[Regime(ticket.regime)].pause if ticket.regime else ""
