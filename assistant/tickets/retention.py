"""How tickets forget: what names a person is blanked in place, the bare record of what was asked and done stays.

Knows neither transcripts nor the outbox: whoever erases a person calls those as well.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail
from assistant.tickets.models import BLANK_CONTENT, StoredContent, StoredEntry, StoredTicket
from assistant.tickets.values import Kept

_CHUNK = 500
OPEN_WHY = "It is still open: the address is kept to answer it, and goes when that is done."
DONE_WHY = "It is kept without address and words, as the proof of what was asked and when it was answered."


def blank_tickets(session: Session, audit: AuditTrail, numbers: Sequence[int], *, at: datetime) -> int:
    """Leave of these tickets nothing that names a person; how many."""
    for start in range(0, len(numbers), _CHUNK):
        _blank(session, audit, numbers[start : start + _CHUNK], at)
    return len(numbers)


def forget_contact(session: Session, audit: AuditTrail, blind: bytes, *, at: datetime) -> tuple[Kept, ...]:
    """Blank what is done of a proven address's tickets, and mark the open ones to be blanked when they are done.

    Returns what stays, and why. Called again it does the same to what has come since: after a restore too.
    """
    mine = (
        select(StoredTicket)
        .join(StoredContent, StoredContent.ticket_number == StoredTicket.number)
        .where(StoredContent.contact_blind == blind)
        .order_by(StoredTicket.number)
    )
    tickets = session.scalars(mine.with_for_update(of=StoredTicket)).all()
    for ticket in tickets:
        ticket.forget_when_done = True
    session.flush()
    blank_tickets(session, audit, [ticket.number for ticket in tickets if not ticket.is_open], at=at)
    return tuple(Kept(ticket.reference, OPEN_WHY if ticket.is_open else DONE_WHY) for ticket in tickets)


def blinds(session: Session) -> Sequence[bytes]:
    """What stands for every address that some ticket still carries."""
    known = select(StoredContent.contact_blind).where(StoredContent.contact_blind.is_not(None)).distinct()
    return [blind for blind in session.scalars(known) if blind is not None]


def let_go(session: Session, conversation: bytes) -> tuple[Kept, ...]:
    """Cut the link between a conversation that is being erased and its tickets; which stay, and why."""
    mine = StoredTicket.conversation == conversation
    rows = session.execute(
        select(StoredTicket.reference, StoredTicket.is_open).where(mine).order_by(StoredTicket.number).with_for_update()
    ).all()
    session.execute(update(StoredTicket).where(mine).values(conversation=None, turn_digest=None))
    why = "It is a request of its own: it stays until it is answered, and then for as long as such records are kept."
    return tuple(Kept(row.reference, why) for row in rows)


def closed_before(session: Session, before: datetime, *, limit: int) -> Sequence[int]:
    """Tickets that were done before then and have not been blanked."""
    meant = select(StoredTicket.number).where(StoredTicket.closed_at < before, StoredTicket.erased_at.is_(None))
    return session.scalars(meant.order_by(StoredTicket.closed_at).limit(limit).with_for_update()).all()


def _blank(session: Session, audit: AuditTrail, numbers: Sequence[int], at: datetime) -> None:
    blank: dict[str, Any] = {"conversation": None, "turn_digest": None, "network": "", "erased_at": at}
    session.execute(update(StoredTicket).where(StoredTicket.number.in_(numbers)).values(blank))
    session.execute(update(StoredContent).where(StoredContent.ticket_number.in_(numbers)).values(dict(BLANK_CONTENT)))
    session.execute(update(StoredEntry).where(StoredEntry.ticket_number.in_(numbers)).values(words=None))
    references = session.scalars(select(StoredTicket.reference).where(StoredTicket.number.in_(numbers))).all()
    for reference in references:
        audit.forget(session, reference, at=at)
