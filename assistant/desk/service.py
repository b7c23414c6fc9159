"""The desk's work on the queue, for every door of the desk: opens for someone, reads with a trace, changes one ticket.

Decides who is told and what is written together; which move is legal and which limit applies is the queue's.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec

from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail
from assistant.clock import Clock
from assistant.db.database import Database
from assistant.desk.export import as_csv
from assistant.desk.values import AddressUnusable, StillOpening, Wanted
from assistant.dialogue.addresses import Unusable, address_of
from assistant.redaction.masking import mask
from assistant.reply import Severity
from assistant.security.alerts import Alarm, AlertDesk
from assistant.security.severity import IncidentKind, assess
from assistant.tickets.idempotency import Call, IdempotencyStore
from assistant.tickets.opening import FIRST_VERSION
from assistant.tickets.service import TicketService
from assistant.tickets.values import Entry, Filters, Kind, NewTicket, Page, Regime, Status, TicketCard, TicketView

PAGE = 200
USUAL_LIMIT = 50
ORIGIN = "desk"
ROUTE = "POST /v1/tickets"

_P = ParamSpec("_P")
# An act of the queue on one ticket: session, reference, and whatever else it takes.
Act = Callable[Concatenate[Session, str, _P], object]


@dataclass(frozen=True, slots=True)
class DeskTools:
    """What the desk works with; `wake` has the outbox send at once."""

    database: Database
    tickets: TicketService
    alerts: AlertDesk
    audit: AuditTrail
    calls: IdempotencyStore
    clock: Clock
    wake: Callable[[], None]


class TicketDesk:
    """`actor` is who acts: "key:NAME" or "console". `expect_version` is the version that the caller has read: another
    one is StaleTicket, and None takes whichever there is. A reference may be typed in any way.
    """

    def __init__(self, tools: DeskTools) -> None:
        self._tools = tools
        self._opening: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def open(self, wanted: Wanted, *, actor: str, key: str) -> dict[str, Any]:
        """Open a ticket for someone; its card as JSON, with the version. The desk vouches for the person: no code is
        asked for, and the address stays unproven.

        The same `key` again gives the same answer and does nothing: KeyReused for something else in `wanted`,
        StillOpening while this process is at work on the first call. Raises AddressUnusable.
        """
        tools = self._tools
        new, incident = self._new(wanted, actor=actor)
        call = Call(client=actor, route=ROUTE, key=key, payload=wanted.as_payload())
        with self._alone(actor, key):
            answered = tools.calls.run(call, lambda session: json.dumps(self._opened(session, new, incident)))
        if incident is not None:
            tools.wake()
        answer: dict[str, Any] = json.loads(answered.answer)
        return answer

    def add_report(self, session: Session, reference: str, text: str, *, severity: Severity | None, actor: str) -> None:
        """Add what a person knows to an incident that stands, in the caller's transaction. Where that makes it worse,
        the people on call are told anew.
        """
        masked, tools = mask(text).text, self._tools
        judged = assess(masked)
        if severity is None and judged.kind is not IncidentKind.UNCLEAR:
            severity = judged.severity
        card = tools.tickets.attach(session, reference, text=masked, severity=severity, actor=actor)
        if masked != text:
            # What masking took out the desk may need; a note is sealed.
            tools.tickets.note(session, reference, text, actor=actor)
        tools.alerts.raise_alert(session, _alarm(card, judged.kind, masked, at=tools.clock()))

    def list(self, filters: Filters, *, cursor: str | None = None, limit: int = USUAL_LIMIT) -> Page:
        """A page of the queue; addresses in it are masked."""
        return self._tools.tickets.list(filters, cursor=cursor, limit=limit)

    def export(self, filters: Filters, *, actor: str) -> Iterator[str]:
        """Everything that the filters let through as lines of CSV, safe from formulas; recorded before it begins."""
        self._record(actor, "tickets.exported", "queue")
        return as_csv(lambda cursor: self._tools.tickets.list(filters, cursor=cursor, limit=PAGE))

    def show(self, reference: str, *, actor: str) -> TicketView:
        """The ticket with its personal data in clear; the read is recorded before it is shown."""
        return self._tools.tickets.audited_view(reference, actor=actor)

    def history(self, reference: str, *, actor: str) -> tuple[Entry, ...]:
        """Everything that happened to it, notes and replies in clear; the read is recorded before it is shown."""
        reference = self._tools.tickets.find(reference)
        self._record(actor, "ticket.history_viewed", reference)
        return self._tools.tickets.history(reference)

    def claim(self, reference: str, *, actor: str, expect_version: int | None = None) -> TicketView:
        return self._change(reference, self._tools.tickets.claim, actor=actor, expect_version=expect_version)

    def assign(self, reference: str, to: str, *, actor: str, expect_version: int | None = None) -> TicketView:
        return self._change(reference, self._tools.tickets.assign, to, actor=actor, expect_version=expect_version)

    def transition(
        self, reference: str, to: Status, *, reason: str = "", actor: str, expect_version: int | None = None
    ) -> TicketView:
        move = self._tools.tickets.move
        return self._change(reference, move, to, reason=reason, actor=actor, expect_version=expect_version)

    def extend(
        self, reference: str, until: datetime, *, reason: str, actor: str, expect_version: int | None = None
    ) -> TicketView:
        extend = self._tools.tickets.extend
        return self._change(reference, extend, until, reason=reason, actor=actor, expect_version=expect_version)

    def note(self, reference: str, text: str, *, actor: str, expect_version: int | None = None) -> TicketView:
        return self._change(reference, self._tools.tickets.note, text, actor=actor, expect_version=expect_version)

    def reply(self, reference: str, text: str, *, actor: str, expect_version: int | None = None) -> TicketView:
        """Mail the text to the requester and keep it in the history."""
        return self._change(reference, self._tools.tickets.reply, text, actor=actor, expect_version=expect_version)

    def set_regime(
        self, reference: str, regime: Regime, *, actor: str, expect_version: int | None = None
    ) -> TicketView:
        set_regime = self._tools.tickets.set_regime
        return self._change(reference, set_regime, regime, actor=actor, expect_version=expect_version)

    def acknowledge(
        self, reference: str, *, by: str | None = None, actor: str, expect_version: int | None = None
    ) -> TicketView:
        """A person says "mine" of an incident, and its alerts end. Without `by` it is the caller."""
        who = by or actor.removeprefix("key:")
        acknowledge = self._tools.alerts.acknowledge
        return self._change(reference, acknowledge, who, actor=actor, expect_version=expect_version)

    def _change(self, reference: str, act: Act[_P], *args: _P.args, **kwargs: _P.kwargs) -> TicketView:
        """Do one thing to one ticket and return it as it is now; what of that is shown is the door's."""
        tools = self._tools
        reference = tools.tickets.find(reference)
        tools.database.write(lambda session: act(session, reference, *args, **kwargs))
        tools.wake()
        return tools.tickets.view(reference)

    @contextmanager
    def _alone(self, actor: str, key: str) -> Iterator[None]:
        with self._lock:
            if (actor, key) in self._opening:
                raise StillOpening
            self._opening.add((actor, key))
        try:
            yield
        finally:
            with self._lock:
                self._opening.discard((actor, key))

    def _new(self, wanted: Wanted, *, actor: str) -> tuple[NewTicket, IncidentKind | None]:
        masked = mask(wanted.text).text
        judged = assess(masked) if wanted.kind is Kind.SECURITY_INCIDENT else None
        new = NewTicket(
            reference=self._tools.tickets.new_reference(),
            kind=wanted.kind,
            text=masked,
            right=wanted.right,
            status=Status.RECEIVED,
            severity=wanted.severity or (judged.severity if judged else None),
            contact=_address(wanted.email),
            contact_proven=False,
            # What masking took out the desk may need; it stays sealed.
            details=wanted.text if masked != wanted.text else None,
            origin=ORIGIN,
            on_behalf_of=wanted.on_behalf_of,
            actor=actor,
        )
        return new, judged.kind if judged else None

    def _opened(self, session: Session, new: NewTicket, incident: IncidentKind | None) -> dict[str, Any]:
        card = self._tools.tickets.open(session, new)
        if incident is not None:
            self._tools.alerts.raise_alert(session, _alarm(card, incident, new.text, at=self._tools.clock()))
        return {**card.as_json(), "version": FIRST_VERSION}

    def _record(self, actor: str, action: str, subject: str) -> None:
        audit, at = self._tools.audit, self._tools.clock()
        self._tools.database.write(partial(audit.record, actor=actor, action=action, subject=subject, at=at))


def _alarm(card: TicketCard, kind: IncidentKind, words: str, *, at: datetime) -> Alarm:
    assert card.severity is not None, "an incident has a severity"
    return Alarm(
        reference=card.reference,
        kind=kind,
        severity=card.severity,
        network="",
        status=card.status,
        at=at,
        words=words,
    )


def _address(email: str | None) -> str | None:
    if email is None:
        return None
    address = address_of(email)
    if isinstance(address, Unusable):
        raise AddressUnusable
    return address.value
