"""One message as the specialists see it: masked, dated, and tied to its conversation by a digest alone."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.redaction.masking import Found
from assistant.words.book import Words, words_of


@dataclass(frozen=True, slots=True)
class Visit:
    """`found` has what was masked in `text`, for this turn only. `now` is UTC, `zone` the organisation's.

    `conversation` is the digest that links rows to a conversation; `network` a keyed hash of where the message comes
    from, or empty; `channel` the door: web, slack, desk or console. `text` is in English where it
    was a known answer of another language; `language` is that of the conversation, `written_in` that of the message.
    `privacy_control`: the browser sends Global Privacy Control.
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
    written_in: str | None = None
    privacy_control: bool = False

    @property
    def words(self) -> Words:
        """What is said to this visitor, in the conversation's language."""
        return words_of(self.language)
