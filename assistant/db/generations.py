"""Which build of the index is the active one. Knows its name and digest, not what an index is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, desc, false, select, true, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.db.base import Base
from assistant.db.database import Database
from assistant.db.types import UTCDateTime


class Generation(Base):
    __tablename__ = "generations"

    id: Mapped[str] = mapped_column(String(128), primary_key=True)
    digest: Mapped[str] = mapped_column(String(128))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    active: Mapped[bool] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


_TABLE = Base.metadata.tables[Generation.__tablename__]
_ACTIVE = select(_TABLE.c.id).where(_TABLE.c.active == true()).order_by(desc(_TABLE.c.created_at)).limit(1)


class GenerationLog:
    def __init__(self, database: Database) -> None:
        self._database = database

    def active(self) -> str | None:
        """The id of the generation to search in; asked at every turn, so that a new one needs no restart."""
        with self._database.look() as connection:
            active: str | None = connection.scalar(_ACTIVE)
        return active

    def activate(self, generation: str, digest: str, at: datetime, *, detail: Mapping[str, Any] | None = None) -> None:
        """Make this generation the active one, whether it is new or an earlier one comes back."""

        def work(session: Session) -> None:
            session.execute(update(Generation).where(Generation.active == true()).values(active=false()))
            session.merge(
                Generation(id=generation, digest=digest, created_at=at, active=True, detail=dict(detail or {}))
            )

        self._database.write(work)
