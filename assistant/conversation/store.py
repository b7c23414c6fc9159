"""Every query on conversations: what was said is written once, read back for whoever holds the token, and forgotten.

Knows no door and no specialist; a reply is JSON to it, and a text is masked before it comes here.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, desc, func, insert, select, update
from sqlalchemy.orm import Session

from assistant.conversation.forgetting import blank_conversations, blank_feedback, sweep_blanks
from assistant.conversation.lookup import ConversationNotFound, conversation_of, number_of
from assistant.conversation.models import StoredConversation, StoredFeedback, StoredTurn, digest_of
from assistant.conversation.values import Resumed, Transcript, Turn
from assistant.db.base import Base
from assistant.db.database import Database
from assistant.errors import Conflict, Invalid, NotFound
from assistant.reply import Write

MOST_TURNS = 200
ID_BYTES, TOKEN_BYTES = 16, 32
# A sweep rewrites the file; it pays when half of the turns are blank, and not for a handful.
FEWEST_BLANKS_TO_SWEEP = 200

# Written once: putting a statement together costs more than running it, and a turn waits for some of them in a row.
_CONVERSATIONS = Base.metadata.tables[StoredConversation.__tablename__]
_TURNS = Base.metadata.tables[StoredTurn.__tablename__]
_IN_CONVERSATION = _TURNS.c.conversation_number == bindparam("conversation")
_THIS_TURN = _TURNS.c.turn_digest == bindparam("digest")
_STORED_REPLY = select(_TURNS.c.fingerprint, _TURNS.c.reply).where(_IN_CONVERSATION, _THIS_TURN)
_TOKEN_DIGEST = select(_CONVERSATIONS.c.token_digest).where(_CONVERSATIONS.c.id_digest == bindparam("digest"))
_TURN_NUMBER = select(_TURNS.c.number).where(_IN_CONVERSATION, _THIS_TURN)
_TURN_COUNT = select(func.count()).where(_IN_CONVERSATION)
_EVERY_TURN = (
    select(_TURNS.c.turn_id, _TURNS.c.at, _TURNS.c.text, _TURNS.c.reply, _TURNS.c.context)
    .where(_IN_CONVERSATION)
    .order_by(_TURNS.c.number)
)
_LEFT = select(_TURNS.c.context).where(_IN_CONVERSATION).order_by(desc(_TURNS.c.number)).limit(1)
_RESUMED = select(
    _CONVERSATIONS.c.number, _CONVERSATIONS.c.channel, _CONVERSATIONS.c.language, _CONVERSATIONS.c.privacy_control
).where(_CONVERSATIONS.c.id_digest == bindparam("digest"))
_ADD_CONVERSATION, _ADD_TURN = insert(_CONVERSATIONS), insert(_TURNS)
_TOUCH = (
    update(_CONVERSATIONS)
    .where(_CONVERSATIONS.c.number == bindparam("conversation"))
    .values(last_turn_at=bindparam("turn_at"))
)


class TurnNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such turn in this conversation.")


class TurnReused(Invalid):
    def __init__(self) -> None:
        super().__init__("This turn_id was used for another text: send a new text under a new turn_id.")


class TooManyTurns(Conflict):
    def __init__(self) -> None:
        super().__init__(f"This conversation has reached {MOST_TURNS} turns: please open a new one.")


class ConversationStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def open(
        self, *, channel: str, language: str | None, at: datetime, privacy_control: bool = False
    ) -> tuple[str, str]:
        """A new conversation's id (128 random bits, hex) and token (256 random bits); only digests of both are kept."""
        conversation_id, token = secrets.token_hex(ID_BYTES), secrets.token_urlsafe(TOKEN_BYTES)
        row = {
            "id_digest": digest_of(conversation_id),
            "token_digest": digest_of(token),
            "channel": channel,
            "language": language,
            "opened_at": at,
            "last_turn_at": at,
            "privacy_control": privacy_control,
        }

        def work(session: Session) -> None:
            session.connection().execute(_ADD_CONVERSATION, row)

        self._database.write(work)
        return conversation_id, token

    def authorise(self, conversation_id: str, token: str) -> None:
        """Raises ConversationNotFound for a wrong token and for an unknown id alike."""
        with self._database.look() as connection:
            known = connection.scalar(_TOKEN_DIGEST, {"digest": digest_of(conversation_id)})
        if not hmac.compare_digest(known or bytes(hashlib.sha256().digest_size), digest_of(token)):
            raise ConversationNotFound

    def resume(self, conversation_id: str, turn_id: str, fingerprint: str) -> Resumed:
        """Where the conversation stands before this turn, in one look; TurnReused for another fingerprint."""
        digest = _turn_digest(conversation_id, turn_id)
        with self._database.look() as connection:
            row = connection.execute(_RESUMED, {"digest": digest_of(conversation_id)}).one_or_none()
            if row is None:
                raise ConversationNotFound
            reply = _stored_reply(connection, row.number, digest, fingerprint)
            left = connection.scalar(_LEFT, {"conversation": row.number}) if reply is None else None
        return Resumed(
            channel=row.channel,
            language=row.language,
            reply=reply,
            left=left or {},
            privacy_control=row.privacy_control,
        )

    def record(  # noqa: PLR0913 a turn has these facts, and they are easily swapped
        self,
        conversation_id: str,
        *,
        turn_id: str,
        fingerprint: str,
        text: str,
        reply: dict[str, Any],
        at: datetime,
        context: dict[str, Any],
        beside: Sequence[Write] = (),
    ) -> dict[str, Any]:
        """Store the turn in one transaction and return its reply as stored; the first reply under a turn_id stays.

        `beside` is what else the turn changes, written in the same transaction and only with it. Raises
        ConversationNotFound, TurnReused or TooManyTurns, or what one of `beside` raises, and then writes nothing.
        """
        turn = {
            "turn_digest": _turn_digest(conversation_id, turn_id),
            "turn_id": turn_id,
            "fingerprint": fingerprint,
            "at": at,
            "text": text,
            "reply": json.loads(json.dumps(reply)),
            "context": context,
        }
        return self._database.write(lambda session: _record(session, conversation_id, turn, beside))

    def transcript(self, conversation_id: str) -> Transcript:
        with self._database.read() as session:
            conversation = session.scalar(conversation_of(conversation_id))
            if conversation is None:
                raise ConversationNotFound
            rows = session.execute(_EVERY_TURN, {"conversation": conversation.number}).all()
        return Transcript(
            id=conversation_id, created_at=conversation.opened_at, turns=tuple(Turn(*row) for row in rows)
        )

    def feedback(self, conversation_id: str, turn_id: str, *, helpful: bool, comment: str | None, at: datetime) -> None:
        """Keep what a visitor thinks of a reply; a second thought takes the place of the first."""

        def work(session: Session) -> None:
            number = number_of(session, conversation_id, to_write=True)
            turn = session.scalar(
                _TURN_NUMBER, {"conversation": number, "digest": _turn_digest(conversation_id, turn_id)}
            )
            if turn is None:
                raise TurnNotFound
            blank_feedback(session, [turn])
            session.add(StoredFeedback(turn_number=turn, helpful=helpful, comment=comment, at=at))

        self._database.write(work)

    # Forgetting, for whoever erases: each works in the session of a write transaction that its caller began.

    def forget(self, session: Session, conversation_id: str) -> bytes:
        """Blank one conversation and return the digest that stood for its id; ConversationNotFound writes nothing."""
        blank_conversations(session, [number_of(session, conversation_id, to_write=True)])
        return digest_of(conversation_id)

    def forget_where(self, session: Session, is_meant: Callable[[bytes], bool]) -> int:
        """Blank every conversation whose id's digest is meant, and return how many."""
        rows = session.execute(select(_CONVERSATIONS.c.number, _CONVERSATIONS.c.id_digest))
        return blank_conversations(session, [number for number, digest in rows if is_meant(digest)])

    def forget_idle(self, session: Session, *, before: datetime, limit: int) -> int:
        """Blank up to `limit` conversations whose last turn is older than `before`, and return how many."""
        idle = select(_CONVERSATIONS.c.number).where(_CONVERSATIONS.c.last_turn_at < before)
        oldest_first = idle.order_by(_CONVERSATIONS.c.last_turn_at).limit(limit).with_for_update()
        return blank_conversations(session, session.scalars(oldest_first).all())

    def needs_sweep(self, session: Session) -> bool:
        """Whether the blank turns have grown to be as many as the others."""
        blank = session.scalar(select(func.count()).where(_TURNS.c.conversation_number.is_(None))) or 0
        every = session.scalar(select(func.count()).select_from(_TURNS)) or 0
        return blank >= FEWEST_BLANKS_TO_SWEEP and 2 * blank >= every

    def sweep(self, session: Session) -> None:
        """Delete the blank rows; only for `Database.compact`."""
        sweep_blanks(session)


def _turn_digest(conversation_id: str, turn_id: str) -> bytes:
    return digest_of(f"{conversation_id}\0{turn_id}")


def _stored_reply(connection: Connection, number: int, digest: bytes, fingerprint: str) -> dict[str, Any] | None:
    row = connection.execute(_STORED_REPLY, {"conversation": number, "digest": digest}).one_or_none()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise TurnReused
    return dict(row.reply)


def _record(session: Session, conversation_id: str, turn: Mapping[str, Any], beside: Sequence[Write]) -> dict[str, Any]:
    number, connection = number_of(session, conversation_id, to_write=True), session.connection()
    stored = _stored_reply(connection, number, turn["turn_digest"], turn["fingerprint"])
    if stored is not None:
        return stored
    if (connection.scalar(_TURN_COUNT, {"conversation": number}) or 0) >= MOST_TURNS:
        raise TooManyTurns
    for write in beside:
        write(session)
    connection.execute(_ADD_TURN, {**turn, "conversation_number": number})
    connection.execute(_TOUCH, {"conversation": number, "turn_at": turn["at"]})
    return dict(turn["reply"])
