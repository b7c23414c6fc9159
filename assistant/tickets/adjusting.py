"""What the desk changes on a ticket besides its status: who has it, the law it stands under, and its limits."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.outbox.service import Outbox
from assistant.outbox.values import Kind as Channel
from assistant.outbox.values import Message
from assistant.reply import Right
from assistant.tickets import repository, timing, wording
from assistant.tickets.deadlines import DeadlineRules, Extension
from assistant.tickets.errors import BadRequest, TicketRefusal
from assistant.tickets.journal import Change, Journal
from assistant.tickets.lifecycle import Lifecycle
from assistant.tickets.models import StoredDeadline, StoredTicket
from assistant.tickets.moves import is_person
from assistant.tickets.values import BasisKind, ClockName, Deadline, Event, Kind, Regime
from assistant.words.book import words_of


class Adjuster:
    """Each call works in its caller's write transaction; `expect_version` is as in TicketService."""

    def __init__(self, life: Lifecycle, journal: Journal, outbox: Outbox, rules: DeadlineRules, clock: Clock) -> None:
        self._life = life
        self._journal = journal
        self._outbox = outbox
        self._rules = rules
        self._clock = clock

    def claim(self, session: Session, reference: str, *, actor: str, expect_version: int | None = None) -> None:
        """Take the ticket. TicketRefusal when another has it; claimed again, it changes nothing."""
        ticket = _open_ticket(session, reference, expect_version)
        if ticket.assignee not in {None, actor}:
            raise TicketRefusal(
                f"Ticket {reference} is somebody else's already: assign it if you mean to take it over."
            )
        if ticket.assignee is None:
            self._assign(session, ticket, to=actor, actor=actor)

    def assign(
        self, session: Session, reference: str, to: str, *, actor: str, expect_version: int | None = None
    ) -> None:
        self._assign(session, _open_ticket(session, reference, expect_version), to=to, actor=actor)

    def set_regime(
        self, session: Session, reference: str, regime: Regime, *, actor: str, expect_version: int | None = None
    ) -> None:
        """Put a rights request under a law: its limits are added, counted from when the request was confirmed.

        What was due before stays to be seen; the limits of a law that was set earlier stop. A law that is not in
        force yet is noted with its dates and changes no due date.
        """
        ticket = _open_request(session, reference, expect_version)
        if ticket.regime == regime:
            raise TicketRefusal(f"Ticket {reference} stands under this regime already.")
        at = self._clock()
        before, ticket.regime = ticket.regime, regime.value
        for row in repository.deadlines_of(session, ticket.number):
            if row.regime is not None and row.stopped_at is None:
                row.stopped_at = at
        for deadline in self._rules.under(regime, _right(ticket), ticket.opened_at, today=at.date()):
            # Receipt is confirmed by the first answer, if that was before the law was set.
            stopped_at = ticket.first_answered_at if deadline.name is ClockName.ACKNOWLEDGE else None
            self._add(session, ticket, replace(deadline, stopped_at=stopped_at))
        session.flush()
        timing.refresh(session, ticket)
        detail = {"regime": regime.value, "before": before}
        self._journal.enter(session, ticket, Change(Event.REGIME_SET, actor, at, detail=detail))

    def extend(
        self,
        session: Session,
        reference: str,
        until: datetime,
        *,
        reason: str,
        actor: str,
        expect_version: int | None = None,
    ) -> None:
        """Move the due date of a rights request, and tell the requester why where an address may be written to.

        The notice must be given inside the first period. Without a law in force the date is our own target; BadRequest
        for a date that is no later than the present one or later than may be.
        """
        ticket = _open_request(session, reference, expect_version)
        at = self._clock()
        if not (is_person(actor) and reason.strip()):
            raise BadRequest("An extension needs a person and a reason: the requester is told it.")
        limit = self._extension(session, ticket, at)
        if ticket.due_at is None or until <= ticket.due_at or until > limit.latest:
            raise BadRequest(f"`until` is after the present due date and at most {limit.latest:%Y-%m-%dT%H:%M:%SZ}.")
        timing.stop(session, ticket, at=at, names=[ClockName.ANSWER])
        extended = Deadline(
            ClockName.ANSWER, until, limit.basis, limit.cite, limit.source, limit.regime,
            in_force=True, governs=True, stopped_at=None,
        )  # fmt: skip
        self._add(session, ticket, extended, notified_at=at)
        timing.refresh(session, ticket)
        self._journal.enter(session, ticket, Change(Event.EXTENDED, actor, at, words=reason))
        self._give_notice(session, ticket, until=until, reason=reason, actor=actor)

    def _assign(self, session: Session, ticket: StoredTicket, *, to: str, actor: str) -> None:
        ticket.assignee = to
        self._journal.enter(session, ticket, Change(Event.ASSIGNED, actor, self._clock(), words=to))

    def _extension(self, session: Session, ticket: StoredTicket, at: datetime) -> Extension:
        rows = repository.deadlines_of(session, ticket.number)
        first = [row for row in rows if row.name == ClockName.ANSWER and row.notified_at is None and row.in_force]
        law = [row for row in first if row.basis == BasisKind.LAW and row.stopped_at is None and row.regime]
        regime = Regime(ticket.regime) if ticket.regime and law else None
        extension = self._rules.extension(regime, ticket.opened_at)
        # Under a law its own period counts; otherwise the earliest that was promised or meant.
        periods = [row.due_at for row in (law or first)]
        if extension is None or not periods or at > min(periods):
            raise TicketRefusal("The first period is over, or its law knows no extension: this ticket cannot have one.")
        return extension

    def _add(
        self, session: Session, ticket: StoredTicket, deadline: Deadline, notified_at: datetime | None = None
    ) -> None:
        row = timing.deadline_row(deadline, ticket_number=ticket.number, starts_at=ticket.opened_at, watched=False)
        session.execute(insert(StoredDeadline), [{**row, "notified_at": notified_at}])

    def _give_notice(self, session: Session, ticket: StoredTicket, *, until: datetime, reason: str, actor: str) -> None:
        organisation, words = self._rules.organisation, words_of(ticket.language)
        try:
            address = self._life.address_to_write_to(session, ticket, actor=actor)
        except TicketRefusal:
            # The desk has other ways to tell; the history shows that the limit was moved.
            return
        mail = Message(
            kind=Channel.MAIL,
            to=address,
            subject=wording.extension_subject(words, ticket.reference, organisation),
            body=wording.extension_body(words, reason, until, ticket.reference, organisation),
            purpose="notice",
            reference=ticket.reference,
        )
        self._outbox.put(session, mail, at=self._clock())


def _open_ticket(session: Session, reference: str, expect_version: int | None) -> StoredTicket:
    ticket = repository.ticket_to_change(session, reference, expect_version=expect_version)
    if not ticket.is_open:
        raise TicketRefusal(f"Ticket {reference} is {ticket.status}: nothing is changed on it any more.")
    return ticket


def _open_request(session: Session, reference: str, expect_version: int | None) -> StoredTicket:
    ticket = _open_ticket(session, reference, expect_version)
    if ticket.kind != Kind.RIGHTS_REQUEST:
        raise TicketRefusal("Only the limits of a rights request can be changed.")
    return ticket


def _right(ticket: StoredTicket) -> Right:
    assert ticket.right is not None, "a rights request is opened with its right"
    return Right(ticket.right)
