"""The tables of the Slack door: events to be handled once, conversations by place, posts that are kept up to date, and
what is known of people for a few minutes.

What says something about a person is sealed, and blanked in place once it is not needed.
"""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base
from assistant.db.types import RowNumber, UTCDateTime
from assistant.sealing.columns import SealedColumn

NOTHING = b""
DIGEST_BYTES = 32


class StoredEvent(Base):
    """`key` is the digest of Slack's own id for it; `lane` that of the place it belongs to: one after the other there.

    `due_at` is when a worker may take it: the next attempt, or, while `lease_owner` has it, the end of the lease.
    """

    __tablename__ = "slack_events"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "lane", "state"))

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    lane: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    kind: Mapped[str] = mapped_column(String(16))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lease_owner: Mapped[str | None] = mapped_column(String(96))
    last_error: Mapped[str] = mapped_column(String(48))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class StoredPlace(Base):
    """Where somebody talks to the bot. `sealed` is the id of the conversation, `asker` stands for who began it.

    A thread of a channel has a row of its own as well: `is_quiet` once others talk there.
    """

    __tablename__ = "slack_places"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    place: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    asker: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    is_quiet: Mapped[bool]
    used_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class StoredPost(Base):
    """A message that is posted once and then kept up to date.

    `queued` is the version of the ticket that was last handed to the outbox, `shown` the one that Slack has. `told`
    counts what was said in its thread. While `sender` has it, nobody else posts it.
    """

    __tablename__ = "slack_posts"
    __table_args__ = (Index(None, "board", "is_open"),)

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    board: Mapped[str] = mapped_column(String(16))
    reference: Mapped[str] = mapped_column(String(32), index=True)
    channel: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    is_open: Mapped[bool]
    queued: Mapped[int]
    shown: Mapped[int]
    told: Mapped[int]
    sender: Mapped[str | None] = mapped_column(String(64))
    sender_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class StoredFact(Base):
    """What Slack said of a user or a user group, for a few minutes."""

    __tablename__ = "slack_facts"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    fetched_at: Mapped[datetime] = mapped_column(UTCDateTime)


def event_place(key: bytes) -> str:
    return f"slack_events.sealed:{key.hex()}"


def conversation_place(place: bytes) -> str:
    return f"slack_places.sealed:{place.hex()}"


def fact_place(key: bytes) -> str:
    return f"slack_facts.sealed:{key.hex()}"


SEALED: tuple[SealedColumn, ...] = (
    SealedColumn("slack_events", "sealed", "slack_events.sealed:{key}"),
    SealedColumn("slack_places", "sealed", "slack_places.sealed:{place}"),
    SealedColumn("slack_facts", "sealed", "slack_facts.sealed:{key}"),
)
