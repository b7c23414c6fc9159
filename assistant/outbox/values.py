"""What may be sent, what became of it, and what a transport may say: values only, no table and no network."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from assistant.errors import AssistantError, Invalid

LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 200
LONGEST_CODE = 48


class Kind(StrEnum):
    MAIL = "mail"
    WEBHOOK = "webhook"
    SLACK = "slack"
    # The installed app: calls of its Web API, where SLACK is an incoming webhook.
    SLACK_APP = "slack_app"


class State(StrEnum):
    """Dead: given up, its content is kept so that it can be replayed. Dropped: taken back before it was sent."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be sent. `to` is an address, a URL for Slack and webhooks, or a channel; priority 0 goes first.

    A webhook carries `data` under the event type in `subject`, such as `incident.reported`, and the Slack app its calls
    in `data`; the others have a body. `purpose` is a word of ours (code, receipt, reply, alert, warning, notice, chat,
    modal) and decides how soon a failure is tried again; `reference` is the ticket. Invalid where an address or a
    subject could smuggle in a header.
    """

    kind: Kind
    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)
    purpose: str
    reference: str | None = None
    priority: int = 5
    data: Mapping[str, Any] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.kind is Kind.MAIL and not _is_address(self.to):
            raise Invalid("A mail needs one plain e-mail address: correct the address.")
        if len(self.subject) > LONGEST_SUBJECT or not self.subject.isprintable():
            raise Invalid(f"A subject is one line of at most {LONGEST_SUBJECT} printable characters: shorten it.")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt at sending. `id` and `created_at` stay the same from attempt to attempt, `attempt` counts from 1."""

    id: str
    attempt: int
    created_at: datetime
    message: Message


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the outbox as an operator may see it: neither to whom nor what."""

    id: str
    kind: Kind
    purpose: str
    reference: str | None
    priority: int
    state: State
    attempts: int
    due_at: datetime
    last_error: str
    created_at: datetime
    settled_at: datetime | None


class _Failure(AssistantError):
    """`code` is a short word for the outbox and the log, such as `smtp-452`: never what a server said."""

    def __init__(self, code: str) -> None:
        super().__init__(f"It could not be sent ({code}).")
        self.code = code[:LONGEST_CODE]


class Postponed(_Failure):
    """A failure that may pass. `seconds`: no earlier than that, as the receiver asked."""

    def __init__(self, code: str, *, seconds: float | None = None) -> None:
        super().__init__(code)
        self.seconds = seconds


class Refused(_Failure):
    """A failure that will not pass: the entry is dead at once."""


class Transport(Protocol):
    def send(self, delivery: Delivery) -> None:
        """Return when the receiver has taken it; raise Postponed or Refused. Bounded in time, below the lease."""


@runtime_checkable
class Recalling(Protocol):
    """A transport that can take back what it has just sent."""

    def recall(self, delivery: Delivery) -> None:
        """Called when the address was erased while it was being sent to."""


@runtime_checkable
class Purging(Protocol):
    """A transport that keeps what it sent, for a while."""

    def purge(self, now: datetime) -> int:
        """Remove what is past its time; how many."""


def mailbox(address: str) -> str:
    """One spelling for an address, to find it again: compatibility forms folded, case ignored."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def _is_address(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    plain = text.isprintable() and not any(character in ' ,;:<>()[]"\\' for character in text)
    return bool(at and local and domain) and "@" not in local and plain and len(text) <= LONGEST_ADDRESS
