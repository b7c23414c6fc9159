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
from assistant.security.alerts import AlertDesk
from assistant.security.models import StoredAlert
from assistant.tickets.models import StoredTicket
from assistant.tickets.service import TicketService
from assistant.tickets.values import DONE, Kind, Status
from integrations.slack import boards, wording
from integrations.slack.flood import FloodBoard
from integrations.slack.links import Links
from integrations.slack.models import StoredPost
from integrations.slack.posting import ALERTS, CARDS, ITSELF, Posting, new_post

SOON = timedelta(days=2)
MOST_AT_ONCE = 50
_TOLD_SOON, _TOLD_OVERDUE = 1, 2
# How far the thread of an alert is: its round, and the times it was told in that. A new round begins only when the
# severity rises, so that this only grows.
_ROUND = 10_000
_LAST_RANK = len(Severity) - 1


@dataclass(frozen=True, slots=True)
class BoardTools:
    database: Database
    tickets: TicketService
    alerts: AlertDesk
    outbox: Outbox
    links: Links
    clock: Clock
    security_channel: str | None
    queue_channel: str | None


class Board:
    def __init__(self, tools: BoardTools) -> None:
        self._tools = tools
        self._posting = Posting(tools.outbox)
        self._flood = FloodBoard(self._posting, tools.security_channel)

    def tick(self) -> int:
        """Queue what Slack does not show yet; how many posts were touched. Cheap when there is nothing to do."""
        now = self._tools.clock()
        self._tools.links.look()
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
            session.add(new_post(ITSELF, ITSELF, "", at=now))
            return 1
        wanting = self._wanting(session, board.created_at, now, limit=MOST_AT_ONCE)
        for reference, kind in wanting:
            self._begin(session, reference, kind, now)
        changed = session.scalars(_changed().limit(MOST_AT_ONCE)).all()
        for post in changed:
            self._queue(session, post, now)
        told = self._repeat(session, now) + self._remind(session, now) + self._flood.tick(session, now)
        return len(wanting) + len(changed) + told

    def _wanting(self, session: Session, since: datetime, now: datetime, *, limit: int) -> Sequence[tuple[str, str]]:
        """Open tickets that have no post yet: reference and kind."""
        posted = exists().where(StoredPost.reference == StoredTicket.reference)
        # What was told in a flood is posted for itself once somebody has taken it on, not all of it at once.
        of_flood = exists().where(StoredAlert.reference == StoredTicket.reference, StoredAlert.in_digest)
        in_flood = of_flood & StoredTicket.acknowledged_at.is_(None)
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
        alert = session.scalar(select(StoredAlert).where(StoredAlert.reference == reference))
        told = _heard(alert) if is_incident and alert else 0
        post = new_post(f"{board}-{reference}", board, channel or "", at=now, reference=reference, told=told)
        session.add(post)
        self._queue(session, post, now)

    def _queue(self, session: Session, post: StoredPost, now: datetime, *, again: int = 0) -> None:
        """The post as the ticket stands in this transaction; the same version again changes nothing."""
        row = self._tools.tickets.line(session, post.reference)
        is_open = row.card.status not in DONE
        if post.board == ALERTS:
            incident = self._incident(session, post.reference)
            text, body, version = boards.alert_text(incident), boards.alert(incident), incident.view.version
        else:
            workspace = self._tools.links.workspace
            body = boards.card(row, workspace.desk if workspace else None) if is_open else boards.closed_card(row)
            text, version = boards.card_text(row.card), row.version
            if row.card.due and row.card.due.at > now:
                # It was given more time: that it is due is news again.
                post.told = min(post.told, 0 if row.card.due.at > now + SOON else _TOLD_SOON)
        post.queued, post.is_open = version, is_open
        self._posting.show(session, post, text, body, at=now, again=again)

    def _incident(self, session: Session, reference: str) -> boards.Incident:
        alert = session.scalar(select(StoredAlert).where(StoredAlert.reference == reference))
        view = self._tools.tickets.view_in(session, reference)
        kind, by = (alert.kind, alert.acknowledged_by) if alert else ("unclear", None)
        return boards.Incident(view, kind, by)

    def _anything_to_tell(self, session: Session, now: datetime) -> bool:
        looked = (_changed(), _unheard(), _due(now))
        return self._flood.has_news(session) or any(session.scalar(each.limit(1)) is not None for each in looked)

    def _repeat(self, session: Session, now: datetime) -> int:
        """In the thread of each alert that the people on call were told of again and that nobody has acknowledged."""
        rows = session.execute(_unheard().add_columns(StoredAlert).limit(MOST_AT_ONCE)).all()
        for post, alert in rows:
            post.told = _heard(alert)
            if post.ts is None:
                # Slack never took it, or has lost it: an attempt more says more than a thread that is not there.
                self._queue(session, post, now, again=post.told)
                continue
            name = f"slack-again-{post.reference}-{int(alert.raised_at.timestamp())}-{alert.sent}"
            self._posting.below(session, post, name, self._repeated(alert, now), at=now)
        return len(rows)

    def _repeated(self, alert: StoredAlert, now: datetime) -> str:
        said = wording.AGAIN if alert.sent > 1 else wording.WORSE
        reached, tiers = self._tools.alerts.reached(alert.raised_at, now)
        told = wording.told(alert.sent, reached=reached, tiers=tiers)
        return said.format(reference=alert.reference, severity=Severity(alert.severity).value, told=told)

    def _remind(self, session: Session, now: datetime) -> int:
        """Once when a ticket is due soon, and once when it is overdue."""
        posts = session.scalars(_due(now).limit(MOST_AT_ONCE)).all()
        for post in posts:
            row = self._tools.tickets.line(session, post.reference)
            assert row.card.due is not None, "it was found by its due date"
            post.told = _TOLD_OVERDUE if row.card.due.at <= now else _TOLD_SOON
            name = f"slack-due-{post.reference}-{post.told}-{int(row.card.due.at.timestamp())}"
            self._posting.below(session, post, name, boards.due_soon(row, now), at=now)
        return len(posts)


def _changed() -> Select[StoredPost]:
    """Posts of tickets that have changed since they were queued."""
    found = select(StoredPost).join(StoredTicket, StoredTicket.reference == StoredPost.reference)
    return found.where(StoredPost.is_open, StoredPost.queued < StoredTicket.version).order_by(StoredPost.number)


def _heard(alert: StoredAlert) -> int:
    return (_LAST_RANK - alert.rank) * _ROUND + alert.sent


def _unheard() -> Select[StoredPost]:
    """Posts of alerts that were told again since. The first time is the post itself."""
    found = select(StoredPost).join(StoredAlert, StoredAlert.reference == StoredPost.reference)
    heard = (_LAST_RANK - StoredAlert.rank) * _ROUND + StoredAlert.sent
    standing = (StoredPost.board == ALERTS, StoredAlert.stopped_at.is_(None), ~StoredAlert.in_digest)
    return found.where(*standing, heard > StoredPost.told).order_by(StoredPost.number)


def _due(now: datetime) -> Select[StoredPost]:
    found = select(StoredPost).join(StoredTicket, StoredTicket.reference == StoredPost.reference)
    soon = and_(StoredPost.told < _TOLD_SOON, StoredTicket.due_at <= now + SOON)
    overdue = and_(StoredPost.told < _TOLD_OVERDUE, StoredTicket.due_at <= now)
    return found.where(StoredPost.board == CARDS, StoredPost.is_open, or_(soon, overdue)).order_by(StoredPost.number)
