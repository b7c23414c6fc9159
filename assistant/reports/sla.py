"""The SLA report: which limits were kept, which were missed, what is open. Counts tickets and shows none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from assistant.tickets.models import StoredDeadline, StoredTicket
from assistant.tickets.values import BasisKind, ClockName, Kind, Status

# Nobody has proven these: they are no work of the desk's, and no limit of theirs was kept or missed.
UNPROVEN = (Status.AWAITING_VERIFICATION.value, Status.EXPIRED.value)
_HOUR = 3600
# Of the clocks of one ticket the first answer counts, and the answer that governs.
_COUNTED = or_(
    StoredDeadline.name == ClockName.FIRST_ANSWER.value,
    and_(StoredDeadline.name == ClockName.ANSWER.value, StoredDeadline.governs.is_(True)),
)


@dataclass(frozen=True, slots=True)
class LimitFigures:
    """One kind of limit: `running` are those that can still be kept. `kept_share` is None where none is decided."""

    kept: int = 0
    missed: int = 0
    running: int = 0

    @property
    def kept_share(self) -> float | None:
        decided = self.kept + self.missed
        return round(self.kept / decided, 4) if decided else None


@dataclass(frozen=True, slots=True)
class KindFigures:
    """One kind of ticket. `opened`, `closed`, the limits and the hours are of tickets opened in the time that the
    report covers; `open`, `unassigned` and `overdue` of everything in the queue now.
    """

    kind: Kind
    opened: int
    closed: int
    open: int
    unassigned: int
    overdue: int
    oldest_open_at: datetime | None
    first_answers: LimitFigures
    answers: LimitFigures
    median_hours_to_first_answer: float | None
    median_hours_to_close: float | None
    median_hours_to_acknowledge: float | None


@dataclass(frozen=True, slots=True)
class SlaReport:
    since: datetime
    until: datetime
    kinds: tuple[KindFigures, ...]
    awaiting_verification: int


@dataclass(frozen=True, slots=True)
class _Queue:
    open: int = 0
    unassigned: int = 0
    overdue: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Times:
    opened_at: datetime
    first_answered_at: datetime | None
    closed_at: datetime | None
    acknowledged_at: datetime | None


def sla_report(session: Session, *, since: datetime, until: datetime) -> SlaReport:
    """`until` is now: what has not been answered by then and was due is missed."""
    queue, times = _queue(session, until), _times(session, since)
    limits = _limits(session, since, until)
    unproven = select(func.count()).where(StoredTicket.status == Status.AWAITING_VERIFICATION.value)
    return SlaReport(
        since=since,
        until=until,
        kinds=tuple(_figures(kind, queue.get(kind, _Queue()), times[kind], limits) for kind in Kind),
        awaiting_verification=session.scalar(unproven) or 0,
    )


def _figures(
    kind: Kind, queue: _Queue, times: Sequence[_Times], limits: Mapping[tuple[Kind, ClockName], LimitFigures]
) -> KindFigures:
    return KindFigures(
        kind=kind,
        opened=len(times),
        closed=sum(row.closed_at is not None for row in times),
        open=queue.open,
        unassigned=queue.unassigned,
        overdue=queue.overdue,
        oldest_open_at=queue.oldest,
        first_answers=limits.get((kind, ClockName.FIRST_ANSWER), LimitFigures()),
        answers=limits.get((kind, ClockName.ANSWER), LimitFigures()),
        median_hours_to_first_answer=_hours((row.opened_at, row.first_answered_at) for row in times),
        median_hours_to_close=_hours((row.opened_at, row.closed_at) for row in times),
        median_hours_to_acknowledge=_hours((row.opened_at, row.acknowledged_at) for row in times),
    )


def _queue(session: Session, now: datetime) -> dict[Kind, _Queue]:
    """What is in the queue, by kind; overdue is a ticket with a limit that runs and is over."""
    late = (
        exists()
        .where(
            StoredDeadline.ticket_number == StoredTicket.number,
            StoredDeadline.stopped_at.is_(None),
            StoredDeadline.due_at < now,
            _COUNTED,
            # A law's clock stands still in a pause; promises and targets run on.
            or_(StoredTicket.paused_at.is_(None), StoredDeadline.basis != BasisKind.LAW.value),
        )
        .correlate(StoredTicket)
    )
    rows = (
        select(
            StoredTicket.kind,
            func.count(),
            _sum(StoredTicket.assignee.is_(None)),
            _sum(late),
            func.min(StoredTicket.opened_at),
        )
        .where(StoredTicket.is_open.is_(True), StoredTicket.status.not_in(UNPROVEN))
        .group_by(StoredTicket.kind)
    )
    return {Kind(row[0]): _Queue(row[1], row[2], row[3], row[4]) for row in session.execute(rows)}


def _times(session: Session, since: datetime) -> dict[Kind, list[_Times]]:
    rows = select(
        StoredTicket.kind,
        StoredTicket.opened_at,
        StoredTicket.first_answered_at,
        StoredTicket.closed_at,
        StoredTicket.acknowledged_at,
    ).where(StoredTicket.opened_at >= since, StoredTicket.status.not_in(UNPROVEN))
    times: dict[Kind, list[_Times]] = defaultdict(list)
    for row in session.execute(rows):
        times[Kind(row[0])].append(_Times(row[1], row[2], row[3], row[4]))
    return times


def _limits(session: Session, since: datetime, now: datetime) -> dict[tuple[Kind, ClockName], LimitFigures]:
    stopped, due = StoredDeadline.stopped_at, StoredDeadline.due_at
    counts = (
        _sum(stopped <= due),
        _sum(or_(stopped > due, and_(stopped.is_(None), due < now))),
        _sum(and_(stopped.is_(None), due >= now)),
    )
    rows = (
        select(StoredTicket.kind, StoredDeadline.name, *counts)
        .join(StoredTicket, StoredTicket.number == StoredDeadline.ticket_number)
        .where(
            StoredTicket.opened_at >= since,
            StoredTicket.status.not_in(UNPROVEN),
            _COUNTED,
        )
        .group_by(StoredTicket.kind, StoredDeadline.name)
    )
    return {(Kind(row[0]), ClockName(row[1])): LimitFigures(*row[2:]) for row in session.execute(rows)}


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _hours(spans: Iterable[tuple[datetime, datetime | None]]) -> float | None:
    hours = [(end - start).total_seconds() / _HOUR for start, end in spans if end is not None]
    return round(median(hours), 2) if hours else None
