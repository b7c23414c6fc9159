"""The tables of the audit trail. Nothing in clear there names a person; only `trail.py` writes them."""

from datetime import datetime

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base
from assistant.db.types import RowNumber, UTCDateTime

DIGEST_BYTES = 32
LONGEST_ACTOR, LONGEST_ACTION, LONGEST_SUBJECT = 80, 64, 128


class StoredEntry(Base):
    """`salt` and `detail` are empty in a row that was forgotten; nothing else of a row ever changes."""

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor: Mapped[str] = mapped_column(String(LONGEST_ACTOR))
    action: Mapped[str] = mapped_column(String(LONGEST_ACTION))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT), index=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    detail: Mapped[str] = mapped_column(Text)
    commitment: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    previous: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    hash: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))


class StoredHead(Base):
    """One row: how many entries there are and the hash of the last, so that a tail that was cut off is missed."""

    __tablename__ = "audit_head"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=False)
    entries: Mapped[int] = mapped_column(RowNumber)
    last_hash: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
    mac: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES))
