"""The security desk: takes a report at once, tells the visitor what to do, and has the people on call told.

Needs the database alone: no encoder, no index, no code by mail. Whether a message is a report is decided elsewhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from assistant.contacts import privacy_contact, urgent_contact
from assistant.organisation import Organisation
from assistant.redaction.masking import Found
from assistant.reply import Intent, Outcome, Part, PartKind, Piece, Severity, Write
from assistant.security import wording
from assistant.security.alerts import Alarm, AlertDesk
from assistant.security.severity import Assessment, assess, worse
from assistant.tickets.service import TicketService
from assistant.tickets.values import Kind, NewTicket, TicketCard
from assistant.visit import Visit

# What tells the responders where it came from. Secrets, cards and identity numbers of a report are not kept at all.
_TRACES: Mapping[str, str] = {
    "email": "e-mail address",
    "phone": "phone number",
    "ip": "IP address",
    "upi": "UPI address",
    "iban": "bank account",
}


class SecurityDesk:
    def __init__(
        self, tickets: TicketService, alerts: AlertDesk, organisation: Organisation, wake: Callable[[], None]
    ) -> None:
        self._tickets = tickets
        self._alerts = alerts
        self._organisation = organisation
        self._wake = wake

    def report(self, visit: Visit, severity: Severity | None = None) -> Piece:
        """The incident of this visit with its instructions; a conversation with an open one adds to it.

        `severity` is what triage makes of the message: it can raise what the rules say and not lower it.
        """
        found = assess(visit.text)
        found = replace(found, severity=worse(found.severity, severity))
        known = self._tickets.incident_of(visit.conversation)
        return self._opened(visit, found) if known is None else self._added(visit, found, known)

    def _opened(self, visit: Visit, found: Assessment) -> Piece:
        new = NewTicket(
            reference=self._tickets.new_reference(),
            kind=Kind.SECURITY_INCIDENT,
            text=visit.text,
            severity=found.severity,
            conversation=visit.conversation,
            turn_id=visit.turn_id,
            details=_traces(visit.found),
            noticed_at=visit.now,
            opened_at=visit.now,
            origin=visit.channel,
            network=visit.network,
            privacy_control=visit.privacy_control,
            actor="visitor",
        )

        def write(session: Session) -> None:
            card = self._tickets.open(session, new)
            self._alerts.raise_alert(session, _alarm(visit, found, card))

        card = self._tickets.preview(new)
        return self._piece(visit, found, card, wording.recorded(visit.words, card.reference, found.severity), write)

    def _added(self, visit: Visit, found: Assessment, known: TicketCard) -> Piece:
        worst = worse(found.severity, known.severity)
        card = replace(known, severity=worst)

        def write(session: Session) -> None:
            self._tickets.attach(session, card.reference, text=visit.text, severity=worst, actor="visitor")
            self._alerts.raise_alert(session, _alarm(visit, replace(found, severity=worst), card))

        return self._piece(visit, found, card, wording.added(visit.words, card.reference, worst), write)

    def _piece(self, visit: Visit, found: Assessment, card: TicketCard, state: str, write: Write) -> Piece:
        words = visit.words
        parts = (
            Part(PartKind.INSTRUCTION, wording.now(words, found.kind)),
            Part(PartKind.INSTRUCTION, wording.not_here(words, found.kind)),
            Part(PartKind.CONTACT, urgent_contact(words, self._organisation, "contact.urgent_report")),
            Part(PartKind.TICKET, state),
            Part(PartKind.CONTACT, privacy_contact(words, self._organisation)),
        )
        return Piece(
            intent=Intent.SECURITY_REPORT,
            outcome=Outcome.TICKET_OPENED,
            parts=parts,
            tickets=(card.as_json(),),
            writes=(write,),
            after=(self._wake,),
        )


def _alarm(visit: Visit, found: Assessment, card: TicketCard) -> Alarm:
    return Alarm(
        reference=card.reference,
        kind=found.kind,
        severity=found.severity,
        network=visit.network,
        status=card.status,
        at=visit.now,
        words=visit.text,
    )


def _traces(found: tuple[Found, ...]) -> str | None:
    """Addresses and numbers that stood in the report, for the ticket's sealed details; None where there are none."""
    lines = [f"{_TRACES[item.kind]}: {item.value}" for item in found if item.kind in _TRACES]
    return "\n".join(dict.fromkeys(lines)) or None
