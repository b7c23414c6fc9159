"""Buttons and forms become acts of the queue, each in one transaction with the end of its event.

Decides only who may.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.desk.service import TicketDesk
from assistant.errors import NotAllowed
from assistant.organisation import Organisation
from assistant.outbox.service import Outbox
from assistant.reply import Write
from assistant.security.alerts import AlertDesk
from assistant.tickets.service import TicketService
from assistant.tickets.values import Kind, Status
from integrations.slack import blocks, boards, modals, wording
from integrations.slack.blocks import Block
from integrations.slack.directory import Directory
from integrations.slack.inbox import Arrival, Held
from integrations.slack.incoming import Opened, Press, Submission, arrival
from integrations.slack.modals import Place
from integrations.slack.outgoing import MODAL, OPEN, Audience, Call, Sending, to_be_sent
from integrations.slack.roles import Act, Person

_ACTS: Mapping[str, Act] = {
    boards.CLAIM: Act.CLAIM,
    boards.NOTE: Act.NOTE,
    boards.REPLY: Act.REPLY,
    boards.EXTEND: Act.EXTEND,
    boards.RESOLVE: Act.RESOLVE,
    boards.DETAILS: Act.DETAILS,
    boards.ACKNOWLEDGE: Act.RESPOND,
    boards.ASSIGN: Act.RESPOND,
    boards.DISMISS: Act.RESPOND,
}
# What only an approver may end a request with.
_REFUSING = frozenset({Status.DENIED, Status.PARTIALLY_FULFILLED})


class NotYours(NotAllowed):
    def __init__(self) -> None:
        super().__init__(wording.NOT_YOURS)


@dataclass(frozen=True, slots=True)
class ActTools:
    """`show` brings the posts of a ticket up to date; `take_in` hands something more to the inbox."""

    tickets: TicketService
    alerts: AlertDesk
    desk: TicketDesk
    outbox: Outbox
    directory: Directory
    organisation: Organisation
    show: Callable[[Session, str], None]
    take_in: Callable[[Session, Arrival], None]
    clock: Clock


@dataclass(frozen=True, slots=True)
class _By:
    """Who sent a form off, and the version of the ticket that they had read; None where any will do."""

    actor: str
    read: int | None


class ActDesk:
    def __init__(self, tools: ActTools) -> None:
        self._tools = tools

    def pressed(self, held: Held, press: Press) -> tuple[Write, ...]:
        """A button of a ticket. Raises what the queue refuses; None of it is done then."""
        tools = self._tools
        if press.action == boards.ACKNOWLEDGE_ALL:
            return (self._acknowledge_all(press.user),)
        reference = tools.tickets.find(press.value)
        person = self._allowed(press.user, press.action, reference)
        place = Place(reference, press.channel)
        if press.action == boards.DETAILS:
            return (self._details(held, press, place, person),)
        if press.action in _AT_ONCE:
            act = _AT_ONCE[press.action](tools, reference, person.actor)
            return (act, *self._after(held, press, reference))
        return (self._opened(held, press, self._form(press.action, place)),)

    def submitted(self, held: Held, sent: Submission) -> tuple[Write, ...]:
        tools, place = self._tools, modals.place_of(sent.metadata)
        reference = tools.tickets.find(place.reference)
        person = self._allowed(sent.user, sent.form, reference)
        if sent.form == modals.RESOLVE and Status(sent.fields["to"]) in _REFUSING and not person.may(Act.REFUSE):
            raise NotYours
        by = _By(person.actor, place.version or None)
        act = _BY_FORM[sent.form](tools, reference, by, sent.fields)
        audience = Audience(sent.user, place.channel, is_shared=bool(place.channel))
        done = audience.tell(wording.DONE[sent.form].format(reference=reference))
        show: Write = lambda session: tools.show(session, reference)  # noqa: E731 a write among writes
        return (act, show, self._said(held, done))

    def _acknowledge_all(self, user: str) -> Write:
        """Everything that the post of a flood tells of; the board then says so."""
        person, alerts = self._tools.directory.person(user), self._tools.alerts
        if not person.may(Act.RESPOND):
            raise NotYours

        def write(session: Session) -> None:
            alerts.acknowledge_digest(session, person.actor, actor=person.actor)

        return write

    def _allowed(self, user: str, action: str, reference: str) -> Person:
        """Whoever may do this to this ticket: an incident is for those who respond to incidents, whatever is done."""
        person = self._tools.directory.person(user)
        is_incident = self._tools.tickets.card(reference).kind is Kind.SECURITY_INCIDENT
        if not person.may(Act.RESPOND if is_incident else _ACTS[action]):
            raise NotYours
        return person

    def _after(self, held: Held, press: Press, reference: str) -> tuple[Write, ...]:
        """The posts that show the ticket, and the Home tab if it was pressed there."""
        tools = self._tools
        home = arrival(Opened(press.user, "", "home"), id=f"after-{held.key}", lane=f"home/{press.user}")
        writes: list[Write] = [lambda session: tools.show(session, reference)]
        if press.surface == "home":
            writes.append(lambda session: tools.take_in(session, home))
        return tuple(writes)

    def _form(self, action: str, place: Place) -> Block:
        tools = self._tools
        view = tools.tickets.view(place.reference)
        if action in modals.GUARDED:
            place = replace(place, version=view.version)
        today = tools.clock().astimezone(tools.organisation.zone).date()
        if action == boards.RESOLVE:
            made = modals.resolve(place, view)
            if made is None:
                raise NotAllowed(wording.ENDED)
            return made
        if action == boards.EXTEND:
            return modals.extend(place, today=today)
        return {boards.NOTE: modals.note, boards.REPLY: modals.reply, boards.DISMISS: modals.dismiss}[action](place)

    def _opened(self, held: Held, press: Press, view: Block) -> Write:
        return self._said(held, Call(OPEN, {"trigger_id": press.trigger, "view": view}))

    def _details(self, held: Held, press: Press, place: Place, person: Person) -> Write:
        """The look is in the audit trail before anything is said."""
        body = boards.details(self._tools.desk.show(place.reference, actor=person.actor))
        if press.surface == "home" or not press.channel:
            return self._opened(held, press, modals.looked_at(body))
        audience = Audience(press.user, press.channel, is_shared=True)
        return self._said(held, *(audience.tell(wording.DETAILS, part) for part in blocks.messages(body)))

    def _said(self, held: Held, *calls: Call) -> Write:
        sending = Sending(held.name, calls)
        if calls[0].method == OPEN:
            sending = replace(sending, purpose=MODAL, priority=0)
        return to_be_sent(self._tools.outbox, sending, at=self._tools.clock())


def _claim(tools: ActTools, reference: str, actor: str) -> Write:
    return lambda session: tools.tickets.claim(session, reference, actor=actor)


def _acknowledge(tools: ActTools, reference: str, actor: str) -> Write:
    def write(session: Session) -> None:
        tools.alerts.acknowledge(session, reference, actor, actor=actor)

    return write


def _assign(tools: ActTools, reference: str, actor: str) -> Write:
    """Whoever takes an incident has also said "mine"."""

    def write(session: Session) -> None:
        tools.alerts.acknowledge(session, reference, actor, actor=actor)
        if tools.tickets.line(session, reference).assignee != actor:
            tools.tickets.assign(session, reference, actor, actor=actor)

    return write


def _note(tools: ActTools, reference: str, by: _By, fields: Mapping[str, str]) -> Write:
    def write(session: Session) -> None:
        tools.tickets.note(session, reference, fields["note"], actor=by.actor)

    return write


def _reply(tools: ActTools, reference: str, by: _By, fields: Mapping[str, str]) -> Write:
    def write(session: Session) -> None:
        tools.tickets.reply(session, reference, fields["reply"], actor=by.actor, expect_version=by.read)

    return write


def _extend(tools: ActTools, reference: str, by: _By, fields: Mapping[str, str]) -> Write:
    now: datetime = tools.clock().astimezone(tools.organisation.zone)
    until = modals.end_of_day(fields["until"], now)
    reason = fields["reason"]

    def write(session: Session) -> None:
        tools.tickets.extend(session, reference, until, reason=reason, actor=by.actor, expect_version=by.read)

    return write


def _resolve(tools: ActTools, reference: str, by: _By, fields: Mapping[str, str]) -> Write:
    to = Status(fields["to"])

    def write(session: Session) -> None:
        reason = fields.get("reason", "")
        tools.tickets.move(session, reference, to, reason=reason, actor=by.actor, expect_version=by.read)

    return write


def _dismiss(tools: ActTools, reference: str, by: _By, fields: Mapping[str, str]) -> Write:
    reason = wording.DISMISSED.format(reason=fields["reason"])

    def write(session: Session) -> None:
        tools.alerts.acknowledge(session, reference, by.actor, actor=by.actor, expect_version=by.read)
        tools.tickets.move(session, reference, Status.CLOSED, reason=reason, actor=by.actor)

    return write


_AT_ONCE: Mapping[str, Callable[[ActTools, str, str], Write]] = {
    boards.CLAIM: _claim,
    boards.ACKNOWLEDGE: _acknowledge,
    boards.ASSIGN: _assign,
}
_BY_FORM: Mapping[str, Callable[[ActTools, str, _By, Mapping[str, str]], Write]] = {
    modals.NOTE: _note,
    modals.REPLY: _reply,
    modals.EXTEND: _extend,
    modals.RESOLVE: _resolve,
    modals.DISMISS: _dismiss,
}
BUTTONS = frozenset({*_ACTS, boards.ACKNOWLEDGE_ALL})
FORMS = frozenset(_BY_FORM)
