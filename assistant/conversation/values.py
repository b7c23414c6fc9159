"""What the front desk hands to the doors: an opened conversation, its turns and its transcript. Frozen values only."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Opened:
    """A new conversation. The token is shown here and nowhere else again."""

    id: str
    token: str = field(repr=False)
    greeting: str
    suggestions: tuple[str, ...]
    disclosure: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn as stored: `text` is masked, `reply` is the JSON of the Reply.

    `context` is what a follow-up may lean on (cited clause ids, the topic); no door shows it.
    """

    turn_id: str
    at: datetime
    text: str
    reply: dict[str, Any]
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation with its turns, oldest first."""

    id: str
    created_at: datetime
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Resumed:
    """A conversation before a turn: `reply` is the stored one where the turn was taken before, `left` what the last
    turn leaves for the next.
    """

    channel: str
    language: str | None
    reply: dict[str, Any] | None
    left: dict[str, Any]
    privacy_control: bool = False
