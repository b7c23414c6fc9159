"""The table of data keys. No key stands in it in clear: each is wrapped under a key derived from the secret."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from assistant.db.base import Base
from assistant.db.types import RowNumber, UTCDateTime

# What a key is for: to seal fields (it rotates), or to be the same for ever (the blind index, the audit trail).
ROTATES, KEPT = "rotates", "kept"


class StoredDataKey(Base):
    """`id` is the name of a kept key and 16 hex digits for one that rotates; the highest number of those seals."""

    __tablename__ = "data_keys"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    purpose: Mapped[str] = mapped_column(String(8))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary(128))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
