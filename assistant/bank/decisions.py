"""What the privacy team decided about questions that were left open, so that it is not asked again.

Keeps a keyed hash of the question's words, what was decided and when: no text, no conversation, no person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.db.base import Base
from assistant.db.database import Database
from assistant.db.types import RowNumber, UTCDateTime
from assistant.sealing.sealer import Sealer
from knowledge.bank_review import normalised

_PURPOSE = "bank decision"


class Decision(StrEnum):
    ACCEPTED = "accepted"
    NOT_STATED = "not_stated"
    IGNORED = "ignored"


class StoredDecision(Base):
    """Of two rows with one digest the later one counts."""

    __tablename__ = "bank_decisions"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    decision: Mapped[str] = mapped_column(String(16))
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)


@dataclass(frozen=True, slots=True)
class Decided:
    decision: Decision
    at: datetime


class DecisionStore:
    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    def digest(self, question: str) -> bytes:
        """What stands for a question here: equal for the same words, and nothing to who lacks the key."""
        return self._sealer.blind(normalised(question), purpose=_PURPOSE)

    def every(self) -> Mapping[bytes, Decided]:
        rows = select(StoredDecision.digest, StoredDecision.decision, StoredDecision.decided_at)
        with self._database.read() as session:
            found = session.execute(rows.order_by(StoredDecision.number)).all()
        return {digest: Decided(Decision(decision), at) for digest, decision, at in found}

    def keep(self, questions: Iterable[str], decision: Decision, *, at: datetime) -> None:
        digests = {self.digest(question) for question in questions}

        def work(session: Session) -> None:
            session.add_all(
                StoredDecision(digest=digest, decision=decision.value, decided_at=at) for digest in sorted(digests)
            )

        self._database.write(work)
