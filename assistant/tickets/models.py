"""The tables of the queue. What a person is or said stands apart from what changes, so that erasing it is honest.

A row of `ticket_contents` or `ticket_history` is added at the end and later only ever blanked in place: SQLite then
never moves it between pages, where a copy could stay behind.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base
from assistant.db.types import RowNumber, UTCDateTime
from assistant.sealing.columns import SealedColumn

DIGEST_BYTES = 32
LONGEST_REFERENCE, LONGEST_ACTOR, LONGEST_WORD, LONGEST_LANGUAGE = 32, 80, 32, 8


class StoredTicket(Base):
    """What the desk works with; nothing in it names a person.

    `is_open`, `rank` and `sort_at` are written with the status, severity and due date that they follow from: 0 to 2 for
    incidents by severity, 3 for the rest. `version` counts the entries of the history. `forget_when_done`: the person
    was erased while this was still to be answered.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        Index(None, "status", "opened_at"),
        Index(None, "is_open", "rank", "sort_at", "number"),
        Index(None, "closed_at"),
    )

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    reference: Mapped[str] = mapped_column(String(LONGEST_REFERENCE), unique=True)
    kind: Mapped[str] = mapped_column(String(LONGEST_WORD))
    right: Mapped[str | None] = mapped_column(String(LONGEST_WORD))
    status: Mapped[str] = mapped_column(String(LONGEST_WORD))
    is_open: Mapped[bool]
    severity: Mapped[str | None] = mapped_column(String(LONGEST_WORD))
    rank: Mapped[int]
    sort_at: Mapped[datetime] = mapped_column(UTCDateTime)
    version: Mapped[int]
    conversation: Mapped[bytes | None] = mapped_column(LargeBinary(DIGEST_BYTES), index=True)
    # The turn that opened it and what for: shows a ticket that stands there twice.
    turn_digest: Mapped[bytes | None] = mapped_column(LargeBinary(DIGEST_BYTES))
    origin: Mapped[str] = mapped_column(String(LONGEST_WORD))
    subject: Mapped[str] = mapped_column(String(LONGEST_WORD))
    network: Mapped[str] = mapped_column(String(64))
    request_group: Mapped[str | None] = mapped_column(String(64), index=True)
    duplicate_of: Mapped[str | None] = mapped_column(String(LONGEST_REFERENCE))
    regime: Mapped[str | None] = mapped_column(String(LONGEST_WORD))
    assignee: Mapped[str | None] = mapped_column(String(LONGEST_ACTOR))
    contact_proven: Mapped[bool]
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    noticed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    first_answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acknowledged_by: Mapped[str | None] = mapped_column(String(LONGEST_ACTOR))
    paused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    due_kind: Mapped[str | None] = mapped_column(String(LONGEST_WORD))
    due_cite: Mapped[str | None] = mapped_column(String(64))
    first_due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    first_due_kind: Mapped[str | None] = mapped_column(String(LONGEST_WORD))
    first_due_cite: Mapped[str | None] = mapped_column(String(64))
    # In which its mails are worded; null for English.
    language: Mapped[str | None] = mapped_column(String(LONGEST_LANGUAGE))
    forget_when_done: Mapped[bool]
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    privacy_control: Mapped[bool] = mapped_column(server_default=false())


class StoredContent(Base):
    """What the ticket is about. `text` is masked; the rest is sealed, and `contact_blind` finds an address.

    A `contact` of blanks is no address: it keeps the place for one, so that the row does not grow.
    """

    __tablename__ = "ticket_contents"

    ticket_number: Mapped[int] = mapped_column(ForeignKey("tickets.number"), primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_blind: Mapped[bytes | None] = mapped_column(LargeBinary(DIGEST_BYTES), index=True)
    details: Mapped[bytes | None] = mapped_column(LargeBinary)
    on_behalf_of: Mapped[bytes | None] = mapped_column(LargeBinary)


class StoredEntry(Base):
    """One line of a ticket's history, numbered from 1 without a gap. `words` is sealed."""

    __tablename__ = "ticket_history"
    __table_args__ = (UniqueConstraint("ticket_number", "entry"),)

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    ticket_number: Mapped[int] = mapped_column(ForeignKey("tickets.number"))
    entry: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor: Mapped[str] = mapped_column(String(LONGEST_ACTOR))
    event: Mapped[str] = mapped_column(String(LONGEST_WORD))
    from_status: Mapped[str | None] = mapped_column(String(LONGEST_WORD))
    status: Mapped[str] = mapped_column(String(LONGEST_WORD))
    words: Mapped[bytes | None] = mapped_column(LargeBinary)


class StoredDeadline(Base):
    """One clock of a ticket. A new basis adds a row and leaves the older ones; `stopped_at` ends one.

    `next_warning_at` is null where no warning is due ever more: stopped, paused, unproven or displaced.
    """

    __tablename__ = "ticket_deadlines"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    ticket_number: Mapped[int] = mapped_column(ForeignKey("tickets.number"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_WORD))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    basis: Mapped[str] = mapped_column(String(LONGEST_WORD))
    cite: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(120))
    regime: Mapped[str | None] = mapped_column(String(LONGEST_WORD))
    in_force: Mapped[bool]
    governs: Mapped[bool]
    # When the notice of an extension was given; null for a limit that is none.
    notified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    warned: Mapped[int]
    next_warning_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)


class StoredCall(Base):
    """A call of the desk that must not take effect twice: what it was, and what it was answered with, sealed."""

    __tablename__ = "idempotent_calls"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


def content_place(column: str, ticket_number: int) -> str:
    """What a sealed column of `ticket_contents` is bound to."""
    return f"ticket_contents.{column}:{ticket_number}"


def entry_place(ticket_number: int, entry: int) -> str:
    return f"ticket_history.words:{ticket_number}:{entry}"


def call_place(digest: bytes) -> str:
    return f"idempotent_calls.answer:{digest.hex()}"


# Every sealed column of this room, for whoever seals them anew: the places are those of the functions above.
SEALED: tuple[SealedColumn, ...] = (
    *(
        SealedColumn("ticket_contents", column, f"ticket_contents.{column}:{{ticket_number}}")
        for column in ("contact", "details", "on_behalf_of")
    ),
    SealedColumn("ticket_history", "words", "ticket_history.words:{ticket_number}:{entry}"),
    SealedColumn("idempotent_calls", "answer", "idempotent_calls.answer:{digest}"),
)
# Values of a blanked row: none is longer than what it replaces.
BLANK_CONTENT: Mapping[str, str | None] = MappingProxyType(
    {
        "text": "",
        "contact": None,
        "contact_blind": None,
        "details": None,
        "on_behalf_of": None,
    }
)
