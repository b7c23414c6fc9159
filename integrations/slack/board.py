"""Keeps what Slack shows equal to the queue, whichever door changed it: incidents, tickets, and what is due.

Looks at the tables and writes what is missing to the outbox, in one transaction with the note that it did. Several
processes may look: one of them has the board at a time, and what was queued is not queued again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.db.database import Database
from assistant.outbox.service import Outbox
from assistant.reply import Severity
from assistant.security.models import StoredAlert, StoredDigest
from assistant.tickets.models import StoredTicket
from assistant.tickets.service import TicketService
from assistant.tickets.values import DONE, Kind, Status
from integrations.slack import blocks, boards, wording
from integrations.slack.blocks import Block
from integrations.slack.models import StoredPost
from integrations.slack.outgoing import ALERT, POST, Call, Sending, message, put

ALERTS, CARDS, ITSELF, FLOOD = "alert", "card", "board", "flood"
SOON = timedelta(days=2)
MOST_AT_ONCE = 50
_TOLD_SOON, _TOLD_OVERDUE = 1, 2
_NAMED = 5


@dataclass(frozen=True, slots=True)
class BoardTools:
    database: Database
    tickets: TicketService
    outbox: Outbox
    clock: Clock
    security_channel: str | None
    queue_channel: str | None
    site: str | None


class Board:
    def __init__(self, tools: BoardTools) -> None:
        self._tools = tools

    def tick(self) -> int:
        """Queue what Slack does not show yet; how many posts were touched. Cheap when there is nothing to do."""
        now = self._tools.clock()
        with self._tools.database.read() as session:
            since = session.scalar(select(StoredPost.created_at).where(StoredPost.name == ITSELF))
            idle = since is not None and not self._wanting(session, since, now, limit=1)
            idle = idle and not self._anything_to_tell(session, now)
        return 0 if idle else self._tools.database.write(lambda session: self._tick(session, now))

    def show(self, session: Session, reference: str) -> None:
        """Bring the posts of a ticket up to date in the caller's transaction."""
        session.flush()
        mine = select(StoredPost).where(StoredPost.reference == reference, StoredPost.is_open)
        for post in session.scalars(mine).all():
            self._queue(session, post, self._tools.clock())

    def _tick(self, session: Session, now: datetime) -> int:
        board = session.scalar(select(StoredPost).where(StoredPost.name == ITSELF).with_for_update(skip_locked=True))
        if board is None:
            # The first look: what was there before Slack was is not told, unless it is urgent.
            if session.scalar(select(StoredPost.number).where(StoredPost.name == ITSELF)) is not None:
                return 0
            session.add(_post(ITSELF, ITSELF, "", "", now))
            return 1
        wanting = self._wanting(session, board.created_at, now, limit=MOST_AT_ONCE)
        for reference, kind in wanting:
            self._begin(session, reference, kind, now)
        changed = session.scalars(_changed().limit(MOST_AT_ONCE)).all()
        for post in changed:
            self._queue(session, post, now)
        told = self._repeat(session, now) + self._remind(session, now) + self._flood(session, now)
        return len(wanting) + len(changed) + told

    def _wanting(self, session: Session, since: datetime, now: datetime, *, limit: int) -> Sequence[tuple[str, str]]:
        """Open tickets that have no post yet: reference and kind."""
        posted = exists().where(StoredPost.reference == StoredTicket.reference)
        in_flood = exists().where(
            StoredAlert.reference == StoredTicket.reference, StoredAlert.in_digest, StoredAlert.stopped_at.is_(None)
        )
        incident = StoredTicket.kind == Kind.SECURITY_INCIDENT
        wanted = []
        if self._tools.security_channel:
            wanted.append(and_(incident, ~in_flood))
        if self._tools.queue_channel:
            fresh = or_(StoredTicket.opened_at >= since, StoredTicket.due_at <= now + SOON)
            wanted.append(and_(~incident, StoredTicket.status != Status.AWAITING_VERIFICATION, fresh))
        if not wanted:
            return ()
        found = select(StoredTicket.reference, StoredTicket.kind).where(StoredTicket.is_open, ~posted, or_(*wanted))
        rows = session.execute(found.order_by(StoredTicket.rank, StoredTicket.number).limit(limit)).all()
        return [(row.reference, row.kind) for row in rows]

    def _begin(self, session: Session, reference: str, kind: str, now: datetime) -> None:
        is_incident = kind == Kind.SECURITY_INCIDENT
        board = ALERTS if is_incident else CARDS
        channel = self._tools.security_channel if is_incident else self._tools.queue_channel
        post = _post(f"{board}-{reference}", board, reference, channel or "", now)
        session.add(post)
        self._queue(session, post, now)

    def _queue(self, session: Session, post: StoredPost, now: datetime) -> None:
        """The post as the ticket stands in this transaction; the same version again changes nothing."""
        row = self._tools.tickets.line(session, post.reference)
        is_open = row.card.status not in DONE
        if post.board == ALERTS:
            incident = self._incident(session, post.reference)
            text, body = boards.alert_text(incident), boards.alert(incident)
            row_version = incident.view.version
        else:
            body = boards.card(row, self._tools.site) if is_open else boards.closed_card(row)
            text, row_version = boards.card_text(row.card), row.version
        post.queued, post.is_open = row_version, is_open
        self._put(session, post, text, body, now, priority=0 if post.board == ALERTS else 4)

    def _put(
        self, session: Session, post: StoredPost, text: str, body: list[Block], now: datetime, *, priority: int
    ) -> None:
        call = Call(POST, {**message(text, body), "channel": post.channel})
        sending = Sending(
            id=f"slack-{post.name}-{post.queued}",
            calls=(call,),
            name=post.name,
            version=post.queued,
            reference=post.reference or None,
            priority=priority,
        )
        put(self._tools.outbox, session, sending, at=now)

    def _incident(self, session: Session, reference: str) -> boards.Incident:
        alert = session.scalar(select(StoredAlert).where(StoredAlert.reference == reference))
        view = self._tools.tickets.view_in(session, reference)
        kind, by = (alert.kind, alert.acknowledged_by) if alert else ("unclear", None)
        return boards.Incident(view, kind, by)

    def _anything_to_tell(self, session: Session, now: datetime) -> bool:
        flood = session.scalar(_in_flood().limit(1)) or session.scalar(_posts(FLOOD).limit(1))
        looked = (_changed(), _unheard(), _due(now))
        return flood is not None or any(session.scalar(each.limit(1)) is not None for each in looked)

    def _repeat(self, session: Session, now: datetime) -> int:
        """In the thread of each alert that was told again and that nobody has acknowledged."""
        rows = session.execute(_unheard().add_columns(StoredAlert).limit(MOST_AT_ONCE)).all()
        for post, alert in rows:
            post.told = alert.sent
            severity = Severity(alert.severity).value
            text = wording.AGAIN.format(times=alert.sent, reference=post.reference, severity=severity)
            name = f"slack-again-{post.reference}-{int(alert.raised_at.timestamp())}-{alert.sent}"
            self._say_under(session, post, name, text, now, purpose=ALERT)
        return len(rows)

    def _remind(self, session: Session, now: datetime) -> int:
        """Once when a ticket is due soon, and once when it is overdue."""
        posts = session.scalars(_due(now).limit(MOST_AT_ONCE)).all()
        for post in posts:
            row = self._tools.tickets.line(session, post.reference)
            assert row.card.due is not None, "it was found by its due date"
            post.told = _TOLD_OVERDUE if row.card.due.at <= now else _TOLD_SOON
            name = f"slack-due-{post.reference}-{post.told}-{int(row.card.due.at.timestamp())}"
            self._say_under(session, post, name, boards.due_soon(row, now), now, purpose="chat")
        return len(posts)

    def _flood(self, session: Session, now: datetime) -> int:
        """Incidents that are told together: one post, kept up to date, while any of them is not acknowledged."""
        channel, post = self._tools.security_channel, session.scalar(_posts(FLOOD))
        open_ = session.execute(_in_flood().with_only_columns(StoredAlert.reference, StoredAlert.rank)).all()
        if channel is None or (not open_ and post is None):
            return 0
        if post is None:
            since = session.scalar(select(StoredDigest.since)) or now
            post = _post(f"{FLOOD}-{int(since.timestamp())}", FLOOD, "", channel, now)
            session.add(post)
        if open_ and post.told == len(open_):
            return 0
        post.told, post.queued, post.is_open = len(open_), post.queued + 1, bool(open_)
        named = ", ".join(row.reference for row in open_[:_NAMED])
        critical = sum(row.rank == 0 for row in open_)
        text = wording.DIGEST.format(open=len(open_), critical=critical, named=named)
        if not open_:
            text = wording.DIGEST_DONE.format(since=blocks.moment(post.created_at))
        self._put(session, post, text, [blocks.section(text)], now, priority=0)
        return 1

    def _say_under(
        self, session: Session, post: StoredPost, name: str, text: str, now: datetime, *, purpose: str
    ) -> None:
        call = Call(POST, {**message(text, [blocks.section(text)]), "channel": post.channel, "reply_broadcast": True})
        sending = Sending(name, (call,), purpose=purpose, reference=post.reference, priority=1, under=post.name)
        put(self._tools.outbox, session, sending, at=now)


