"""What `PRIVACY_ASSISTANT_SLACK_…` may say, checked once at the start. Without a bot token Slack is off."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from assistant.settings import PREFIX, BadSetting
from integrations.slack.roles import Role

FAMILY = f"{PREFIX}SLACK_"
SLACK_API = "https://slack.com/api/"
_ID = re.compile(r"[A-Z][A-Z0-9]{1,30}")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """`teams` are the workspaces (or the enterprise) that are served, `channels` where it answers: none named, all.

    `groups` are user groups, or single users, by the role that they have.
    """

    bot_token: str = field(repr=False)
    teams: frozenset[str]
    signing_secret: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    channels: frozenset[str] = frozenset()
    security_channel: str | None = None
    queue_channel: str | None = None
    groups: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    api_url: str = SLACK_API

    @classmethod
    def from_environment(cls, given: Mapping[str, str]) -> Self | None:
        """None where no bot token is set; BadSetting names the variable that cannot be used."""
        ours = {name.removeprefix(FAMILY): raw.strip() for name, raw in given.items() if name.startswith(FAMILY)}
        ours = {name: raw for name, raw in ours.items() if raw}
        for name in sorted(set(ours) - set(_RULES)):
            _log.warning("%s%s is not a setting and changes nothing.", FAMILY, name)
        values = {name: _read(name, raw) for name, raw in ours.items() if name in _RULES}
        if "BOT_TOKEN" not in values:
            return None
        if not values.get("TEAMS"):
            raise _bad(
                "TEAMS", "must name the workspaces that are served: ids that begin with T, or E for an enterprise."
            )
        if not (values.get("SIGNING_SECRET") or values.get("APP_TOKEN")):
            raise _bad("SIGNING_SECRET", f"must be set, or {FAMILY}APP_TOKEN for Socket Mode.")
        groups = {role: values.pop(name, frozenset()) for name, role in _GROUPS.items()}
        return cls(groups=groups, **{name.lower(): value for name, value in values.items()})


@dataclass(frozen=True, slots=True)
class _Rule:
    read: Callable[[str], Any]
    takes: str


def _read(name: str, raw: str) -> Any:
    rule = _RULES[name]
    try:
        return rule.read(raw)
    except ValueError as error:
        raise _bad(name, f"takes {rule.takes}.") from error


def _bad(name: str, takes: str) -> BadSetting:
    return BadSetting(f"SLACK_{name}", takes)


def _begins(*marks: str) -> Callable[[str], str]:
    def read(raw: str) -> str:
        if not raw.startswith(marks) or not raw.isprintable() or " " in raw:
            raise ValueError
        return raw

    return read


def _ids(*marks: str) -> Callable[[str], frozenset[str]]:
    def read(raw: str) -> frozenset[str]:
        return frozenset(_id(part.strip(), marks) for part in raw.split(",") if part.strip())

    return read


def _one(*marks: str) -> Callable[[str], str]:
    return lambda raw: _id(raw, marks)


def _id(raw: str, marks: tuple[str, ...]) -> str:
    if not (_ID.fullmatch(raw) and raw.startswith(marks)):
        raise ValueError
    return raw


def _secret(raw: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{16,128}", raw):
        raise ValueError
    return raw


_GROUPS = {"VIEWERS": Role.VIEWER, "AGENTS": Role.AGENT, "APPROVERS": Role.APPROVER, "SECURITY": Role.SECURITY}
_MEMBERS = _Rule(_ids("S", "U", "W"), "ids of user groups (S…) or of users (U…, W…) with commas between them")
_CHANNEL = _Rule(_one("C", "G"), "the id of one channel, for example C0123ABCD")
_RULES: Mapping[str, _Rule] = {
    "BOT_TOKEN": _Rule(_begins("xoxb-", "xoxe.xoxb-"), "the bot token of the app, xoxb-…"),
    "SIGNING_SECRET": _Rule(_secret, "the signing secret of the app, hexadecimal digits"),
    "APP_TOKEN": _Rule(_begins("xapp-"), "an app-level token, xapp-…"),
    "TEAMS": _Rule(_ids("T", "E"), "ids of workspaces (T…) or of an enterprise (E…) with commas between them"),
    "CHANNELS": _Rule(_ids("C", "G"), "ids of channels with commas between them"),
    "SECURITY_CHANNEL": _CHANNEL,
    "QUEUE_CHANNEL": _CHANNEL,
    "API_URL": _Rule(_begins("https://", "http://127.0.0.1:", "http://localhost:"), "the address of Slack's Web API"),
    **dict.fromkeys(_GROUPS, _MEMBERS),
}
