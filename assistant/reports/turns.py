"""What was said, read out of the table of turns by its name: masked texts and replies, and nothing of who said it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Text, column, false, func, or_, select, table
from sqlalchemy.orm import Session

from assistant.db.types import UTCDateTime

# The conversations' own table, of which a report reads these columns only.
TURNS = table(
    "turns",
    column("number", BigInteger),
    column("conversation_number", BigInteger),
    column("at", UTCDateTime),
    column("text", Text),
    column("reply", JSON),
)
# And of what visitors think of a reply; the one row of a turn that is not blank counts.
FEEDBACK = table("feedback", column("turn_number", BigInteger), column("helpful", Boolean))
_CHUNK = 500
_OUTCOME = TURNS.c.reply["outcome"].as_string()
_KEPT = TURNS.c.conversation_number.is_not(None)
_NOT_HELPFUL = (
    select(FEEDBACK.c.turn_number)
    .where(FEEDBACK.c.turn_number == TURNS.c.number, FEEDBACK.c.helpful == false())
    .correlate(TURNS)
    .exists()
)


@dataclass(frozen=True, slots=True)
class AskedTurn:
    at: datetime
    text: str = field(repr=False)
    reply: Mapping[str, Any] = field(repr=False)
    is_unhelpful: bool = False


def counted(session: Session, since: datetime) -> dict[str, int]:
    """How many turns since then had which outcome; a turn that was erased counts no more."""
    rows = select(_OUTCOME, func.count()).where(_KEPT, TURNS.c.at >= since).group_by(_OUTCOME)
    return {str(outcome): count for outcome, count in session.execute(rows)}


def with_outcome(session: Session, outcomes: frozenset[str], since: datetime) -> Iterator[AskedTurn]:
    """The turns since then whose reply has one of these outcomes, newest first."""
    rows = (
        select(TURNS.c.at, TURNS.c.text, TURNS.c.reply)
        .where(_KEPT, TURNS.c.at >= since, _OUTCOME.in_(sorted(outcomes)))
        .order_by(TURNS.c.number.desc())
        .execution_options(yield_per=_CHUNK)
    )
    for at, text, reply in session.execute(rows):
        yield AskedTurn(at, text, reply)


def left_open(session: Session, outcomes: frozenset[str], since: datetime) -> Iterator[AskedTurn]:
    """The turns since then with one of these outcomes, or that a visitor found not helpful, newest first."""
    rows = (
        select(TURNS.c.at, TURNS.c.text, TURNS.c.reply, _NOT_HELPFUL)
        .where(_KEPT, TURNS.c.at >= since, or_(_OUTCOME.in_(sorted(outcomes)), _NOT_HELPFUL))
        .order_by(TURNS.c.number.desc())
        .execution_options(yield_per=_CHUNK)
    )
    for at, text, reply, is_unhelpful in session.execute(rows):
        yield AskedTurn(at, text, reply, bool(is_unhelpful))
