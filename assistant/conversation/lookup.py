"""How a conversation is found by its id."""

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from assistant.conversation.models import StoredConversation, digest_of
from assistant.db.base import Base
from assistant.errors import NotFound

# Written once: every turn asks.
_CONVERSATIONS = Base.metadata.tables[StoredConversation.__tablename__]
_NUMBER = select(_CONVERSATIONS.c.number).where(_CONVERSATIONS.c.id_digest == bindparam("digest"))
_NUMBER_TO_WRITE = _NUMBER.with_for_update()


class ConversationNotFound(NotFound):
    """One sentence for a wrong token, an unknown id and an erased conversation: they cannot be told apart."""

    def __init__(self) -> None:
        super().__init__("There is no such conversation.")


def conversation_of(conversation_id: str) -> Select[StoredConversation]:
    return select(StoredConversation).where(StoredConversation.id_digest == digest_of(conversation_id))


def number_of(session: Session, conversation_id: str, *, to_write: bool = False) -> int:
    """The conversation's row number. With `to_write`, an erasure comes wholly before this transaction or after it."""
    asked = {"digest": digest_of(conversation_id)}
    number: int | None = session.connection().scalar(_NUMBER_TO_WRITE if to_write else _NUMBER, asked)
    if number is None:
        raise ConversationNotFound
    return number
