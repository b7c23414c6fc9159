"""What comes from Slack, read out of its payloads into values. Total: what is none of ours is None, never an error.

Only what is needed is kept: a message that nobody addressed to the bot is dropped before anything stores it.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from integrations.slack.inbox import Arrival

LONGEST_TEXT = 16_000
COMMAND = "/privacy"
_MAIL = re.compile(r"<mailto:([^|>]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#[A-Z0-9]+\|?([^>]*)>")
_LINK = re.compile(r"<((?:https?|tel):[^|>]+)(?:\|([^>]*))?>")
_USER = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_REPORT = re.compile(r"\s*report\b[:\s]*", re.IGNORECASE)


# What a person says is not a plain message where it brings a file, goes to the channel too, or is said of oneself.
_SAID = ("", "file_share", "me_message", "thread_broadcast")
_SLACK_ITSELF = "USLACKBOT"


class Where(StrEnum):
    DIRECT = "direct"
    MENTION = "mention"
    THREAD = "thread"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Ask:
    """Words to the bot. `root` is the message that the thread hangs on, `respond` what answers a command."""

    where: Where
    team: str
    channel: str
    user: str
    root: str
    ts: str
    text: str = field(repr=False)
    respond: str = field(default="", repr=False)
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Somebody wants the report form: by command, from a message, or by a button."""

    user: str
    channel: str
    trigger: str
    text: str = field(repr=False)
    respond: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Press:
    """A button. `surface` is message or home; `blank` where the payload names no channel."""

    action: str
    value: str = field(repr=False)
    user: str
    channel: str
    thread: str
    trigger: str
    surface: str
    respond: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """A modal that was sent off: what was typed, by the name of the field."""

    form: str
    metadata: str
    user: str
    fields: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    user: str
    channel: str
    tab: str


