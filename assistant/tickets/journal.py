"""The only place where a ticket changes its status or gains an entry: nothing happens to one without being recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail
from assistant.sealing.sealer import Sealer
from assistant.tickets.models import StoredTicket, entry_place
from assistant.tickets.moves import is_done
from assistant.tickets.repository import ADD_ENTRY
from assistant.tickets.values import Event, Status


@dataclass(frozen=True, slots=True)
class Change:
    """What happened, by whom. `to` is the status that follows; `words` are kept sealed; `detail` goes to the audit."""

    event: Event
    actor: str
    at: datetime
    words: str = field(default="", repr=False)
    to: Status | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


class Journal:
    def __init__(self, sealer: Sealer, audit: AuditTrail) -> None:
        self._sealer = sealer
        self._audit = audit

    def enter(self, session: Session, ticket: StoredTicket, change: Change) -> None:
        """Change the status if one is given, count the version up, and add the entry to history and audit."""
        before, after = ticket.status, (change.to or Status(ticket.status)).value
        ticket.status, ticket.is_open = after, not is_done(Status(after))
        ticket.version += 1
        session.flush()
        self.add(session, ticket.number, ticket.reference, ticket.version, change, moved=(before, after))

    def add(
        self,
        session: Session,
        number: int,
        reference: str,
        entry: int,
        change: Change,
        *,
        moved: tuple[str | None, str],
    ) -> None:
        """The entry alone, for a ticket whose row has been written with its status."""
        before, after = moved
        place = entry_place(number, entry)
        words = self._sealer.seal(change.words, place=place) if change.words else None
        row = {
            "ticket_number": number,
            "entry": entry,
            "at": change.at,
            "actor": change.actor,
            "event": change.event.value,
            "from_status": before,
            "status": after,
            "words": words,
        }
        session.connection().execute(ADD_ENTRY, row)
        detail = {"from": before, "to": after, **change.detail} if before != after else dict(change.detail)
        action = f"ticket.{change.event.value}"
        self._audit.record(
            session, actor=change.actor, action=action, subject=reference, detail=detail or None, at=change.at
        )
