"""Posts that are kept up to date: where Slack has them, which version it shows, and who posts one right now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.db.database import Database
from integrations.slack.models import StoredPost

# Longer than one attempt can take.
POSTING = timedelta(seconds=45)


@dataclass(frozen=True, slots=True)
class Post:
    """`ts` is None until Slack has it; `was_tried`: somebody began to post it and never noted how that ended."""

    channel: str
    ts: str | None
    shown: int
    created_at: datetime
    was_tried: bool


class Posts:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def find(self, name: str) -> Post | None:
        with self._database.read() as session:
            row = session.scalar(select(StoredPost).where(StoredPost.name == name))
        return _post(row) if row else None

    def standing(self, references: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """Channel and `ts` of the posts of these tickets that Slack has."""
        found = select(StoredPost.reference, StoredPost.channel, StoredPost.ts)
        found = found.where(StoredPost.reference.in_(references), StoredPost.ts.is_not(None))
        with self._database.read() as session:
            return {row.reference: (row.channel, row.ts) for row in session.execute(found)}

    def take(self, name: str, sender: str) -> Post | None:
        """The post, for this sender alone until it is noted or a while has passed; None where another one has it."""
        now = self._clock()

        def work(session: Session) -> Post | None:
            free = or_(StoredPost.sender.is_(None), StoredPost.sender == sender, StoredPost.sender_until < now)
            row = session.scalar(select(StoredPost).where(StoredPost.name == name, free).with_for_update())
            if row is None:
                return None
            found = _post(row)
            row.sender, row.sender_until = sender, now + POSTING
            return found

        return self._database.write(work)

    def note(self, name: str, *, sender: str, ts: str | None, shown: int) -> None:
        """What Slack has now; without a `ts` it has lost the post, and the next one posts it anew."""
        mine = (StoredPost.name == name, StoredPost.sender == sender)
        values = {"ts": ts, "shown": shown, "sender": None, "sender_until": None}
        self._database.write(lambda session: session.execute(update(StoredPost).where(*mine).values(values)))

    def release(self, name: str, *, sender: str) -> None:
        """It was not posted, for certain."""
        mine = (StoredPost.name == name, StoredPost.sender == sender)
        values = {"sender": None, "sender_until": None}
        self._database.write(lambda session: session.execute(update(StoredPost).where(*mine).values(values)))


def _post(row: StoredPost) -> Post:
    return Post(row.channel, row.ts, row.shown, row.created_at, row.sender is not None)
