"""The digest: how a flood of incidents is told, at most once a minute, the most severe first, with their number."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, case, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.reply import Severity
from assistant.security import schedule
from assistant.security import wording_alerts as wording
from assistant.security.models import StoredAlert, StoredDigest
from assistant.security.severity import rank
from assistant.security.telling import Teller, Told

EVERY = timedelta(minutes=1)
# So many are named in one digest; the others follow in the next ones, for each is named once at least.
MOST_NAMED = 200
THE_DIGEST = 1

_OPEN: ColumnElement[bool] = StoredAlert.in_digest & StoredAlert.stopped_at.is_(None)
_UNNAMED: ColumnElement[bool] = _OPEN & StoredAlert.named_at.is_(None)


class Digest:
    def __init__(self, teller: Teller) -> None:
        self._teller = teller

    def due(self, session: Session, now: datetime) -> bool:
        """Whether a digest is to be sent: something new a minute after the last one, or a step of the old."""
        state = session.get(StoredDigest, THE_DIGEST)
        if state is not None and state.next_at is not None and state.next_at <= now:
            return True
        rested = state is None or state.last_at is None or now - state.last_at >= EVERY
        return rested and session.scalar(select(StoredAlert.number).where(_UNNAMED).limit(1)) is not None

    def named_next(self, session: Session) -> list[str]:
        """The references that the next digest would name."""
        return [row.reference for row in session.execute(_first()).all()]

    def send(self, session: Session, now: datetime) -> int:
        """Send the digest if it is due; how many incidents it names. One of several processes does it."""
        state = self._locked(session)
        if not self.due(session, now):
            return 0
        named = session.execute(_first()).all()
        if not named:
            state.since = state.next_at = None
            return 0
        state.since = state.since or now
        told = self._told(_tally(session, named, state.sent), now)
        self._teller.tell(session, told, tiers=schedule.tiers_at(state.since, now), at=now)
        numbers = [row.number for row in named]
        unnamed = StoredAlert.number.in_(numbers) & StoredAlert.named_at.is_(None)
        session.execute(update(StoredAlert).where(unnamed).values(named_at=now))
        state.last_at, state.next_at, state.sent = now, schedule.next_after(state.since, now), state.sent + 1
        session.flush()
        return len(named)

    def _told(self, tally: wording.Tally, now: datetime) -> Told:
        return Told(
            id=f"digest-{int(now.timestamp())}",
            subject=wording.digest_subject(tally),
            body=wording.digest_body(tally),
            chat=wording.digest_chat(tally),
            event=wording.DIGEST,
            data=wording.digest_event(tally),
            priority=0 if tally.critical else 1,
        )

    def _locked(self, session: Session) -> StoredDigest:
        """The state, made at first use; of two processes that make it at once one takes the other's."""
        meant = select(StoredDigest).where(StoredDigest.number == THE_DIGEST).with_for_update()
        found = meant.execution_options(populate_existing=True)
        state = session.scalar(found)
        if state is None:
            with suppress(IntegrityError), session.begin_nested():
                session.add(StoredDigest(number=THE_DIGEST, since=None, last_at=None, next_at=None, sent=0))
            state = session.scalars(found).one()
        return state


def _first() -> Select[int, str, str]:
    """What a digest names: new ones before known ones, then the most severe; of each network the first before its
    second, so that one that floods does not hide what another reports.
    """
    of_its_network = func.row_number().over(
        partition_by=(StoredAlert.rank, StoredAlert.network), order_by=StoredAlert.number
    )
    known = case((StoredAlert.named_at.is_(None), 0), else_=1)
    columns = select(StoredAlert.number, StoredAlert.reference, StoredAlert.severity).where(_OPEN)
    return columns.order_by(known, StoredAlert.rank, of_its_network, StoredAlert.number).limit(MOST_NAMED)


def _tally(session: Session, named: Sequence[Row[int, str, str]], sent: int) -> wording.Tally:
    shown = sorted(((row.reference, Severity(row.severity)) for row in named), key=lambda entry: rank(entry[1]))
    by_severity = select(StoredAlert.severity, func.count().label("number")).where(_OPEN).group_by(StoredAlert.severity)
    counts = {row.severity: row.number for row in session.execute(by_severity)}
    return wording.Tally(
        open=sum(counts.values()),
        critical=counts.get(Severity.CRITICAL.value, 0),
        fresh=session.scalar(select(func.count()).where(_UNNAMED)) or 0,
        named=shown,
        sent=sent,
    )
