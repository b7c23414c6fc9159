"""Incidents that are told together: one post, kept up to date while any of them is not acknowledged, and repeated below
whenever the people on call are told of them again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from assistant.security.models import StoredAlert, StoredDigest
from integrations.slack import blocks, boards, wording
from integrations.slack.models import StoredPost
from integrations.slack.posting import FLOOD, Posting, new_post

_NAMED = 5
# How far the post is: the times that the digest was told, and how many stood open then.
_ROOM, _MOST_TIMES = 10_000, 100_000


class FloodBoard:
    def __init__(self, posting: Posting, channel: str | None) -> None:
        self._posting = posting
        self._channel = channel

    def has_news(self, session: Session) -> bool:
        return self._channel is not None and self._news(session) is not None

    def tick(self, session: Session, now: datetime) -> int:
        """Queue what the post does not show, and what was not said below it; 1 where there was anything."""
        news = self._news(session) if self._channel else None
        if news is None:
            return 0
        post, digest, open_ = news.post, news.digest, news.open
        if post is None:
            since = digest.since or now
            post = new_post(f"{FLOOD}-{int(since.timestamp())}", FLOOD, self._channel or "", at=now)
            session.add(post)
        is_repeated = news.post is not None and post.told // _ROOM != news.heard // _ROOM
        post.told = news.heard
        post.queued, post.is_open = post.queued + 1, bool(open_)
        text = _text(open_) if open_ else wording.DIGEST_DONE.format(since=blocks.moment(post.created_at))
        self._posting.show(session, post, text, boards.flood(text, is_open=bool(open_)), at=now)
        if open_ and is_repeated:
            said = wording.DIGEST_AGAIN.format(open=len(open_), since=blocks.moment(post.created_at))
            self._posting.below(session, post, f"slack-again-{post.name}-{digest.sent}", said, at=now)
        return 1

    def _news(self, session: Session) -> "_News | None":
        """What the post does not show yet; None where it is as it should be, or nobody was told of a flood."""
        found = select(StoredPost).where(StoredPost.board == FLOOD, StoredPost.is_open).order_by(StoredPost.number)
        post, digest = session.scalar(found.limit(1)), session.scalar(select(StoredDigest).limit(1))
        open_ = session.execute(_in_flood()).all()
        if digest is None or (post is None and (not open_ or digest.since is None)):
            return None
        news = _News(post, digest, open_)
        return None if post is not None and open_ and post.told == news.heard else news


@dataclass(frozen=True, slots=True)
class _News:
    post: StoredPost | None
    digest: StoredDigest
    open: Sequence[Row[str, int]]

    @property
    def heard(self) -> int:
        return self.digest.sent % _MOST_TIMES * _ROOM + min(len(self.open), _ROOM - 1)


def _text(open_: Sequence[Row[str, int]]) -> str:
    named = ", ".join(row.reference for row in open_[:_NAMED])
    more = wording.DIGEST_MORE.format(more=len(open_) - _NAMED) if len(open_) > _NAMED else ""
    critical = sum(row.rank == 0 for row in open_)
    return wording.DIGEST.format(open=len(open_), critical=critical, named=f"{named}{more}")


def _in_flood() -> Select[str, int]:
    open_ = (StoredAlert.in_digest, StoredAlert.stopped_at.is_(None))
    return select(StoredAlert.reference, StoredAlert.rank).where(*open_).order_by(StoredAlert.rank, StoredAlert.number)
