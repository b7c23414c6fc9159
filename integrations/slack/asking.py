"""Words to the bot become a turn of the front desk, and its Reply is put before whoever asked. Decides no answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.conversation.lookup import ConversationNotFound
from assistant.conversation.store import TooManyTurns
from assistant.conversation.values import Opened, Transcript
from assistant.organisation import Organisation
from assistant.outbox.service import Outbox
from assistant.outbox.values import Postponed
from assistant.redaction.masking import mask
from assistant.reply import Outcome, Write
from assistant.tickets.service import TicketService
from integrations.slack import answer_blocks, blocks, handling, modals, wording
from integrations.slack.answer_blocks import Shown
from integrations.slack.directory import Directory
from integrations.slack.handling import Handling
from integrations.slack.inbox import Held
from integrations.slack.incoming import Ask, Where
from integrations.slack.modals import Place
from integrations.slack.outgoing import MODAL, OPEN, POST, Audience, Call, Sending, message, to_be_sent
from integrations.slack.places import COMMAND_IDLE, Places
from integrations.slack.roles import Act, Person

STATUS = "assistant.threads.setStatus"
# In a thread of others nobody asked for these.
_KEPT_TO_ITSELF = frozenset({Outcome.CHATTED.value, Outcome.DECLINED.value, Outcome.NOT_UNDERSTOOD.value})


class FrontDesk(Protocol):
    def open(self, *, channel: str, language: str | None) -> Opened: ...
    def take_turn(
        self, conversation_id: str, turn_id: str | None, text: str, *, network: str = ""
    ) -> dict[str, Any]: ...
    def transcript(self, conversation_id: str) -> Transcript: ...
    def feedback(self, conversation_id: str, turn_id: str, *, helpful: bool, comment: str | None) -> None: ...


@dataclass(frozen=True, slots=True)
class AskTools:
    front_desk: FrontDesk
    tickets: TicketService
    organisation: Organisation
    outbox: Outbox
    places: Places
    directory: Directory
    site: str | None
    clock: Clock


class AskDesk:
    def __init__(self, tools: AskTools) -> None:
        self._tools = tools

    def answer(self, held: Held, ask: Ask) -> tuple[Write, ...]:
        """Take the turn, once however often the event comes, and hand over what is to be written with its end."""
        place, tools = place_of(ask), self._tools
        turn_id = held.turn_id
        if not ask.text.strip():
            blank = blocks.exactly(wording.blank(tools.organisation))
            return (self._say(held, (audience_of(ask).tell(wording.blank(tools.organisation), blank),)),)
        reply = self._turn(held, ask, place, turn_id)
        if ask.where is Where.THREAD and reply["outcome"] in _KEPT_TO_ITSELF:
            return ()
        shown, handled = Shown(place, turn_id, tools.site), self._handling(ask, reply)
        calls = self._calls(ask, reply, shown, handled)
        return (self._note(ask), self._say(held, calls), *self._form(held, ask, handled))

    def _turn(self, held: Held, ask: Ask, place: str, turn_id: str) -> dict[str, Any]:
        tools = self._tools
        since = held.received_at - COMMAND_IDLE if ask.where is Where.COMMAND else None
        known = tools.places.conversation(place, ask.user, since=since)
        if known is not None:
            try:
                return tools.front_desk.take_turn(known, turn_id, ask.text, network=f"slack:{ask.user}")
            except (ConversationNotFound, TooManyTurns):
                # Erased, past its retention, or full: a new one begins here.
                pass
        opened = tools.front_desk.open(channel="slack", language=None)
        tools.places.begin(place, ask.user, opened.id)
        return tools.front_desk.take_turn(opened.id, turn_id, ask.text, network=f"slack:{ask.user}")

    def _calls(self, ask: Ask, reply: Mapping[str, Any], shown: Shown, handled: Handling | None) -> tuple[Call, ...]:
        audience, calls = audience_of(ask), []
        if ask.where is Where.MENTION and ask.root == ask.ts:
            # A message to one person shows only in a thread that is there; this makes it one.
            place = {"channel": ask.channel, "thread_ts": ask.root}
            calls.append(Call(POST, {**message(wording.ONLY_YOU), **place}))
        said = answer_blocks.answer(reply, shown)
        if audience.is_shared and answer_blocks.can_be_shared(reply):
            said.append(answer_blocks.share(shown))
        text = answer_blocks.fallback(reply)
        calls += [audience.tell(text, part) for part in blocks.messages(said)]
        if handled is not None:
            drawn = handling.drawn(handled, shown.value("/".join(handled.begins)))
            calls += [audience.tell(wording.HANDLING, part) for part in blocks.messages(drawn)]
        calls.append(audience.tell(" / ".join(wording.HELPFUL), answer_blocks.below(shown)))
        if ask.where is Where.DIRECT:
            calls.append(Call(STATUS, {"channel_id": ask.channel, "thread_ts": ask.root, "status": ""}, optional=True))
        return tuple(calls)

    def _handling(self, ask: Ask, reply: Mapping[str, Any]) -> Handling | None:
        """How to handle it, for a colleague; None for anybody else, and where no help is needed."""
        tools = self._tools
        if not self._person(ask.user).may(Act.HANDLING):
            return None
        return handling.handling_of(reply, tools.tickets, tools.organisation, tools.clock)

    def _form(self, held: Held, ask: Ask, handled: Handling | None) -> tuple[Write, ...]:
        """A command whose words ask for a ticket opens the form over them: in other places a button does."""
        if handled is None or handled.kind is None or not ask.trigger:
            return ()
        kind, right, reference = handled.begins
        place = Place(reference, ask.channel)
        view = modals.report(mask(ask.text).text, kind=kind, right=right, place=place)
        call = Call(OPEN, {"trigger_id": ask.trigger, "view": view})
        sending = Sending(f"{held.name}-form", (call,), purpose=MODAL, priority=0)
        return (self._put(sending),)

    def _person(self, user: str) -> Person:
        """Where Slack cannot be asked, somebody who gets the public answer."""
        try:
            return self._tools.directory.person(user)
        except Postponed:
            return Person(user)

    def _note(self, ask: Ask) -> Write:
        places = self._tools.places

        def write(session: Session) -> None:
            places.touch(session, place_of(ask))
            if ask.where is Where.MENTION:
                places.engage(session, thread_of(ask), ask.user)

        return write

    def _say(self, held: Held, calls: tuple[Call, ...]) -> Write:
        return self._put(Sending(held.name, calls))

    def _put(self, sending: Sending) -> Write:
        return to_be_sent(self._tools.outbox, sending, at=self._tools.clock())


def place_of(ask: Ask) -> str:
    """Where this user's conversation is: in a thread of several people each has their own."""
    return f"{ask.team}/{ask.channel}/{ask.root}/{ask.user}"


def thread_of(ask: Ask) -> str:
    return f"{ask.team}/{ask.channel}/{ask.root}"


def audience_of(ask: Ask) -> Audience:
    thread = "" if ask.where is Where.COMMAND else ask.root
    return Audience(ask.user, ask.channel, thread, ask.respond, is_shared=ask.where is not Where.DIRECT)
