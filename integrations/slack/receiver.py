"""Bolt's listeners: each stores what came and returns, which acknowledges it. Nothing is answered here."""

import json
import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient

from assistant.clock import Clock
from assistant.db.database import Database
from assistant.outbox.service import Outbox
from assistant.reply import Write
from assistant.tickets.errors import TicketNotFound
from assistant.tickets.service import TicketService
from integrations.api.limits import Rate, RateLimiter
from integrations.slack import incoming, modals, wording
from integrations.slack.asking import STATUS, audience_of, place_of, thread_of
from integrations.slack.gate import Answered
from integrations.slack.inbox import Arrival, Inbox
from integrations.slack.incoming import COMMAND, Ask, Submission, Where
from integrations.slack.outgoing import Call, Sending, to_be_sent
from integrations.slack.places import Places
from integrations.slack.settings import SlackSettings

SHORTCUT = "report_message"
MESSAGES = Rate("messages_per_slack_user", 20, 20, wording.SLOW_DOWN)
_ANY = re.compile(".*", re.DOTALL)
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Receiver:
    """`news` has the worker look, `wake` the outbox."""

    settings: SlackSettings
    database: Database
    inbox: Inbox
    places: Places
    outbox: Outbox
    clock: Clock
    tickets: TicketService
    limiter: RateLimiter
    news: Callable[[], None]
    wake: Callable[[], None]

    def message(self, body: Body) -> None:
        """A person's words. What nobody says to the bot is not stored."""
        ask = incoming.message_of(body)
        if ask is None or not self._is_for_us(ask, body):
            return
        # A mention comes twice, as itself and as a message: both are the one that stands there at that time.
        arrived = incoming.arrival(ask, id=f"{ask.team}/{ask.channel}/{ask.ts}", lane=place_of(ask))
        if self.inbox.knows(arrived):
            return
        if self.limiter.take(MESSAGES, ask.user):
            self._slow_down(ask)
        else:
            self._take(arrived, beside=self._status(ask))

    def opened(self, body: Body) -> None:
        value = incoming.opened_of(body)
        if value.user and value.tab in {"home", "messages"}:
            self._take(incoming.arrival(value, id=str(body.get("event_id")), lane=f"home/{value.user}"))

    def command(self, body: Body) -> str:
        """What is said at once, where it does not answer there."""
        value = incoming.command_of(body)
        if not self._may_answer_in(value.channel) and not value.channel.startswith("D"):
            return wording.NOT_HERE
        lane = place_of(value) if isinstance(value, Ask) else f"form/{value.user}"
        arrived = incoming.arrival(value, id=_trigger(body), lane=lane)
        if not self.inbox.knows(arrived) and self.limiter.take(MESSAGES, value.user):
            return wording.SLOW_DOWN
        self._take(arrived)
        return ""

    def shortcut(self, body: Body) -> None:
        value = incoming.shortcut_of(body)
        self._take(incoming.arrival(value, id=_trigger(body), lane=f"form/{value.user}"))

    def press(self, body: Body) -> None:
        value = incoming.press_of(body)
        name = f"{_trigger(body)}/{value.action}"
        self._take(incoming.arrival(value, id=name, lane=f"press/{value.value}"))

    def submission(self, body: Body) -> dict[str, str]:
        """What is wrong with a form, by field; what is right is stored."""
        value = incoming.submission_of(body)
        errors = modals.errors_in(value.form, value.fields)
        arrived = incoming.arrival(value, id=_sent_off(body, value), lane=f"form/{value.user}")
        # What was taken in already has changed the ticket by itself.
        if not errors and not self.inbox.knows(arrived):
            errors = self._stale(value)
        if not errors:
            self._take(arrived)
        return errors

    def _stale(self, value: Submission) -> dict[str, str]:
        """Said while the form is still open, so that nothing that was typed is lost. Decided again when it is done."""
        place = modals.place_of(value.metadata)
        if value.form not in modals.GUARDED or not place.version:
            return {}
        with suppress(TicketNotFound):
            if self.tickets.view(place.reference).version != place.version:
                return {modals.GUARDED[value.form]: wording.STALE.format(reference=place.reference)}
        return {}

    def _is_for_us(self, ask: Ask, body: Body) -> bool:
        if ask.where is Where.DIRECT:
            return True
        if not self._may_answer_in(ask.channel):
            return False
        if ask.where is Where.MENTION:
            return True
        text = str(body.get("event", {}).get("text", ""))
        return self.places.is_engaged(thread_of(ask), ask.user, speaks_to=sorted(incoming.mentioned(text)))

    def _may_answer_in(self, channel: str) -> bool:
        allowed = self.settings.channels
        return not allowed or channel in allowed or channel in {
            self.settings.security_channel, self.settings.queue_channel,
        }  # fmt: skip

    def _status(self, ask: Ask) -> tuple[Write, ...]:
        """That it is being read, where the agent view shows that."""
        if ask.where is not Where.DIRECT:
            return ()
        said = {"channel_id": ask.channel, "thread_ts": ask.root, "status": wording.STATUS}
        call = Call(STATUS, {**said, "loading_messages": list(wording.STATUS_STEPS)}, optional=True)
        name = f"slack-status-{ask.channel}-{ask.ts.replace('.', '-')}"
        return (to_be_sent(self.outbox, Sending(name[:64], (call,), priority=1), at=self.clock()),)

    def _slow_down(self, ask: Ask) -> None:
        """Said once a minute; what was too much is not taken in."""
        at = self.clock()
        call = audience_of(ask).tell(wording.SLOW_DOWN)
        sending = Sending(f"slack-slow-{ask.user[:20]}-{int(at.timestamp()) // 60}", (call,))
        self.database.write(to_be_sent(self.outbox, sending, at=at))
        self.wake()

    def _take(self, arrived: Arrival, beside: tuple[Write, ...] = ()) -> None:
        if self.inbox.take_in(arrived, beside):
            self.news()
            if beside:
                self.wake()


