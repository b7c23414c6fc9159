"""A colleague reports for somebody else: the form, prefilled and masked, and the ticket that it becomes."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.desk.service import TicketDesk
from assistant.desk.values import Wanted
from assistant.outbox.service import Outbox
from assistant.outbox.values import Postponed
from assistant.redaction.masking import mask
from assistant.reply import Right, Severity, Write
from assistant.tickets.service import TicketService
from assistant.tickets.values import DONE, Kind, Status
from integrations.slack import modals, wording
from integrations.slack.acting import NotYours
from integrations.slack.directory import Directory
from integrations.slack.inbox import Held
from integrations.slack.incoming import Form, Submission
from integrations.slack.modals import Place
from integrations.slack.outgoing import MODAL, OPEN, Audience, Call, Sending, to_be_sent
from integrations.slack.roles import Act, Person


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
        place = Place(begun.reference, form.channel)
        view = modals.report(mask(begun.text).text, kind=begun.kind, right=begun.right, place=place)
        call = Call(OPEN, {"trigger_id": form.trigger, "view": view})
        return self._said(Sending(held.name, (call,), purpose=MODAL, priority=0))

    def submitted(self, held: Held, sent: Submission) -> tuple[Write, ...]:
        """The ticket, once however often the form arrives; an incident that stands already is added to instead."""
        tools, place = self._tools, modals.place_of(sent.metadata)
        actor, fields = self._reporter(sent.user), sent.fields
        if place.reference:
            card = tools.tickets.card(place.reference)
            if card.status not in DONE:
                text = wording.ADDED.format(reference=card.reference)
                return (self._adding(card.reference, actor, fields), self._told(held, sent, text))
            fields = {**fields, "kind": Kind.SECURITY_INCIDENT.value}
        opened = tools.desk.open(_wanted(fields), actor=actor, key=held.key)
        kind, status = Kind(opened["kind"]), Status(opened["status"])
        named = {"kind": wording.KINDS[kind].lower(), "status": wording.STATUSES[status]}
        said = wording.REOPENED if place.reference else wording.REPORTED
        return (self._told(held, sent, said.format(reference=opened["reference"], gone=place.reference, **named)),)

    def _reporter(self, user: str) -> str:
        """The form opens for colleagues alone. So a report never waits for Slack to say once more who somebody is."""
        with suppress(Postponed):
            if not self.may_report(user):
                raise NotYours
        return Person(user).actor

    def _adding(self, reference: str, actor: str, fields: Mapping[str, str]) -> Write:
        """Its words masked, whom it concerns in a sealed note."""
        severity = Severity(fields["severity"]) if fields.get("severity") else None
        about = [fields.get(name, "").strip() for name in ("on_behalf_of", "email")]

        def write(session: Session) -> None:
            self._tools.desk.add_report(session, reference, fields["text"], severity=severity, actor=actor)
            if any(about):
                self._tools.tickets.note(session, reference, "\n".join(filter(None, about)), actor=actor)

        return write

    def _told(self, held: Held, sent: Submission, text: str) -> Write:
        return self._said(Sending(held.name, (Audience(sent.user).tell(text),)))

    def _said(self, sending: Sending) -> Write:
        return to_be_sent(self._tools.outbox, sending, at=self._tools.clock())


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
