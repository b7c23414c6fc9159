"""What a stored event leads to: which desk of the bot deals with it, and the small things that need no desk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from assistant.errors import Invalid, NotFound
from assistant.reply import Write
from assistant.tickets.values import Filters, Kind, TicketRow
from integrations.slack import answer_blocks, blocks, boards, modals, wording
from integrations.slack.acting import BUTTONS, FORMS, ActDesk, NotYours
from integrations.slack.answer_blocks import Shown, turn_of
from integrations.slack.asking import AskDesk, AskTools, audience_of
from integrations.slack.inbox import Held
from integrations.slack.incoming import Ask, Form, Opened, Press, Submission, Value, Where
from integrations.slack.links import Links
from integrations.slack.outgoing import IN_CHANNEL, POST, RESPOND, Audience, Call, Sending, message, to_be_sent
from integrations.slack.reporting import Begun, ReportDesk
from integrations.slack.roles import Act

PUBLISH, PROMPTS = "views.publish", "assistant.threads.setSuggestedPrompts"
MOST_PROMPTS = 4
_HOME_ROWS = 30


class Gone(NotFound):
    def __init__(self) -> None:
        super().__init__(wording.GONE)


class UnknownForm(Invalid):
    def __init__(self) -> None:
        super().__init__(wording.UNKNOWN_FORM)


@dataclass(frozen=True, slots=True)
class Desks:
    asking: AskDesk
    acting: ActDesk
    reporting: ReportDesk
    tools: AskTools
    list_tickets: Callable[..., Any]
    links: Links


class Reactions:
    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._presses: Mapping[str, Callable[[Held, Press], tuple[Write, ...]]] = {
            answer_blocks.FEEDBACK: self._feedback,
            answer_blocks.SHARE: self._share,
            answer_blocks.FOR_A_CLIENT: self._for_a_client,
        }

    def to(self, held: Held, value: Value) -> tuple[Write, ...]:
        """What is to be written with the end of the event. Raises what the assistant refuses."""
        if isinstance(value, Ask):
            return self._desks.asking.answer(held, value)
        if isinstance(value, Form):
            return self._form(held, value)
        if isinstance(value, Press):
            return self._pressed(held, value)
        if isinstance(value, Submission):
            return self._submitted(held, value)
        return self._opened(held, value)

    def _pressed(self, held: Held, press: Press) -> tuple[Write, ...]:
        if press.action in self._presses:
            return self._presses[press.action](held, press)
        if press.action in BUTTONS:
            return self._desks.acting.pressed(held, press)
        raise UnknownForm

    def _submitted(self, held: Held, sent: Submission) -> tuple[Write, ...]:
        if sent.form == modals.REPORT:
            return self._desks.reporting.submitted(held, sent)
        if sent.form in FORMS:
            return self._desks.acting.submitted(held, sent)
        raise UnknownForm

    def _form(self, held: Held, form: Form) -> tuple[Write, ...]:
        """The report form; what a guest writes is taken as any visitor's words."""
        if self._desks.reporting.may_report(form.user):
            return (self._desks.reporting.form(held, form, Begun(form.text)),)
        if not form.text.strip():
            audience = Audience(form.user, form.channel, respond=form.respond, is_shared=True)
            return (self._say(held, audience.tell(wording.GUEST_REPORT)),)
        ask = Ask(Where.COMMAND, "", form.channel, form.user, "command", "", form.text, form.respond)
        return self._desks.asking.answer(held, ask)

    def _feedback(self, held: Held, press: Press) -> tuple[Write, ...]:
        word, turn_id, place = turn_of(press.value)
        conversation = self._conversation(place, press.user)
        self._desks.tools.front_desk.feedback(conversation, turn_id, helpful=word == "good", comment=None)
        audience = Audience(press.user, press.channel, press.thread, is_shared=bool(press.channel))
        return (self._say(held, audience.tell(wording.THANKS)),)

    def _share(self, held: Held, press: Press) -> tuple[Write, ...]:
        """The answer as it was given, for everybody in the thread. The place is the button's own, and its asker's."""
        _, turn_id, place = turn_of(press.value)
        reply, _ = self._turn(place, press.user, turn_id)
        if not answer_blocks.can_be_shared(reply):
            raise NotYours
        shown = Shown(place, turn_id, self._desks.tools.site)
        by = wording.SHARED.format(who=blocks.who(f"slack:{press.user}"))
        _, channel, root, _ = (*place.split("/"), "", "", "")[:4]
        if root == "command" and press.respond:
            # A command works where the bot is no member and may not post: its own address lets it speak there.
            method, where = RESPOND, {"url": press.respond, "user": press.user, **IN_CHANNEL}
        else:
            method, where = POST, {"channel": channel, **({} if root == "command" else {"thread_ts": root})}
        body = blocks.messages([*answer_blocks.answer(reply, shown), blocks.context(by)])
        said = [Call(method, {**message(answer_blocks.fallback(reply), part), **where}) for part in body]
        return (self._say(held, *said),)

    def _for_a_client(self, held: Held, press: Press) -> tuple[Write, ...]:
        begins, turn_id, place = turn_of(press.value)
        kind, right, reference = (*begins.split("/"), "", "", "")[:3]
        _, text = self._turn(place, press.user, turn_id)
        form = Form(press.user, press.channel, press.trigger, text)
        return (self._desks.reporting.form(held, form, Begun(text, kind, right, reference)),)

    def _turn(self, place: str, user: str, turn_id: str) -> tuple[dict[str, Any], str]:
        """The reply of a turn of this user, and what they wrote, masked."""
        transcript = self._desks.tools.front_desk.transcript(self._conversation(place, user))
        found = next((turn for turn in transcript.turns if turn.turn_id == turn_id), None)
        if found is None:
            raise Gone
        return found.reply, found.text

    def _conversation(self, place: str, user: str) -> str:
        conversation = self._desks.tools.places.conversation(place, user)
        if conversation is None:
            raise Gone
        return conversation

    def _opened(self, held: Held, opened: Opened) -> tuple[Write, ...]:
        if opened.tab != "home":
            suggestions = self._desks.tools.organisation.suggestions[:MOST_PROMPTS]
            prompts = [{"title": blocks.cut(each, blocks.BUTTON), "message": each} for each in suggestions]
            asked = {"channel_id": opened.channel, "title": wording.TRY, "prompts": prompts}
            return (self._say(held, Call(PROMPTS, asked, optional=True)),) if prompts else ()
        return (self._say(held, Call(PUBLISH, {"user_id": opened.user, "view": self._home(opened.user)})),)

    def _home(self, user: str) -> dict[str, Any]:
        tools = self._desks.tools
        person = tools.directory.person(user)
        if not (person.may(Act.QUEUE) or person.may(Act.INCIDENTS)):
            return blocks.home(boards.introduction(is_member=person.is_member))
        now = tools.clock()
        lists: dict[str, tuple[TicketRow, ...]] = {}
        if person.may(Act.INCIDENTS):
            lists["incidents"] = self._listed(Filters(status="open", kind=Kind.SECURITY_INCIDENT))
        if person.may(Act.QUEUE):
            queue = [row for row in self._listed(Filters(status="open")) if row.card.kind is not Kind.SECURITY_INCIDENT]
            lists["overdue"] = tuple(row for row in queue if row.card.due and row.card.due.at <= now)
            lists["mine"] = self._listed(Filters(status="open", assignee=person.actor))
            lists["unclaimed"] = tuple(row for row in queue if row.assignee is None)
        shown = {row.card.reference for rows in lists.values() for row in rows}
        return boards.home(lists, self._desks.links.of(shown))

    def _listed(self, filters: Filters) -> tuple[TicketRow, ...]:
        page = self._desks.list_tickets(filters, limit=_HOME_ROWS if filters.assignee else 200)
        return cast("tuple[TicketRow, ...]", page.items)

    def _say(self, held: Held, *calls: Call) -> Write:
        tools = self._desks.tools
        return to_be_sent(tools.outbox, Sending(held.name, calls), at=tools.clock())


def audience_for(value: Value) -> Audience:
    """Whom a refusal is told."""
    if isinstance(value, Ask):
        return audience_of(value)
    if isinstance(value, Form):
        return Audience(value.user, value.channel, respond=value.respond, is_shared=bool(value.channel))
    if isinstance(value, Press):
        return Audience(value.user, value.channel, value.thread, is_shared=bool(value.channel))
    if isinstance(value, Submission):
        return Audience(value.user)
    return Audience(value.user)
