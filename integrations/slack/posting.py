"""Puts posts that are kept up to date, and what is said below them, into the outbox. Knows no ticket and no alert."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from assistant.outbox.service import Outbox
from integrations.slack import blocks
from integrations.slack.blocks import Block
from integrations.slack.models import StoredPost
from integrations.slack.outgoing import ALERT, CHAT, POST, Call, Sending, message, put

URGENT, USUAL = 0, 4


class Posting:
    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def show(
        self, session: Session, post: StoredPost, text: str, body: Sequence[Block], *, at: datetime, again: int = 0
    ) -> None:
        """The post as it is to look in its `queued` version. `again` makes another attempt of the same version."""
        call = Call(POST, {**message(text, body), "channel": post.channel})
        sending = Sending(
            id=f"slack-{post.name}-{post.queued}" + (f"-{again}" if again else ""),
            calls=(call,),
            name=post.name,
            version=post.queued,
            reference=post.reference or None,
            priority=USUAL if post.board == CARDS else URGENT,
        )
        put(self._outbox, session, sending, at=at)

    def below(self, session: Session, post: StoredPost, name: str, text: str, *, at: datetime) -> None:
        """Say it in the thread of the post, once under this name. What repeats an alert is taken back with it."""
        call = Call(POST, {**message(text, [blocks.section(text)]), "channel": post.channel, "reply_broadcast": True})
        purpose = CHAT if post.board == CARDS else ALERT
        reference = post.reference or None
        sending = Sending(name, (call,), purpose=purpose, reference=reference, priority=1, under=post.name)
        put(self._outbox, session, sending, at=at)


# The boards that a post may stand on, and the row that the board itself has.
ALERTS, CARDS, FLOOD, ITSELF = "alert", "card", "flood", "board"


def new_post(name: str, board: str, channel: str, *, at: datetime, reference: str = "", told: int = 0) -> StoredPost:
    kept = {"ts": None, "is_open": board != ITSELF, "queued": 0, "shown": 0, "told": told, "created_at": at}
    return StoredPost(name=name, board=board, reference=reference, channel=channel, **kept)
