"""How a ticket is opened: a few prepared inserts, as a turn waits for them. Checks what a caller brings."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assistant.reply import Severity
from assistant.sealing.sealer import Sealer
from assistant.tickets.contacts import NO_ADDRESS_YET, blind_of
from assistant.tickets.deadlines import DeadlineRules
from assistant.tickets.errors import BadRequest
from assistant.tickets.journal import Change, Journal
from assistant.tickets.models import content_place
from assistant.tickets.moves import OPENED_IN, TAKES_CONTACT
from assistant.tickets.repository import ADD_CONTENT, ADD_DEADLINES, ADD_TICKET
from assistant.tickets.timing import deadline_row
from assistant.tickets.values import ClockName, Deadline, Due, Event, Kind, NewTicket, Status, TicketCard

_RANKS: Mapping[Severity | None, int] = {Severity.CRITICAL: 0, Severity.HIGH: 1, Severity.NORMAL: 2}
_LAST_RANK = 3
# The version of a ticket that nothing has happened to but its opening.
FIRST_VERSION = 1


class Opener:
    def __init__(self, sealer: Sealer, journal: Journal, rules: DeadlineRules) -> None:
        self._sealer = sealer
        self._journal = journal
        self._rules = rules

    def card(self, new: NewTicket, *, now: datetime) -> TicketCard:
        """What `write` will show, computed alone."""
        return _card(new, self._rules.at_opening(new.kind, new.right, new.opened_at or now))

    def write(self, session: Session, new: NewTicket, *, now: datetime) -> TicketCard:
        """Queue the ticket. Invalid where right, severity or status do not belong to its kind."""
        _assert_sound(new)
        start = new.opened_at or now
        deadlines = self._rules.at_opening(new.kind, new.right, start)
        card = _card(new, deadlines)
        connection = session.connection()
        result = connection.execute(ADD_TICKET, _ticket_row(new, card, start))
        # The statement is an insert of one row: it knows the number of that row.
        number: int = result.inserted_primary_key[0]  # type: ignore[index]
        connection.execute(ADD_CONTENT, self._content_row(new, number))
        if deadlines:
            watched = new.status is not Status.AWAITING_VERIFICATION
            rows = [
                deadline_row(deadline, ticket_number=number, starts_at=start, watched=watched) for deadline in deadlines
            ]
            connection.execute(ADD_DEADLINES, rows)
        detail = {"kind": new.kind.value, "right": new.right.value if new.right else None, "origin": new.origin}
        change = Change(Event.OPENED, new.actor, now, detail=detail)
        self._journal.add(session, number, new.reference, FIRST_VERSION, change, moved=(None, new.status.value))
        return card

    def _content_row(self, new: NewTicket, number: int) -> dict[str, Any]:
        return {
            "ticket_number": number,
            "text": new.text,
            "contact": self._sealed(new.contact or _place_for_address(new), "contact", number),
            "contact_blind": blind_of(self._sealer, new.contact) if new.contact else None,
            "details": self._sealed(new.details, "details", number),
            "on_behalf_of": self._sealed(new.on_behalf_of, "on_behalf_of", number),
        }

    def _sealed(self, plain: str | None, column: str, number: int) -> bytes | None:
        return self._sealer.seal(plain, place=content_place(column, number)) if plain else None


def rank_of(severity: Severity | None) -> int:
    """What the queue is ordered by before anything else: critical incidents first."""
    return _RANKS.get(severity, _LAST_RANK)


def _assert_sound(new: NewTicket) -> None:
    if (new.kind is Kind.RIGHTS_REQUEST) != (new.right is not None):
        raise BadRequest("A rights request names its right, and nothing else has one: correct `right`.")
    if (new.kind is Kind.SECURITY_INCIDENT) != (new.severity is not None):
        raise BadRequest("A security incident has a severity, and nothing else has one: correct `severity`.")
    if new.status not in OPENED_IN[new.kind]:
        raise BadRequest(f"A ticket of the kind {new.kind} cannot be opened as {new.status}.")


def _card(new: NewTicket, deadlines: Sequence[Deadline]) -> TicketCard:
    due = next((_due(deadline) for deadline in deadlines if deadline.governs), None)
    first = next((_due(deadline) for deadline in deadlines if deadline.name is ClockName.FIRST_ANSWER), None)
    return TicketCard(new.reference, new.kind, new.right, new.status, new.severity, due, first)


def _due(deadline: Deadline) -> Due:
    return Due(deadline.basis, deadline.cite, deadline.due_at)


def _ticket_row(new: NewTicket, card: TicketCard, start: datetime) -> dict[str, Any]:
    incident = new.kind is Kind.SECURITY_INCIDENT
    due, first = card.due, card.first_answer
    return {
        "reference": new.reference,
        "kind": new.kind.value,
        "right": new.right.value if new.right else None,
        "status": new.status.value,
        "is_open": True,
        "severity": new.severity.value if new.severity else None,
        "rank": rank_of(new.severity),
        "sort_at": due.at if due else start,
        "version": FIRST_VERSION,
        "conversation": new.conversation,
        "turn_digest": _turn_digest(new),
        "origin": new.origin,
        "subject": new.subject,
        "network": new.network,
        "request_group": new.group,
        "contact_proven": new.contact_proven,
        "opened_at": start,
        "noticed_at": (new.noticed_at or start) if incident else None,
        "due_at": due.at if due else None,
        "due_kind": due.kind.value if due else None,
        "due_cite": due.cite if due else None,
        "first_due_at": first.at if first else None,
        "first_due_kind": first.kind.value if first else None,
        "first_due_cite": first.cite if first else None,
        "language": new.language,
        "forget_when_done": False,
        "privacy_control": new.privacy_control,
    }


def _place_for_address(new: NewTicket) -> str | None:
    """A request brings its address, and an incident needs none; to the others one may be added."""
    return NO_ADDRESS_YET if new.kind in TAKES_CONTACT else None


def _turn_digest(new: NewTicket) -> bytes | None:
    """The turn that opened it and what for, without its id: a caller's id for a turn may say something of a person."""
    if new.conversation is None or new.turn_id is None:
        return None
    opened = f"\0{new.turn_id}\0{new.kind}\0{new.right or ''}"
    return hashlib.sha256(new.conversation + opened.encode(errors="surrogatepass")).digest()
