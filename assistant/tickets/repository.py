"""Every query on tickets that more than one place asks. Decides nothing and seals nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, desc, func, insert, select
from sqlalchemy.orm import Session

from assistant.db.base import Base
from assistant.tickets.errors import StaleTicket, TicketNotFound
from assistant.tickets.models import StoredContent, StoredDeadline, StoredEntry, StoredTicket
from assistant.tickets.values import Kind, Status

# Written once: a turn that opens a ticket waits for them in a row.
_TICKETS = Base.metadata.tables[StoredTicket.__tablename__]
_CONTENTS = Base.metadata.tables[StoredContent.__tablename__]
_HISTORY = Base.metadata.tables[StoredEntry.__tablename__]
_DEADLINES = Base.metadata.tables[StoredDeadline.__tablename__]
ADD_TICKET, ADD_CONTENT = insert(_TICKETS), insert(_CONTENTS)
ADD_ENTRY, ADD_DEADLINES = insert(_HISTORY), insert(_DEADLINES)

_SHOWN = (
    _TICKETS.c.number,
    _TICKETS.c.reference,
    _TICKETS.c.kind,
    _TICKETS.c.right,
    _TICKETS.c.status,
    _TICKETS.c.severity,
    _TICKETS.c.due_at,
    _TICKETS.c.due_kind,
    _TICKETS.c.due_cite,
    _TICKETS.c.first_due_at,
    _TICKETS.c.first_due_kind,
    _TICKETS.c.first_due_cite,
)
_CARDS = select(*_SHOWN).order_by(_TICKETS.c.number)
_BY_REFERENCES = _CARDS.where(_TICKETS.c.reference.in_(bindparam("references", expanding=True)))
_OF_CONVERSATION = _CARDS.where(_TICKETS.c.conversation == bindparam("conversation"))
_BY_BLIND = _CARDS.join(_CONTENTS, _CONTENTS.c.ticket_number == _TICKETS.c.number).where(
    _CONTENTS.c.contact_blind == bindparam("blind")
)
_INCIDENT = (
    select(*_SHOWN)
    .where(
        _TICKETS.c.conversation == bindparam("conversation"),
        _TICKETS.c.kind == Kind.SECURITY_INCIDENT.value,
        _TICKETS.c.is_open,
    )
    .order_by(desc(_TICKETS.c.number))
    .limit(1)
)
_CONTACT = (
    select(_TICKETS.c.number, _CONTENTS.c.contact, _CONTENTS.c.contact_blind)
    .join(_CONTENTS, _CONTENTS.c.ticket_number == _TICKETS.c.number)
    .where(_TICKETS.c.reference == bindparam("reference"))
)
_UNVERIFIED = (
    select(func.count())
    .select_from(_TICKETS)
    .where(
        _TICKETS.c.status == Status.AWAITING_VERIFICATION.value,
        _TICKETS.c.opened_at >= bindparam("since"),
        _TICKETS.c.network == bindparam("network"),
    )
)


def has_proven(session: Session, blind: bytes) -> bool:
    proven = (
        select(StoredTicket.number)
        .join(StoredContent, StoredContent.ticket_number == StoredTicket.number)
        .where(StoredContent.contact_blind == blind, StoredTicket.contact_proven)
    )
    return session.scalar(proven.limit(1)) is not None


def cards(session: Session, references: Sequence[str]) -> Sequence[Any]:
    """In the order in which they were opened; what is unknown is left out."""
    return session.execute(_BY_REFERENCES, {"references": list(references)}).all()


def cards_of_conversation(session: Session, conversation: bytes) -> Sequence[Any]:
    return session.execute(_OF_CONVERSATION, {"conversation": conversation}).all()


def cards_by_blind(session: Session, blind: bytes) -> Sequence[Any]:
    return session.execute(_BY_BLIND, {"blind": blind}).all()


def open_incident(session: Session, conversation: bytes) -> Any:
    return session.execute(_INCIDENT, {"conversation": conversation}).one_or_none()


def contact(session: Session, reference: str) -> Any:
    return session.execute(_CONTACT, {"reference": reference}).one_or_none()


def unverified(session: Session, *, network: str, since: datetime) -> int:
    return session.scalar(_UNVERIFIED, {"network": network, "since": since}) or 0


def ticket_to_change(session: Session, reference: str, *, expect_version: int | None = None) -> StoredTicket:
    """The ticket, held until the transaction ends. Raises TicketNotFound, or StaleTicket for another version."""
    meant = select(StoredTicket).where(StoredTicket.reference == reference)
    ticket = session.scalars(meant.with_for_update(), execution_options={"populate_existing": True}).one_or_none()
    if ticket is None:
        raise TicketNotFound
    if expect_version is not None and ticket.version != expect_version:
        raise StaleTicket(reference)
    return ticket


def hold(session: Session, references: Sequence[str]) -> None:
    """Wait for all of these tickets in one order, before the first is changed and the audit trail is held with it."""
    meant = select(StoredTicket.number).where(StoredTicket.reference.in_(references))
    session.execute(meant.order_by(StoredTicket.number).with_for_update()).all()


def content_of(session: Session, ticket: StoredTicket) -> StoredContent:
    return session.scalars(select(StoredContent).where(StoredContent.ticket_number == ticket.number)).one()


def deadlines_of(session: Session, ticket_number: int) -> Sequence[StoredDeadline]:
    """In the order in which they were set."""
    mine = select(StoredDeadline).where(StoredDeadline.ticket_number == ticket_number)
    return session.scalars(mine.order_by(StoredDeadline.number)).all()


def open_like(session: Session, ticket: StoredTicket, blind: bytes) -> str | None:
    """The oldest other open and proven request of this address for this right."""
    alike = (
        select(StoredTicket.reference)
        .join(StoredContent, StoredContent.ticket_number == StoredTicket.number)
        .where(
            StoredContent.contact_blind == blind,
            StoredTicket.kind == ticket.kind,
            StoredTicket.right == ticket.right,
            StoredTicket.is_open,
            StoredTicket.contact_proven,
            StoredTicket.duplicate_of.is_(None),
            StoredTicket.number != ticket.number,
        )
    )
    return session.scalar(alike.order_by(StoredTicket.number).limit(1))
