"""The alert desk: tells the people on call of an incident, again and again, until one of them says "mine".

What is sent goes through the outbox in the transaction that caused it. Knows incidents by their reference alone.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail
from assistant.clock import Clock
from assistant.db.database import Database
from assistant.organisation import Organisation
from assistant.outbox.service import Outbox
from assistant.reply import Severity
from assistant.security import schedule
from assistant.security import wording_alerts as wording
from assistant.security.digest import Digest
from assistant.security.models import StoredAlert
from assistant.security.on_call import OnCall
from assistant.security.severity import IncidentKind, rank
from assistant.security.telling import Teller, Told
from assistant.tickets.errors import TicketNotFound
from assistant.tickets.service import TicketService
from assistant.tickets.values import Status, TicketCard

# A flood: so many incidents within this time, of one network or of all, are told one by one, and later ones together.
FLOOD_WINDOW = timedelta(minutes=10)
MOST_OF_NETWORK = 5
MOST_OF_ALL = 20
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Alarm:
    """What an alert is raised for. `words` is masked text for the first mail; `status` is that of the ticket."""

    reference: str
    kind: IncidentKind
    severity: Severity
    network: str
    status: Status
    at: datetime
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AlertTools:
    """What the alert desk works with; `wake` has the outbox send at once."""

    database: Database
    outbox: Outbox
    tickets: TicketService
    audit: AuditTrail
    organisation: Organisation
    on_call: OnCall
    clock: Clock
    wake: Callable[[], None]


class AlertDesk:
    def __init__(self, tools: AlertTools) -> None:
        self._tools = tools
        self._teller = Teller(tools.outbox, tools.on_call)
        self._digest = Digest(self._teller)

    def raise_alert(self, session: Session, alarm: Alarm) -> None:
        """Write the alert and its first messages in the caller's transaction.

        A known incident is told again only where it is worse than it was known to be, and then from the first step.
        """
        row = session.scalar(select(StoredAlert).where(StoredAlert.reference == alarm.reference).with_for_update())
        if row is None:
            row = StoredAlert(reference=alarm.reference, opened_at=alarm.at)
            session.add(row)
        elif rank(alarm.severity) >= row.rank:
            return
        with session.no_autoflush:
            _begin_round(row, alarm)
            row.in_digest = _crowded(session, alarm)
        if not row.in_digest:
            self._send(session, row, alarm.at, words=alarm.words)
        session.flush()

    def tick(self, now: datetime) -> int:
        """Write what is due to the outbox; of how many incidents was told. Cheap when there is nothing to do.

        Several processes may tick: a row is locked while it is told, and what was told is not due any more.
        """
        with self._tools.database.read() as session:
            due = session.scalars(select(StoredAlert.reference).where(_due(now)).limit(MOST_AT_ONCE)).all()
            listed = self._digest.named_next(session) if self._digest.due(session, now) else None
        if not due and listed is None:
            return 0
        moved = self._moved([*due, *(listed or ())])
        told = self._tools.database.write(partial(self._tick, now=now, moved=moved))
        self._tools.wake()
        return told

    def acknowledge(
        self, session: Session, reference: str, by: str, *, actor: str = "console", expect_version: int | None = None
    ) -> TicketCard:
        """A person says "mine": the ticket says so, and nothing more is sent for it, nor what still waits to be sent.

        TicketNotFound for an unknown reference, StaleTicket for another version than the expected one.
        """
        tickets = self._tools.tickets
        reference = tickets.find(reference)
        card = tickets.acknowledge(session, reference, actor=actor, by=by, expect_version=expect_version)
        self._stop(session, StoredAlert.reference == reference, by=by)
        self._teller.take_back(session, reference)
        return card

    def acknowledge_digest(self, session: Session, by: str, *, actor: str = "console") -> int:
        """Nothing more is sent for any incident that the digest tells of; their tickets stay in the queue as they are.

        Returns how many these were.
        """
        stopped = self._stop(session, StoredAlert.in_digest.is_(True), by=by)
        if stopped:
            detail = {"incidents": stopped, "by": by}
            action, at = "alerts.digest_acknowledged", self._tools.clock()
            self._tools.audit.record(session, actor=actor, action=action, subject="alerts", detail=detail, at=at)
        return stopped

    def reached(self, raised_at: datetime, at: datetime) -> tuple[int, int]:
        """How many tiers of the people on call are told by then, and how many there are."""
        tiers = len(self._tools.on_call.tiers)
        return min(schedule.tiers_at(raised_at, at), tiers), tiers

    def _tick(self, session: Session, *, now: datetime, moved: Collection[str]) -> int:
        self._stop(session, StoredAlert.reference.in_(moved), by=None)
        first = select(StoredAlert).where(_due(now)).order_by(StoredAlert.rank, StoredAlert.next_at).limit(MOST_AT_ONCE)
        rows = session.scalars(first.with_for_update(skip_locked=True)).all()
        for row in rows:
            self._send(session, row, now)
        session.flush()
        return len(rows) + self._digest.send(session, now)

    def _send(self, session: Session, row: StoredAlert, now: datetime, *, words: str = "") -> None:
        """Tell everybody whose turn it is, and note when it is told again."""
        notice = wording.Notice(row.reference, Severity(row.severity), row.kind, row.opened_at, row.sent)
        told = Told(
            id=f"alert-{row.reference}-{int(row.raised_at.timestamp())}-{row.sent}",
            subject=wording.subject(notice),
            body=wording.body(notice, self._tools.organisation.zone, wording.without_links(words)),
            chat=wording.chat(notice),
            event=wording.REPORTED,
            data=wording.event(notice),
            priority=row.rank,
            reference=row.reference,
        )
        self._teller.tell(session, told, tiers=schedule.tiers_at(row.raised_at, now), at=now)
        row.sent += 1
        row.next_at = schedule.next_after(row.raised_at, now)

    def _moved(self, references: Sequence[str]) -> list[str]:
        """Those whose ticket a person has moved since, or which are gone: they need no alert any more."""
        begun = select(StoredAlert.reference, StoredAlert.raised_in).where(StoredAlert.reference.in_(references))
        with self._tools.database.read() as session:
            rows = session.execute(begun).all()
        return [reference for reference, raised_in in rows if self._status(reference) != raised_in]

    def _status(self, reference: str) -> str | None:
        try:
            return self._tools.tickets.card(reference).status.value
        except TicketNotFound:
            return None

    def _stop(self, session: Session, meant: ColumnElement[bool], *, by: str | None) -> int:
        """No more alerts for these; how many there were."""
        stop = update(StoredAlert).where(meant, StoredAlert.stopped_at.is_(None))
        stop = stop.values(stopped_at=self._tools.clock(), next_at=None, acknowledged_by=by, network="")
        return len(session.scalars(stop.returning(StoredAlert.number)).all())


def _begin_round(row: StoredAlert, alarm: Alarm) -> None:
    row.severity, row.rank, row.kind = alarm.severity.value, rank(alarm.severity), alarm.kind.value
    row.network, row.raised_at, row.raised_in = alarm.network, alarm.at, alarm.status.value
    row.sent = 0
    row.next_at = row.named_at = row.stopped_at = row.acknowledged_by = None


def _due(now: datetime) -> ColumnElement[bool]:
    return StoredAlert.next_at <= now


def _crowded(session: Session, alarm: Alarm) -> bool:
    """Whether so many were reported just before this one that it is told together with others."""
    since = StoredAlert.opened_at > alarm.at - FLOOD_WINDOW
    others = StoredAlert.reference != alarm.reference
    of_network = StoredAlert.network == alarm.network
    if alarm.network and _at_least(session, MOST_OF_NETWORK, since & others & of_network):
        return True
    return _at_least(session, MOST_OF_ALL, since & others)


def _at_least(session: Session, number: int, meant: ColumnElement[bool]) -> bool:
    found = select(StoredAlert.number).where(meant).limit(number).subquery()
    return (session.scalar(select(func.count()).select_from(found)) or 0) >= number
