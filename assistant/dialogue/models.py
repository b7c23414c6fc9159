"""The tables of pending dialogues and of mailbox codes. What a person said stands here sealed, codes as digests alone.

A row that is done with is blanked in place, never deleted.
"""

from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base
from assistant.db.types import RowNumber, UTCDateTime
from assistant.sealing.columns import SealedColumn

DIGEST_BYTES = 32
# What is to be sealed anew when the keys change.
SEALED = (SealedColumn("dialogues", "data", "dialogues.data:{conversation}"),)


class StoredDialogue(Base):
    """The one dialogue that a conversation may have open; `data` is null when none is."""

    __tablename__ = "dialogues"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    conversation: Mapped[bytes] = mapped_column(LargeBinary(DIGEST_BYTES), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(32))
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    unusable: Mapped[int]
    version: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class StoredProof(Base):
    """One code that was mailed. `address` is a blind index of the mailbox, and `slot` one of its few codes a day.

    Both are null once the day is over, `digest` and `salt` once the code can prove nothing any more.
    """

    __tablename__ = "mailbox_proofs"
    __table_args__ = (UniqueConstraint("address", "slot"),)

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    conversation: Mapped[bytes | None] = mapped_column(LargeBinary(DIGEST_BYTES), index=True)
    purpose: Mapped[str] = mapped_column(String(64))
    address: Mapped[bytes | None] = mapped_column(LargeBinary(DIGEST_BYTES))
    slot: Mapped[int | None]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    digest: Mapped[bytes | None] = mapped_column(LargeBinary(DIGEST_BYTES))
    tries: Mapped[int]
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