def _post(name: str, board: str, reference: str, channel: str, now: datetime) -> StoredPost:
    kept = {"ts": None, "is_open": board != ITSELF, "queued": 0, "shown": 0, "told": 0, "created_at": now}
    return StoredPost(name=name, board=board, reference=reference, channel=channel, **kept)


def _changed() -> Select[StoredPost]:
    """Posts of tickets that have changed since they were queued."""
    found = select(StoredPost).join(StoredTicket, StoredTicket.reference == StoredPost.reference)
    return found.where(StoredPost.is_open, StoredPost.queued < StoredTicket.version).order_by(StoredPost.number)


def _unheard() -> Select[StoredPost]:
    """Posts of alerts that were told again since. The first time is the post itself."""
    found = select(StoredPost).join(StoredAlert, StoredAlert.reference == StoredPost.reference)
    again = (StoredAlert.sent > StoredPost.told, StoredAlert.sent > 1)
    standing = (StoredPost.board == ALERTS, StoredAlert.stopped_at.is_(None), ~StoredAlert.in_digest)
    return found.where(*standing, *again).order_by(StoredPost.number)


def _due(now: datetime) -> Select[StoredPost]:
    found = select(StoredPost).join(StoredTicket, StoredTicket.reference == StoredPost.reference)
    soon = and_(StoredPost.told < _TOLD_SOON, StoredTicket.due_at <= now + SOON)
    overdue = and_(StoredPost.told < _TOLD_OVERDUE, StoredTicket.due_at <= now)
    return found.where(StoredPost.board == CARDS, StoredPost.is_open, or_(soon, overdue)).order_by(StoredPost.number)


def _in_flood() -> Select[StoredAlert]:
    open_ = (StoredAlert.in_digest, StoredAlert.stopped_at.is_(None))
    return select(StoredAlert).where(*open_).order_by(StoredAlert.rank, StoredAlert.number)


def _posts(board: str) -> Select[StoredPost]:
    return select(StoredPost).where(StoredPost.board == board, StoredPost.is_open).order_by(StoredPost.number)