Value = Ask | Form | Press | Submission | Opened
KINDS: Mapping[str, type[Value]] = {
    "ask": Ask,
    "form": Form,
    "press": Press,
    "submission": Submission,
    "opened": Opened,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


def arrival(value: Value, *, id: str, lane: str) -> Arrival:  # noqa: A002 the inbox's own word
    return Arrival(kind=_NAMES[type(value)], id=id, lane=lane, body=asdict(value))


def value_of(kind: str, body: Mapping[str, Any]) -> Value:
    """What `arrival` packed, once it comes out of storage."""
    where = {"where": Where(body["where"])} if "where" in body else {}
    return KINDS[kind](**{**body, **where})


def teams_of(body: Mapping[str, Any]) -> frozenset[str]:
    """The workspace and the enterprise that a payload is for.

    In a channel that is shared with another company an event may name the workspace of whoever spoke; which one has
    the app installed, the authorisation says.
    """
    if body.get("is_ext_shared_channel") is True and (installed := _installed(body)):
        return installed
    team, enterprise = body.get("team"), body.get("enterprise")
    named = (
        body.get("team_id"),
        body.get("enterprise_id"),
        team.get("id") if isinstance(team, Mapping) else None,
        enterprise.get("id") if isinstance(enterprise, Mapping) else None,
    )
    return frozenset(name for name in named if isinstance(name, str) and name)


def bot_of(body: Mapping[str, Any]) -> str:
    """The user id that the bot has in this workspace, as the event names it."""
    return _text(_authorised(body).get("user_id"))


def _installed(body: Mapping[str, Any]) -> frozenset[str]:
    named = (_text(_authorised(body).get(name)) for name in ("team_id", "enterprise_id"))
    return frozenset(filter(None, named))


def _authorised(body: Mapping[str, Any]) -> Mapping[str, Any]:
    authorised = body.get("authorizations")
    return _mapping(authorised[0]) if isinstance(authorised, list) and authorised else {}


def message_of(body: Mapping[str, Any]) -> Ask | None:
    """A person's own new message, in whatever place; None for a bot's, an edited one, and what Slack adds itself."""
    event = body.get("event")
    if not isinstance(event, Mapping) or event.get("bot_id") or event.get("hidden"):
        return None
    if (event.get("subtype") or "") not in _SAID:
        return None
    user, channel, ts = (_text(event.get(name)) for name in ("user", "channel", "ts"))
    bot, text = bot_of(body), _text(event.get("text"))
    if not (user and channel and ts) or user in {bot, _SLACK_ITSELF}:
        return None
    thread, kind = _text(event.get("thread_ts")), _text(event.get("channel_type"))
    if event.get("type") == "app_mention":
        where = Where.MENTION
    elif kind == "im":
        where = Where.DIRECT
    elif thread and bot not in mentioned(text):
        where = Where.THREAD
    else:
        return None
    return Ask(where, _text(body.get("team_id")), channel, user, thread or ts, ts, plain(text, bot=bot))


def command_of(body: Mapping[str, Any]) -> Ask | Form:
    """`/privacy question`, or `/privacy report …` which asks for the form."""
    team, channel, user = (_text(body.get(name)) for name in ("team_id", "channel_id", "user_id"))
    text, respond = plain(_text(body.get("text"))), _text(body.get("response_url"))
    trigger = _text(body.get("trigger_id"))
    if found := _REPORT.match(text):
        return Form(user, channel, trigger, text[found.end() :], respond)
    return Ask(Where.COMMAND, team, channel, user, "command", "", text, respond, trigger)


def shortcut_of(body: Mapping[str, Any]) -> Form:
    message, channel = _mapping(body.get("message")), _mapping(body.get("channel"))
    text = plain(_text(message.get("text")))
    return Form(_user(body), _text(channel.get("id")), _text(body.get("trigger_id")), text)


def press_of(body: Mapping[str, Any]) -> Press:
    pressed = body.get("actions")
    action = _mapping(pressed[0]) if isinstance(pressed, list) and pressed else {}
    container, channel = _mapping(body.get("container")), _mapping(body.get("channel"))
    where = _text(channel.get("id")) or _text(container.get("channel_id"))
    thread = _text(container.get("thread_ts")) or _text(container.get("message_ts"))
    name = _text(action.get("action_id"))
    surface = "home" if container.get("type") == "view" else "message"
    trigger, respond = _text(body.get("trigger_id")), _text(body.get("response_url"))
    return Press(name, _text(action.get("value")), _user(body), where, thread, trigger, surface, respond)


def submission_of(body: Mapping[str, Any]) -> Submission:
    view = _mapping(body.get("view"))
    blocks = _mapping(_mapping(view.get("state")).get("values"))
    fields = {name: _field(_mapping(element)) for block in blocks.values() for name, element in _mapping(block).items()}
    return Submission(_text(view.get("callback_id")), _text(view.get("private_metadata")), _user(body), fields)


def opened_of(body: Mapping[str, Any]) -> Opened:
    event = _mapping(body.get("event"))
    return Opened(*(_text(event.get(name)) for name in ("user", "channel", "tab")))


def mentioned(text: str) -> frozenset[str]:
    """The users that a text speaks to."""
    return frozenset(_USER.findall(text))


def plain(text: str, *, bot: str = "") -> str:
    """What was typed: Slack wraps links and mentions and escapes three signs."""
    text = text[:LONGEST_TEXT]
    text = text.replace(f"<@{bot}>", " ") if bot else text
    text = _MAIL.sub(r"\1", _CHANNEL.sub(r"#\1", _USER.sub("@…", text)))
    text = _LINK.sub(lambda found: found[2] or found[1].removeprefix("tel:"), text)
    return html.unescape(text).strip() if bot else html.unescape(text)


def _field(element: Mapping[str, Any]) -> str:
    option = _mapping(element.get("selected_option"))
    return _text(element.get("value")) or _text(element.get("selected_date")) or _text(option.get("value"))


def _user(body: Mapping[str, Any]) -> str:
    return _text(_mapping(body.get("user")).get("id"))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
