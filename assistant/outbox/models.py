"""The tables of the outbox: what is known of an entry, and apart from it what it says and to whom.

Contents have a table of their own because an entry changes at each attempt. A content is added at the end and later
only ever blanked in place: SQLite then never moves it between pages, where a copy could stay behind.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base
from assistant.db.types import RowNumber, UTCDateTime

NOTHING = b""


class StoredEntry(Base):
    """`due_at` is when a worker may take it: the next attempt, or, while `lease_owner` has it, the end of the lease."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "reference"))

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    purpose: Mapped[str] = mapped_column(String(32))
    reference: Mapped[str | None] = mapped_column(String(32))
    priority: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    lease_owner: Mapped[str | None] = mapped_column(String(96))
    last_error: Mapped[str] = mapped_column(String(48))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class StoredContent(Base):
    """`sealed` holds address, subject, body and data; `to_blind` finds an address. Both are empty once it is sent."""

    __tablename__ = "outbox_contents"

    entry_number: Mapped[int] = mapped_column(ForeignKey("outbox.number"), primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    to_blind: Mapped[bytes] = mapped_column(LargeBinary(32))


def place_of(entry_number: int) -> str:
    """What the content of this entry is sealed to."""
    return f"outbox_contents.sealed:{entry_number}"


# For the paths that run at every turn: statements on tables cost half of those on classes.
ENTRIES = Base.metadata.tables[StoredEntry.__tablename__]
CONTENTS = Base.metadata.tables[StoredContent.__tablename__]
