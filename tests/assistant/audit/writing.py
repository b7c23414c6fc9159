"""A trail of some entries, and a hand that reaches into the tables behind its back."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import CursorResult, text
from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail
from assistant.db.database import Database
from tests.assistant.sealing.opening import SetClock

SUBJECTS = ("CM-7F3K-92QD", "CM-0000-1111", "key:desk")


def write(database: Database, trail: AuditTrail, clock: SetClock, count: int) -> None:
    """Entries of three subjects in turn, each at another time."""

    def work(session: Session) -> None:
        for number in range(count):
            clock.pass_by(seconds=1.5)
            trail.record(
                session,
                actor="key:desk",
                action="ticket.moved",
                subject=SUBJECTS[number % len(SUBJECTS)],
                detail={"to": "in_progress", "why": f"reason {number}"},
                at=clock.now,
            )

    database.write(work)


def tamper(database: Database, *statements: str, **values: Any) -> None:
    """Statements may name `:zeros`, the bytes of a digest that is none, and `:nothing`, no bytes."""

    def work(session: Session) -> None:
        for statement in statements:
            done = session.execute(text(statement), {"zeros": bytes(32), "nothing": b"", **values})
            assert isinstance(done, CursorResult)
            assert done.rowcount

    database.write(work)


def written(database: Database, work: Callable[[Session], Any]) -> Any:
    return database.write(work)
