"""A ticket's rows as the values that others see: the visitor's card, the line of a list, the desk's view."""

from collections.abc import Sequence
from typing import Any

from assistant.reply import Right, Severity
from assistant.sealing.sealer import Sealer
from assistant.tickets.contacts import masked
from assistant.tickets.models import StoredContent, StoredEntry, StoredTicket, content_place, entry_place
from assistant.tickets.moves import next_statuses
from assistant.tickets.values import (
    BasisKind,
    Deadline,
    Due,
    Entry,
    Event,
    Kind,
    Regime,
    Status,
    TicketCard,
    TicketRow,
    TicketView,
)


def card_of(row: Any) -> TicketCard:
    """The card of a stored ticket, or of a row that has its columns."""
    return TicketCard(
        reference=row.reference,
        kind=Kind(row.kind),
        right=Right(row.right) if row.right else None,
        status=Status(row.status),
        severity=Severity(row.severity) if row.severity else None,
        due=Due(BasisKind(row.due_kind), row.due_cite, row.due_at) if row.due_at else None,
        first_answer=Due(BasisKind(row.first_due_kind), row.first_due_cite, row.first_due_at)
        if row.first_due_at
        else None,
    )


def line_of(sealer: Sealer, ticket: StoredTicket, contact: bytes | None) -> TicketRow:
    address = opened(sealer, contact, "contact", ticket.number)
    return TicketRow(
        card=card_of(ticket),
        opened_at=ticket.opened_at,
        assignee=ticket.assignee,
        contact=masked(address) if address else None,
        contact_proven=ticket.contact_proven,
        group=ticket.request_group,
        version=ticket.version,
    )


def view_of(
    sealer: Sealer,
    ticket: StoredTicket,
    content: StoredContent,
    *,
    deadlines: Sequence[Deadline],
    linked: Sequence[str],
) -> TicketView:
    kind, status = Kind(ticket.kind), Status(ticket.status)
    return TicketView(
        row=line_of(sealer, ticket, content.contact),
        text=content.text,
        contact=opened(sealer, content.contact, "contact", ticket.number),
        details=opened(sealer, content.details, "details", ticket.number),
        on_behalf_of=opened(sealer, content.on_behalf_of, "on_behalf_of", ticket.number),
        subject=ticket.subject,
        origin=ticket.origin,
        regime=Regime(ticket.regime) if ticket.regime else None,
        noticed_at=ticket.noticed_at,
        verified_at=ticket.verified_at,
        first_answered_at=ticket.first_answered_at,
        acknowledged_at=ticket.acknowledged_at,
        acknowledged_by=ticket.acknowledged_by,
        paused_at=ticket.paused_at,
        closed_at=ticket.closed_at,
        duplicate_of=ticket.duplicate_of,
        linked=tuple(linked),
        deadlines=tuple(deadlines),
        moves=next_statuses(kind, status),
        privacy_control=ticket.privacy_control,
    )


def entry_of(sealer: Sealer, row: StoredEntry) -> Entry:
    place = entry_place(row.ticket_number, row.entry)
    return Entry(
        number=row.entry,
        at=row.at,
        actor=row.actor,
        event=Event(row.event),
        status=Status(row.status),
        from_status=Status(row.from_status) if row.from_status else None,
        words=sealer.open(row.words, place=place) if row.words else "",
    )


def opened(sealer: Sealer, sealed: bytes | None, column: str, ticket_number: int) -> str | None:
    """What a sealed column of the contents says; None where nothing was given or it was forgotten."""
    return sealer.open(sealed, place=content_place(column, ticket_number)).rstrip() or None if sealed else None
