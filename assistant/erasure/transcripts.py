"""What erasure asks of whoever keeps transcripts. Each call works in the session of the eraser's own transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session


class Transcripts(Protocol):
    def forget(self, session: Session, conversation_id: str) -> bytes:
        """Forget one conversation; the digest that stood for its id. NotFound, and nothing written, for no such one."""

    def forget_where(self, session: Session, is_meant: Callable[[bytes], bool]) -> int:
        """Forget those whose digest is meant; how many."""

    def forget_idle(self, session: Session, *, before: datetime, limit: int) -> int:
        """Forget up to `limit` whose last turn is older; how many."""

    def needs_sweep(self, session: Session) -> bool:
        """Whether enough blank rows lie about for a sweep to pay."""

    def sweep(self, session: Session) -> None:
        """Delete the blank rows; only within `Database.compact`."""
