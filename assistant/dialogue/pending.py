"""The dialogue that a conversation has open: where it stands and what was said in it, sealed in its row.

Knows no dialogue by its rules; of two answers that race the version decides, and the loser gets Conflict.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.db.base import Base
from assistant.db.database import Database
from assistant.dialogue.models import StoredDialogue
from assistant.errors import Conflict
from assistant.sealing.sealer import Sealer

# Written once: every turn waits for some of them.
_DIALOGUES = Base.metadata.tables[StoredDialogue.__tablename__]
_THIS = _DIALOGUES.c.conversation == bindparam("of")
_OF_CONVERSATION = select(_DIALOGUES).where(_THIS)
_TO_WRITE = select(_DIALOGUES.c.version, _DIALOGUES.c.data).where(_THIS).with_for_update()
_ADD = insert(_DIALOGUES)
# Sets the columns that it is given.
_CHANGE = update(_DIALOGUES).where(_THIS)


class DialogueKind(StrEnum):
    RIGHTS = "rights"
    HANDOVER = "handover"
    COMPLAINT = "complaint"
    STATUS = "status"


class DialogueMoved(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Another message of this conversation was answered meanwhile: please look at it, and try again."
        )


@dataclass(frozen=True, slots=True)
class Pending:
    """`data` is JSON. `version` is the one it was read under, 0 for a dialogue that was never stored."""

    kind: DialogueKind
    state: str
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    unusable: int = 0
    version: int = 0
    updated_at: datetime | None = None

    def to(self, state: str, **changed: Any) -> "Pending":
        """The dialogue in another state, with some of its data changed and no unusable answer counted."""
        return replace(self, state=state, data={**self.data, **changed}, unusable=0)

    def missed(self) -> "Pending":
        """The dialogue after one more answer that nobody could use."""
        return replace(self, unusable=self.unusable + 1)


def wants_address(reference: str, *, version: int) -> Pending:
    """The handover desk's question for an e-mail address of a ticket that a person has, left open by another desk;
    `version` is that of the dialogue whose place it takes.
    """
    return Pending(DialogueKind.HANDOVER, "email", {"why": "person", "references": [reference]}, version=version)


def place_of(conversation: bytes) -> str:
    """What the sealed data of a conversation's dialogue is bound to."""
    return f"dialogues.data:{conversation.hex()}"


class DialogueStore:
    def __init__(self, database: Database, sealer: Sealer, clock: Clock) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock

    def load(self, conversation: bytes) -> Pending | None:
        with self._database.look() as connection:
            row = connection.execute(_OF_CONVERSATION, {"of": conversation}).one_or_none()
        if row is None or row.data is None:
            return None
        return Pending(
            kind=DialogueKind(row.kind),
            state=row.state,
            data=json.loads(self._sealer.open(row.data, place=place_of(conversation))),
            unusable=row.unusable,
            version=row.version,
            updated_at=row.updated_at,
        )

    def save(self, session: Session, conversation: bytes, pending: Pending) -> None:
        """Store the next state. DialogueMoved when the stored dialogue is not the one that `pending` was read from;
        a dialogue of version 0 takes the place of none, or of one that has ended.
        """
        connection = session.connection()
        row = connection.execute(_TO_WRITE, {"of": conversation}).one_or_none()
        known = 0 if row is None or row.data is None else row.version
        if known != pending.version:
            raise DialogueMoved
        now = {
            "kind": pending.kind.value,
            "state": pending.state,
            "unusable": pending.unusable,
            "data": self._sealer.seal(json.dumps(dict(pending.data)), place=place_of(conversation)),
            "version": (row.version if row else 0) + 1,
            "updated_at": self._clock(),
        }
        if row is not None:
            connection.execute(_CHANGE, {"of": conversation, **now})
            return
        try:
            connection.execute(_ADD, {"conversation": conversation, **now})
        except IntegrityError as error:
            raise DialogueMoved from error

    def end(self, session: Session, conversation: bytes, *, version: int | None = None) -> None:
        """Close the dialogue and blank what was said in it; DialogueMoved when a given version is stale."""
        connection = session.connection()
        row = connection.execute(_TO_WRITE, {"of": conversation}).one_or_none()
        if version is not None and (row is None or row.data is None or row.version != version):
            raise DialogueMoved
        if row is not None:
            blank = {"data": None, "state": "", "version": row.version + 1, "updated_at": self._clock()}
            connection.execute(_CHANGE, {"of": conversation, **blank})

    def forget_idle(self, session: Session, *, before: datetime, limit: int) -> int:
        """Blank up to `limit` dialogues that nobody has answered since, and return how many."""
        idle = select(StoredDialogue).where(StoredDialogue.data.is_not(None), StoredDialogue.updated_at < before)
        rows = session.scalars(idle.order_by(StoredDialogue.updated_at).limit(limit).with_for_update()).all()
        for row in rows:
            _blank(row)
        session.flush()
        return len(rows)


def _blank(row: StoredDialogue) -> None:
    row.data = None
    row.state = ""
    row.version += 1
