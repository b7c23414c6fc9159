"""What the desk reads: the queue in pages, one ticket in full, its history."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail
from assistant.clock import Clock
from assistant.db.database import Database
from assistant.sealing.sealer import Sealer
from assistant.tickets import repository
from assistant.tickets.contacts import blind_of
from assistant.tickets.deadlines import DeadlineRules
from assistant.tickets.errors import BadRequest, TicketNotFound
from assistant.tickets.models import StoredContent, StoredEntry, StoredTicket
from assistant.tickets.references import read_reference
from assistant.tickets.timing import deadline_of
from assistant.tickets.values import Entry, Filters, Page, Status, TicketRow, TicketView
from assistant.tickets.views import entry_of, line_of, view_of

MOST_ITEMS, LONGEST_CURSOR = 200, 200
OPEN_WORD = "open"


class DeskReader:
    def __init__(
        self, database: Database, sealer: Sealer, audit: AuditTrail, rules: DeadlineRules, clock: Clock
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._audit = audit
        self._rules = rules
        self._clock = clock

    def page(self, filters: Filters, *, cursor: str | None = None, limit: int = 50) -> Page:
        """A page, addresses masked: critical incidents first, then what is due first. BadRequest for a bad cursor,
        limit or status.

        What awaits verification stands only under that status: anybody can cause as many of those as he likes.
        """
        if not 1 <= limit <= MOST_ITEMS:
            raise BadRequest(f"`limit` is between 1 and {MOST_ITEMS}.")
        wanted = self._conditions(filters) + ([_after(cursor)] if cursor else [])
        statement = (
            select(StoredTicket, StoredContent.contact)
            .join(StoredContent, StoredContent.ticket_number == StoredTicket.number)
            .where(*wanted)
            .order_by(StoredTicket.rank, StoredTicket.sort_at, StoredTicket.number)
            .limit(limit + 1)
        )
        with self._database.read() as session:
            rows = session.execute(statement).all()
        items = tuple(line_of(self._sealer, ticket, contact) for ticket, contact in rows[:limit])
        return Page(items, _cursor(rows[limit - 1][0]) if len(rows) > limit else None)

    def line(self, session: Session, reference: str) -> TicketRow:
        """The ticket as it stands in the caller's transaction, its address masked."""
        ticket = repository.ticket_to_change(session, reference)
        return line_of(self._sealer, ticket, repository.content_of(session, ticket).contact)

    def audited_view(self, reference: str, *, actor: str) -> TicketView:
        """The ticket with its personal data; the look is in the audit trail before anything is shown."""
        view, at = self.view(reference), self._clock()
        known = view.card.reference
        self._database.write(
            lambda session: self._audit.record(session, actor=actor, action="ticket.viewed", subject=known, at=at)
        )
        return view

    def view(self, reference: str) -> TicketView:
        """The ticket with its personal data, for who has audited the look already."""
        with self._database.read() as session:
            return self.view_in(session, reference)

    def view_in(self, session: Session, reference: str) -> TicketView:
        """The same as it stands in the caller's transaction."""
        ticket = self._ticket(session, reference)
        content = repository.content_of(session, ticket)
        deadlines = [deadline_of(row) for row in repository.deadlines_of(session, ticket.number)]
        linked = _linked(session, ticket)
        if ticket.noticed_at:
            deadlines += self._rules.regulators(ticket.noticed_at, today=self._clock().date())
        return view_of(self._sealer, ticket, content, deadlines=deadlines, linked=linked)

    def history(self, reference: str) -> tuple[Entry, ...]:
        """Everything that happened to it, oldest first, with what was written: audited by who shows it."""
        with self._database.read() as session:
            ticket = self._ticket(session, reference)
            mine = select(StoredEntry).where(StoredEntry.ticket_number == ticket.number)
            rows = session.scalars(mine.order_by(StoredEntry.entry)).all()
        return tuple(entry_of(self._sealer, row) for row in rows)

    def _ticket(self, session: Session, typed: str) -> StoredTicket:
        reference = self._read(typed)
        ticket = session.scalars(select(StoredTicket).where(StoredTicket.reference == reference)).one_or_none()
        if ticket is None:
            raise TicketNotFound
        return ticket

    def _read(self, typed: str) -> str | None:
        return read_reference(typed, prefix=self._rules.organisation.reference_prefix)

    def _conditions(self, filters: Filters) -> list[ColumnElement[bool]]:
        wanted = [_status(filters.status)]
        exact = {
            StoredTicket.kind: filters.kind,
            StoredTicket.right: filters.right,
            StoredTicket.severity: filters.severity,
            StoredTicket.assignee: filters.assignee,
        }
        wanted += [column == value for column, value in exact.items() if value is not None]
        if filters.due_before is not None:
            wanted.append(StoredTicket.due_at < filters.due_before)
        if filters.q and filters.q.strip():
            wanted.append(self._searched(filters.q.strip()))
        return wanted

    def _searched(self, words: str) -> ColumnElement[bool]:
        """A reference, a whole address, or words of the masked text."""
        if reference := self._read(words):
            return StoredTicket.reference == reference
        if "@" in words:
            return StoredContent.contact_blind == blind_of(self._sealer, words)
        return StoredContent.text.icontains(words, autoescape=True)


def _status(status: Status | str | None) -> ColumnElement[bool]:
    if status is None or status == OPEN_WORD:
        queue = StoredTicket.status != Status.AWAITING_VERIFICATION
        return and_(StoredTicket.is_open, queue) if status else queue
    if status not in set(Status):
        raise BadRequest("`status` is open or one of the statuses of a ticket.")
    return StoredTicket.status == status


def _linked(session: Session, ticket: StoredTicket) -> Sequence[str]:
    """The other tickets of the same request, and what was linked as a duplicate of this one."""
    related: list[ColumnElement[bool]] = [StoredTicket.duplicate_of == ticket.reference]
    if ticket.request_group:
        related.append(StoredTicket.request_group == ticket.request_group)
    others = select(StoredTicket.reference).where(or_(*related), StoredTicket.number != ticket.number)
    return session.scalars(others.order_by(StoredTicket.number).limit(MOST_ITEMS)).all()


def _cursor(last: StoredTicket) -> str:
    position = [last.rank, last.sort_at.isoformat(), last.number]
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


def _after(cursor: str) -> ColumnElement[bool]:
    rank, sort_at, number = _position(cursor)
    return or_(
        StoredTicket.rank > rank,
        and_(StoredTicket.rank == rank, StoredTicket.sort_at > sort_at),
        and_(StoredTicket.rank == rank, StoredTicket.sort_at == sort_at, StoredTicket.number > number),
    )


def _position(cursor: str) -> tuple[int, datetime, int]:
    try:
        position: Any = json.loads(base64.b64decode(cursor[:LONGEST_CURSOR], altchars=b"-_", validate=True))
        rank, sort_at, number = position
        at = datetime.fromisoformat(sort_at)
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise _bad_cursor() from error
    whole = isinstance(rank, int) and isinstance(number, int) and at.tzinfo is not None
    if not whole or not 0 <= rank <= MOST_ITEMS or not 0 <= number < 2**62:
        raise _bad_cursor()
    return rank, at, number


def _bad_cursor() -> BadRequest:
    return BadRequest("`cursor` is not one of ours: begin again without it.")
