"""What is said to Slack, as values, and how they are put into the outbox. Calls nothing itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assistant.outbox.service import Outbox
from assistant.outbox.values import Kind, Message
from assistant.reply import Write

POST, EPHEMERAL = "chat.postMessage", "chat.postEphemeral"
OPEN = "views.open"
RESPOND = "respond"
# At the address that answers a command or a press: said to everybody there, beside what stands there.
IN_CHANNEL = {"response_type": "in_channel", "replace_original": False}
CHAT, ALERT, MODAL = "chat", "alert", "modal"
Blocks = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web API. What is `optional` may fail without anything else failing."""

    method: str
    arguments: Mapping[str, Any] = field(repr=False)
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """Calls that are made one after the other.

    With a `name` it is a post that is kept up to date: the first time it is posted, later it is updated, and what is
    older than the `version` that Slack has is left out. `under` is the name of a post whose thread it belongs to.
    """

    id: str
    calls: tuple[Call, ...]
    purpose: str = CHAT
    reference: str | None = None
    priority: int = 3
    name: str | None = None
    version: int = 0
    under: str | None = None

    def as_data(self) -> dict[str, Any]:
        calls = [
            {"method": call.method, "arguments": dict(call.arguments), "optional": call.optional} for call in self.calls
        ]
        return {"calls": calls, "name": self.name, "version": self.version, "under": self.under}


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom something is told: one person in a shared place, a direct conversation, or whoever gave a command."""

    user: str
    channel: str = ""
    thread: str = ""
    respond: str = field(default="", repr=False)
    is_shared: bool = False

    def tell(self, text: str, blocks: Blocks = ()) -> Call:
        """A message that this person alone sees."""
        said = message(text, blocks)
        if self.respond:
            return Call(RESPOND, {**said, "url": self.respond, "user": self.user})
        thread = {"thread_ts": self.thread} if self.thread else {}
        if self.is_shared and self.channel:
            return Call(EPHEMERAL, {**said, **thread, "channel": self.channel, "user": self.user})
        return Call(POST, {**said, **thread, "channel": self.channel or self.user})


def message(text: str, blocks: Blocks = ()) -> dict[str, Any]:
    """What a message has besides its place: nothing in it unfolds into a preview, nothing in the text is a mention."""
    said: dict[str, Any] = {"text": text, "unfurl_links": False, "unfurl_media": False}
    return {**said, "blocks": [dict(block) for block in blocks]} if blocks else said


def put(outbox: Outbox, session: Session, sending: Sending, *, at: datetime) -> None:
    """Into the outbox, in the caller's transaction; the same id again changes nothing."""
    first = sending.calls[0]
    entry = Message(
        kind=Kind.SLACK_APP,
        to=str(first.arguments.get("channel") or first.arguments.get("user") or first.arguments.get("user_id") or ""),
        subject=first.method,
        body="",
        purpose=sending.purpose,
        reference=sending.reference,
        priority=sending.priority,
        data=sending.as_data(),
    )
    outbox.put(session, entry, at=at, id=sending.id)


def to_be_sent(outbox: Outbox, sending: Sending, *, at: datetime) -> Write:
    """`put`, as what an event causes."""
    return lambda session: put(outbox, session, sending, at=at)
