"""How a conversation is forgotten: its rows are blanked in place, and blank rows are swept up later, many at once.

Deleting a row at once would be less: SQLite moves the row's neighbours between pages, and the place that such a
neighbour left keeps its bytes even with `secure_delete`, where its own erasure would not find them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assistant.conversation.models import StoredConversation, StoredFeedback, StoredTurn

# SQLite and PostgreSQL both take this many values in one statement.
_CHUNK = 500
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def blank_feedback(session: Session, turns: Sequence[int]) -> None:
    # A `helpful` that is false takes no byte, so the row cannot grow.
    blank: dict[str, Any] = {"turn_number": None, "helpful": False, "comment": None, "at": _NO_TIME}
    session.execute(update(StoredFeedback).where(StoredFeedback.turn_number.in_(turns)).values(blank))


def blank_conversations(session: Session, numbers: Sequence[int]) -> int:
    """Leave nothing of these conversations but blank rows; how many conversations there were."""
    for start in range(0, len(numbers), _CHUNK):
        _blank(session, numbers[start : start + _CHUNK])
    return len(numbers)


def _blank(session: Session, numbers: Sequence[int]) -> None:
    # Whoever is recording a turn in one of them holds its row: wait, so that the turn is blanked with the rest.
    meant = StoredConversation.number.in_(numbers)
    session.execute(select(StoredConversation.number).where(meant).with_for_update()).all()
    turns = session.scalars(select(StoredTurn.number).where(StoredTurn.conversation_number.in_(numbers))).all()
    for start in range(0, len(turns), _CHUNK):
        blank_feedback(session, turns[start : start + _CHUNK])
    blank: dict[str, Any] = {
        "conversation_number": None,
        "turn_digest": None,
        "turn_id": "",
        "fingerprint": "",
        "at": _NO_TIME,
        "text": "",
        "reply": {},
        "context": {},
    }
    session.execute(update(StoredTurn).where(StoredTurn.conversation_number.in_(numbers)).values(blank))
    session.execute(delete(StoredConversation).where(meant))


def sweep_blanks(session: Session) -> None:
    """Delete the blank rows. Moves their neighbours: only for `Database.compact`."""
    session.execute(delete(StoredFeedback).where(StoredFeedback.turn_number.is_(None)))
    session.execute(delete(StoredTurn).where(StoredTurn.conversation_number.is_(None)))
