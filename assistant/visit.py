"""One message as the specialists see it: masked, dated, and tied to its conversation by a digest alone."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.redaction.masking import Found


@dataclass(frozen=True, slots=True)
class Visit:
    """`found` has what was masked in `text`, for this turn only. `now` is UTC, `zone` the organisation's.

    `conversation` is the digest that links rows to a conversation; `network` a keyed hash of where the message comes
    from, or empty; `channel` the door: web, slack, desk or console. `privacy_control`: the browser sends Global Privacy
    Control.
    """

    conversation: bytes
    turn_id: str
    text: str = field(repr=False)
    found: tuple[Found, ...] = field(repr=False)
    now: datetime
    zone: ZoneInfo
    channel: str = "web"
    network: str = ""
    language: str | None = None
    privacy_control: bool = False