def make_bolt(settings: SlackSettings, receiver: Receiver, client: WebClient) -> App:
    """Bolt with our listeners. It asks Slack for nothing: who we are comes with each payload."""
    app = App(
        name="privacy-assistant",
        logger=_silent(),
        client=client,
        signing_secret=settings.signing_secret or "",
        # The gate has checked it; Socket Mode signs nothing.
        request_verification_enabled=settings.signing_secret is not None,
        authorize=lambda enterprise_id, team_id: AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.bot_token
        ),
        # A listener's end is the acknowledgement: what was not stored is not acknowledged.
        process_before_response=True,
        attaching_conversation_kwargs_enabled=False,
    )
    _only_ours(app, settings)
    _listen(app, receiver)
    return app


def dispatcher(app: App) -> Callable[[str, dict[str, str]], Answered]:
    """Bolt as the gate calls it."""

    def dispatch(body: str, headers: dict[str, str]) -> Answered:
        given: dict[str, Any] = dict(headers)
        response = app.dispatch(BoltRequest(body=body, headers=given))
        kind = response.first_headers().get("content-type", "text/plain")
        return Answered(response.status, response.body or "", kind.partition(";")[0])

    return dispatch


def _only_ours(app: App, settings: SlackSettings) -> None:
    def only_ours(body: Body, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 Bolt passes it by this name
        if incoming.teams_of(body) & settings.teams:
            return next()
        return BoltResponse(status=403, body="")

    app.use(only_ours)


def _listen(app: App, receiver: Receiver) -> None:
    def message(body: Body) -> None:
        receiver.message(body)

    def opened(body: Body) -> None:
        receiver.opened(body)

    def other(body: Body) -> None:
        """Known, and of no concern."""
        del body

    def command(body: Body, ack: Ack) -> None:
        ack(receiver.command(body))

    def shortcut(body: Body, ack: Ack) -> None:
        receiver.shortcut(body)
        ack()

    def press(body: Body, ack: Ack) -> None:
        receiver.press(body)
        ack()

    def submission(body: Body, ack: Ack) -> None:
        if errors := receiver.submission(body):
            ack(response_action="errors", errors=errors)
        else:
            ack()

    app.event("app_mention")(message)
    app.event("message")(message)
    app.event("app_home_opened")(opened)
    app.event(_ANY)(other)
    app.command(COMMAND)(command)
    app.shortcut(SHORTCUT)(shortcut)
    app.action(_ANY)(press)
    app.view(_ANY)(submission)


def _sent_off(body: Mapping[str, Any], value: Submission) -> str:
    """A form that is sent off once more, because its acknowledgement was late, is the same one: its words say so."""
    view = str(body.get("view", {}).get("id") or _trigger(body))
    return f"{view}/{json.dumps(value.fields, sort_keys=True)}"


def _trigger(body: Mapping[str, Any]) -> str:
    """Slack's id for what somebody did; the payload itself where it has none."""
    return str(body.get("trigger_id") or json.dumps(body, sort_keys=True, default=str))


def _silent() -> logging.Logger:
    """Bolt logs whole bodies of what it refuses."""
    logger = logging.getLogger("integrations.slack.bolt")
    logger.disabled = True
    logger.propagate = False
    logger.setLevel(logging.CRITICAL)
    return logger
