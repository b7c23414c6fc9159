"""A workplace with Slack: the door on a real assistant, a fake Slack, and people who really sign what they send."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode

from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.bootstrap import Assistant
from integrations.app import create_app
from integrations.slack.door import SlackDoor
from integrations.slack.gate import PATH
from integrations.slack.roles import Role
from integrations.slack.settings import SlackSettings
from integrations.slack.signature import signed
from tests.conftest import FrozenClock
from tests.fakes.slack import BOT, TOKEN, SlackServer

SECRET = "0123456789abcdef0123456789abcdef"
TEAM, SECURITY, QUEUE, TALK, DIRECT = "T1", "CSECURITY", "CQUEUE", "CTALK", "DIRECT1"
MEMBER, VIEWER, AGENT, APPROVER, GUARD, GUEST, STRANGER = (
    "UMEMBER",
    "UVIEWER",
    "UAGENT",
    "UAPPROVER",
    "UGUARD",
    "UGUEST",
    "USTRANGER",
)
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


def slack_settings(server: SlackServer, **more: Any) -> SlackSettings:
    groups = {
        Role.VIEWER: frozenset({"SVIEWERS"}),
        Role.AGENT: frozenset({"SAGENTS"}),
        Role.APPROVER: frozenset({"SAPPROVERS"}),
        Role.SECURITY: frozenset({"SGUARDS"}),
    }
    given = {
        "bot_token": TOKEN,
        "teams": frozenset({TEAM}),
        "signing_secret": SECRET,
        "security_channel": SECURITY,
        "queue_channel": QUEUE,
        "groups": groups,
        "api_url": server.url,
    }
    return SlackSettings(**{**given, **more})


def populate(server: SlackServer) -> None:
    state = server.state
    state.users = {user: {"team_id": TEAM} for user in (MEMBER, VIEWER, AGENT, APPROVER, GUARD)}
    state.users[GUEST] = {"team_id": TEAM, "is_restricted": True}
    state.users[STRANGER] = {"team_id": "T9", "is_stranger": True}
    state.groups = {"SVIEWERS": [VIEWER], "SAGENTS": [AGENT, APPROVER], "SAPPROVERS": [APPROVER], "SGUARDS": [GUARD]}


@dataclass
class Workplace:
    assistant: Assistant
    door: SlackDoor
    client: TestClient
    slack: SlackServer
    clock: FrozenClock
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @classmethod
    def opened(
        cls,
        assistant: Assistant,
        slack: SlackServer,
        clock: FrozenClock,
        *,
        alone: bool = True,
        ticks: Callable[[], float] = time.monotonic,
        **settings: Any,
    ) -> "Workplace":
        """`alone`: without the other doors before and behind it, which take a while to build."""
        populate(slack)
        door = SlackDoor(assistant, slack_settings(slack, **settings), ticks=ticks)
        app = Starlette(middleware=door.middleware()) if alone else create_app(assistant, doors=door.middleware())
        return cls(assistant, door, TestClient(app, raise_server_exceptions=False), slack, clock)

    # Sending, as Slack does.

    def send(self, body: bytes, kind: str = _JSON, **headers: str) -> Response:
        stamp = f"{time.time():.0f}"
        signature = signed(body, timestamp=stamp.encode(), secret=SECRET).decode()
        given = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
        return self.client.post(PATH, content=body, headers={**given, **headers})

    def event(self, event: dict[str, Any], **more: Any) -> Response:
        return self.send(json.dumps(self.envelope(event, **more)).encode())

    def envelope(self, event: dict[str, Any], **more: Any) -> dict[str, Any]:
        given = {
            "token": "t",
            "team_id": TEAM,
            "api_app_id": "A1",
            "type": "event_callback",
            "event_id": f"Ev{next(self.numbers)}",
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }
        return {**given, **more}

    def direct(self, text: str, user: str = MEMBER, **more: Any) -> str:
        """A direct message; its time, which is the thread's."""
        message = self.message(text, user, channel=DIRECT, channel_type="im", **more)
        assert self.event(message).status_code == 200
        return str(message["ts"])

    def mention(self, text: str, user: str = MEMBER, **more: Any) -> str:
        """A mention in a channel, which Slack sends twice."""
        message = self.message(f"<@{BOT}> {text}", user, channel=TALK, channel_type="channel", **more)
        assert self.event({**message, "type": "app_mention"}).status_code == 200
        assert self.event(message).status_code == 200
        return str(message["ts"])

    def says(self, text: str, user: str, thread: str, **more: Any) -> None:
        """A message in a thread of a channel, to nobody in particular."""
        message = self.message(text, user, channel=TALK, channel_type="channel", thread_ts=thread, **more)
        assert self.event(message).status_code == 200

    def message(self, text: str, user: str, **more: Any) -> dict[str, Any]:
        number = next(self.numbers)
        return {"type": "message", "user": user, "text": text, "ts": f"{1_700_000_000 + number}.000100", **more}

    def command(self, text: str, user: str = MEMBER, **more: Any) -> Response:
        number = next(self.numbers)
        given = {
            "command": "/privacy",
            "text": text,
            "team_id": TEAM,
            "channel_id": TALK,
            "user_id": user,
            "trigger_id": self.trigger(),
            "response_url": f"{self.slack.origin}respond/{number}",
        }
        return self.send(urlencode({**given, **more}).encode(), _FORM)

    def press(
        self, action: str, value: str, user: str, *, channel: str = QUEUE, home: bool = False, respond: bool = False
    ) -> Response:
        """`respond`: with the address at which Slack takes an answer to it, which only messages have."""
        container = {"type": "view"} if home else {"type": "message", "message_ts": "1.1", "channel_id": channel}
        body: dict[str, Any] = {
            "type": "block_actions",
            "container": container,
            "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value}],
            "trigger_id": self.trigger(),
        }
        if respond:
            body["response_url"] = f"{self.slack.origin}respond/{next(self.numbers)}"
        return self.interact(body if home else {**body, "channel": {"id": channel}}, user)

    def submit(self, form: str, metadata: str, fields: dict[str, str], user: str, *, view: str = "") -> Response:
        """`view` is Slack's id for the form that stands open: the same where it is sent off once more."""
        values = {name: {name: _element(name, value)} for name, value in fields.items()}
        sent = {"type": "modal", "callback_id": form, "private_metadata": metadata, "state": {"values": values}}
        sent = {**sent, "id": view} if view else sent
        return self.interact({"type": "view_submission", "view": sent, "trigger_id": self.trigger()}, user)

    def shortcut(self, text: str, user: str) -> Response:
        body = {
            "type": "message_action",
            "callback_id": "report_message",
            "message": {"text": text, "ts": "1.2"},
            "channel": {"id": TALK},
            "trigger_id": self.trigger(),
        }
        return self.interact(body, user)

    def interact(self, body: dict[str, Any], user: str) -> Response:
        whole = {"team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, **body}
        return self.send(urlencode({"payload": json.dumps(whole)}).encode(), _FORM)

    def home(self, user: str, tab: str = "home") -> Response:
        return self.event({"type": "app_home_opened", "user": user, "channel": DIRECT, "tab": tab})

    def trigger(self) -> str:
        name = f"trigger-{next(self.numbers)}"
        self.slack.state.triggers[name] = time.monotonic()
        return name

    # Working, as the background does.

    def dead(self) -> list[str]:
        """What the outbox could not send, and why."""
        return [f"{each.purpose} {each.last_error}" for each in self.assistant.outbox.entries() if each.last_error]

    def settle(self) -> None:
        """Handle and send until nothing is due."""
        while self.door.worker.run_once() + self.door.board.tick() + self.assistant.dispatcher.run_once():
            assert self.slack.state.wrong == []
        assert self.slack.state.wrong == []

    def later(self, **time_: float) -> None:
        self.clock.now += timedelta(**time_)
        self.assistant.alerts.tick(self.clock.now)
        self.settle()

    # Looking.

    def told(self, user: str) -> list[dict[str, Any]]:
        """What this user alone was shown in a shared place."""
        return [each for each in self.slack.called("chat.postEphemeral") if each["user"] == user]

    def views(self) -> list[dict[str, Any]]:
        return [each["view"] for each in self.slack.called("views.open")]


def _element(name: str, value: str) -> dict[str, Any]:
    if name in {"kind", "right", "severity", "to"}:
        return {"type": "static_select", "selected_option": {"value": value} if value else None}
    if name == "until":
        return {"type": "datepicker", "selected_date": value}
    return {"type": "plain_text_input", "value": value or None}


def buttons(message: dict[str, Any]) -> dict[str, str]:
    """Action to value of every button of a message or view."""
    elements = [each for block in message["blocks"] for each in block.get("elements", [])]
    found = {each["action_id"]: each.get("value", "") for each in elements if "action_id" in each}
    for each in elements:
        if each.get("type") == "feedback_buttons":
            found["good"], found["bad"] = (each[name]["value"] for name in ("positive_button", "negative_button"))
    return found


def values(view: dict[str, Any]) -> dict[str, str]:
    """What a form begins with."""
    found = {}
    for block in view["blocks"]:
        element = block.get("element") or {}
        chosen = (element.get("initial_option") or {}).get("value")
        if element:
            found[element["action_id"]] = element.get("initial_value") or chosen or element.get("initial_date") or ""
    return found
