"""The tables of conversations. Two rules keep erasure honest, and `store.py` and `forgetting.py` keep to them.

No id of a conversation and no token is stored, only their SHA-256. A row of `turns` or `feedback` is added at the end
and later only ever blanked in place: SQLite then never moves it between pages, where a copy could stay behind.
"""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base
from assistant.db.types import RowNumber, UTCDateTime

DIGEST_BYTES = 32


def digest_of(value: str) -> bytes:
    """What stands in a table for an id or a token."""
    # A door may pass anything on, a lone surrogate too: that is an unknown id, not a crash.
    return hashlib.sha256(value.encode(errors="surrogatepass")).digest()


class StoredConversation(Base):
    __tablename__ = "conversations"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id_digest: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    token_digest: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(16))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_turn_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    # The browser sent Global Privacy Control when it was opened.
    privacy_control: Mapped[bool] = mapped_column(server_default=false())


class StoredTurn(Base):
    """`conversation_number` is null in a row that was blanked."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_number", "turn_digest"),
        Index(None, "conversation_number", "number"),
    )

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    conversation_number: Mapped[int | None] = mapped_column(ForeignKey("conversations.number"))
    # Digest of the conversation's id with the turn's: a caller's turn id may say something about a person.
    turn_digest: Mapped[bytes | None] = mapped_column(LargeBinary(DIGEST_BYTES))
    turn_id: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(128))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    text: Mapped[str] = mapped_column(Text)
    reply: Mapped[dict[str, Any]] = mapped_column(JSON)
    context: Mapped[dict[str, Any]] = mapped_column(JSON)


class StoredFeedback(Base):
    """The last row of a turn counts. `turn_number` is null in a row that was blanked."""

    __tablename__ = "feedback"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    turn_number: Mapped[int | None] = mapped_column(ForeignKey("turns.number"), index=True)
    helpful: Mapped[bool]
    comment: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
