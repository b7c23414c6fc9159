"""A colleague reports for somebody else: the form, prefilled and masked, and the ticket that it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.desk.service import TicketDesk
from assistant.desk.values import Wanted
from assistant.outbox.service import Outbox
from assistant.redaction.masking import mask
from assistant.reply import Right, Severity, Write
from assistant.tickets.service import TicketService
from assistant.tickets.values import Kind, Status
from integrations.slack import modals, wording
from integrations.slack.acting import NotYours
from integrations.slack.directory import Directory
from integrations.slack.inbox import Held
from integrations.slack.incoming import Form, Submission
from integrations.slack.modals import Place
from integrations.slack.outgoing import MODAL, OPEN, Audience, Call, Sending, put
from integrations.slack.roles import Act


@dataclass(frozen=True, slots=True)
class Begun:
    """What the form begins with; `reference` is an incident that the message has opened already."""

    text: str
    kind: str = ""
    right: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ReportTools:
    tickets: TicketService
    desk: TicketDesk
    outbox: Outbox
    directory: Directory
    clock: Clock


class ReportDesk:
    def __init__(self, tools: ReportTools) -> None:
        self._tools = tools

    def may_report(self, user: str) -> bool:
        return self._tools.directory.person(user).may(Act.REPORT)

    def form(self, held: Held, form: Form, begun: Begun) -> Write:
        """Open the form over what the colleague sees. NotYours for a guest."""
        if not self.may_report(form.user):
            raise NotYours
        place = Place(begun.reference, form.channel, "")
        view = modals.report(mask(begun.text).text, kind=begun.kind, right=begun.right, place=place)
        call = Call(OPEN, {"trigger_id": form.trigger, "view": view})
        return self._said(Sending(_name(held), (call,), purpose=MODAL, priority=0))

    def submitted(self, held: Held, sent: Submission) -> tuple[Write, ...]:
        """The ticket, once however often the form arrives; one that is there already is added to instead."""
        tools, place = self._tools, modals.place_of(sent.metadata)
        person = tools.directory.person(sent.user)
        if not person.may(Act.REPORT):
            raise NotYours
        audience = Audience(sent.user)
        if place.reference and sent.fields.get("kind") == Kind.SECURITY_INCIDENT:
            reference = tools.tickets.find(place.reference)
            text = wording.ADDED.format(reference=reference)
            add = _adding(tools.tickets, reference, person.actor, sent.fields)
            return (add, self._said(Sending(_name(held), (audience.tell(text),))))
        card = tools.desk.open(_wanted(sent.fields), actor=person.actor, key=held.key)
        named = {"kind": wording.KINDS[Kind(card["kind"])].lower(), "status": wording.STATUSES[Status(card["status"])]}
        text = wording.REPORTED.format(reference=card["reference"], **named)
        return (self._said(Sending(_name(held), (audience.tell(text),))),)

    def _said(self, sending: Sending) -> Write:
        at = self._tools.clock()
        return lambda session: put(self._tools.outbox, session, sending, at=at)


def _wanted(fields: Mapping[str, str]) -> Wanted:
    kind = Kind(fields["kind"])
    is_request, is_incident = kind is Kind.RIGHTS_REQUEST, kind is Kind.SECURITY_INCIDENT
    return Wanted(
        kind=kind,
        text=fields["text"],
        right=Right(fields["right"]) if is_request and fields.get("right") else None,
        email=fields.get("email", "").strip() or None,
        severity=Severity(fields["severity"]) if is_incident and fields.get("severity") else None,
        on_behalf_of=fields.get("on_behalf_of", "").strip() or None,
    )


def _adding(tickets: TicketService, reference: str, actor: str, fields: Mapping[str, str]) -> Write:
    """To an incident that stands already: its words masked, whom it concerns in a sealed note."""
    severity = Severity(fields["severity"]) if fields.get("severity") else None
    about = [fields.get(name, "").strip() for name in ("on_behalf_of", "email")]

    def write(session: Session) -> None:
        tickets.attach(session, reference, text=mask(fields["text"]).text, severity=severity, actor=actor)
        if any(about):
            tickets.note(session, reference, "\n".join(filter(None, about)), actor=actor)

    return write


def _name(held: Held) -> str:
    return f"slack-{held.key[:48]}"
