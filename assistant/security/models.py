"""The tables of alerts: which incident is being told to whom, and the digest that a flood is told in."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base
from assistant.db.types import RowNumber, UTCDateTime


class StoredAlert(Base):
    """One row an incident. `raised_at` begins the present round: a new one begins when the severity rises.

    `next_at` is null where nothing more is sent for it alone, and `in_digest` says that the digest tells of it.
    `named_at` is when a digest named it; `stopped_at` when a person took it on. `network` is blanked then.
    """

    __tablename__ = "alerts"
    __table_args__ = (Index(None, "network", "opened_at"), Index(None, "in_digest", "stopped_at", "named_at"))

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    reference: Mapped[str] = mapped_column(String(32), unique=True)
    severity: Mapped[str] = mapped_column(String(16))
    rank: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    network: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    raised_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # The ticket's status when the round began: once a person has moved it, they know.
    raised_in: Mapped[str] = mapped_column(String(32))
    sent: Mapped[int]
    next_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    in_digest: Mapped[bool]
    named_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    acknowledged_by: Mapped[str | None] = mapped_column(String(64))


class StoredDigest(Base):
    """The state of the digest, in one row. `since` begins its steps and is null while it has nothing to tell."""

    __tablename__ = "alert_digest"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    since: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    next_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent: Mapped[int]
