"""Triage: what a message wants, for the front desk. Values only."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.reply import Intent, Right, Severity

# The order in which intents are served; a complaint and the wish for a person rank alike.
ORDER: tuple[Intent, ...] = (
    Intent.SECURITY_REPORT,
    Intent.RIGHTS_REQUEST,
    Intent.COMPLAINT,
    Intent.HUMAN_HANDOFF,
    Intent.TICKET_STATUS,
    Intent.QUESTION,
    Intent.SMALL_TALK,
    Intent.OFF_TOPIC,
)
RIGHTS: tuple[Right, ...] = tuple(Right)


class Subject(StrEnum):
    """For whom a right is asked: oneself, or somebody, with what standing; `child`: the sender is a minor."""

    SELF = "self"
    AGENT = "agent"
    PARENT = "parent"
    NOMINEE = "nominee"
    OTHER = "other"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Triage:
    """Every intent of a message, the one to serve first in front, never none.

    `rights` come with a rights request, in the order of RIGHTS; `severity` with a security report. `question` is the
    part that asks something where that stands beside a wish for action: its sentences as they were written.
    `asks_plainly` is false where it has not the form of a question and may be none. `outweighed`: actions that it
    sounds like, while it rather asks.
    """

    intents: tuple[Intent, ...]
    rights: tuple[Right, ...] = ()
    severity: Severity | None = None
    subject: Subject = Subject.SELF
    question: str | None = None
    asks_plainly: bool = True
    outweighed: frozenset[Intent] = frozenset()

    @property
    def intent(self) -> Intent:
        return self.intents[0]
