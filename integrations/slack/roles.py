"""Who may do what in Slack: roles, and the acts that each one has, as data. Knows neither Slack nor a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a user group stands for. A member of the workspace without any may ask, be shown how to handle, and report;
    a guest or a stranger gets the public answers and nothing else.
    """

    VIEWER = "viewer"
    AGENT = "agent"
    APPROVER = "approver"
    SECURITY = "security"


class Act(StrEnum):
    HANDLING = "handling"
    REPORT = "report"
    QUEUE = "queue"
    INCIDENTS = "incidents"
    DETAILS = "details"
    CLAIM = "claim"
    NOTE = "note"
    REPLY = "reply"
    RESOLVE = "resolve"
    EXTEND = "extend"
    REFUSE = "refuse"
    RESPOND = "respond"


# What every full member of an allowed workspace may.
_MEMBERS = frozenset({Act.HANDLING, Act.REPORT})
_VIEW = frozenset({Act.QUEUE})
_WORK = _VIEW | {Act.DETAILS, Act.CLAIM, Act.NOTE, Act.REPLY, Act.RESOLVE}
# To deny, to fulfil in part and to take more time need a second pair of eyes: those of an approver.
_BY_ROLE: Mapping[Role, frozenset[Act]] = MappingProxyType(
    {
        Role.VIEWER: _VIEW,
        Role.AGENT: _WORK,
        Role.APPROVER: _WORK | {Act.EXTEND, Act.REFUSE},
        Role.SECURITY: _VIEW | {Act.INCIDENTS, Act.RESPOND},
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """One user of Slack as the bot sees them. `is_member`: a full member of a workspace that is allowed."""

    user: str
    is_member: bool = False
    roles: frozenset[Role] = frozenset()

    def may(self, act: Act) -> bool:
        if not self.is_member:
            return False
        return act in _MEMBERS or any(act in _BY_ROLE[role] for role in self.roles)

    @property
    def actor(self) -> str:
        """How the queue and the audit trail name them."""
        return f"slack:{self.user}"
