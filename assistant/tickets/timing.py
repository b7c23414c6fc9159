"""The clocks of one ticket as rows: which runs, which governs, when the next warning is due. Sends no warning."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assistant.tickets.clocks import after_pause, next_warning
from assistant.tickets.deadlines import governing
from assistant.tickets.models import StoredDeadline, StoredTicket
from assistant.tickets.repository import deadlines_of
from assistant.tickets.values import BasisKind, ClockName, Deadline, Regime, Status


def deadline_row(deadline: Deadline, *, ticket_number: int, starts_at: datetime, watched: bool) -> dict[str, Any]:
    """The columns of a new deadline; `watched`: whether the desk may be warned of it already."""
    return {
        "ticket_number": ticket_number,
        "name": deadline.name.value,
        "starts_at": starts_at,
        "due_at": deadline.due_at,
        "basis": deadline.basis.value,
        "cite": deadline.cite,
        "source": deadline.source,
        "regime": deadline.regime.value if deadline.regime else None,
        "in_force": deadline.in_force,
        "governs": deadline.governs,
        "notified_at": None,
        "stopped_at": deadline.stopped_at,
        "warned": 0,
        "next_warning_at": next_warning(starts_at, deadline.due_at, warned=0) if watched else None,
    }


def deadline_of(row: StoredDeadline) -> Deadline:
    return Deadline(
        name=ClockName(row.name),
        due_at=row.due_at,
        basis=BasisKind(row.basis),
        cite=row.cite,
        source=row.source,
        regime=Regime(row.regime) if row.regime else None,
        in_force=row.in_force,
        governs=row.governs,
        stopped_at=row.stopped_at,
    )


def refresh(session: Session, ticket: StoredTicket) -> None:
    """Write what follows from the ticket's clocks: its due date with its basis, and when to warn next."""
    rows = deadlines_of(session, ticket.number)
    chosen = governing([deadline_of(row) for row in rows])
    if chosen is not None:
        for index, row in enumerate(rows):
            row.governs = index == chosen
        _show(ticket, rows[chosen])
    for row in rows:
        watched = _is_watched(row, ticket)
        row.next_warning_at = next_warning(row.starts_at, row.due_at, warned=row.warned) if watched else None
    session.flush()


def stop(session: Session, ticket: StoredTicket, *, at: datetime, names: Collection[ClockName] = ()) -> None:
    """Stop these clocks, or all of them; what was due stays to be seen."""
    for row in deadlines_of(session, ticket.number):
        if row.stopped_at is None and (not names or row.name in names):
            row.stopped_at, row.next_warning_at = at, None
    session.flush()


def go_on(session: Session, ticket: StoredTicket, *, at: datetime) -> None:
    """End a pause: what the law had stopped is due as much later."""
    paused_at, ticket.paused_at = ticket.paused_at, None
    if paused_at is None:
        return
    for row in deadlines_of(session, ticket.number):
        if row.stopped_at is None and _may_pause(row):
            row.due_at = after_pause(row.due_at, paused_at=paused_at, resumed_at=at)
    refresh(session, ticket)


def _show(ticket: StoredTicket, row: StoredDeadline) -> None:
    ticket.due_at, ticket.due_kind, ticket.due_cite = row.due_at, row.basis, row.cite
    ticket.sort_at = row.due_at


def _may_pause(row: StoredDeadline) -> bool:
    return row.basis == BasisKind.LAW and row.name == ClockName.ANSWER


def _is_watched(row: StoredDeadline, ticket: StoredTicket) -> bool:
    """A target that something binding displaced is not; nor is anything before the address is proven."""
    runs = row.stopped_at is None and row.in_force and not (ticket.paused_at and _may_pause(row))
    displaced = row.basis == BasisKind.TARGET and not row.governs
    return runs and not displaced and ticket.status != Status.AWAITING_VERIFICATION
