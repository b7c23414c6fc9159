"""What happens to tickets by itself: warnings, expiry of what was never proven, and blanking of what is long done.

Each call is safe in several processes at once and cheap when nothing is due.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail
from assistant.db.database import Database
from assistant.organisation import Organisation
from assistant.outbox.service import Outbox
from assistant.outbox.values import Kind as Channel
from assistant.outbox.values import Message
from assistant.sealing.sealer import Sealer
from assistant.tickets import retention, wording
from assistant.tickets.clocks import next_warning, plus_months, reached
from assistant.tickets.contacts import blind_of
from assistant.tickets.errors import IllegalMove
from assistant.tickets.lifecycle import Lifecycle
from assistant.tickets.models import StoredDeadline, StoredTicket
from assistant.tickets.values import ClockName, Kept, Kind, Status

UNVERIFIED_FOR = timedelta(days=7)
YEARS_KEPT = 3
_CHUNK = 200
_MONTHS_A_YEAR = 12


class Keeper:
    def __init__(
        self,
        life: Lifecycle,
        database: Database,
        sealer: Sealer,
        audit: AuditTrail,
        outbox: Outbox,
        organisation: Organisation,
    ) -> None:
        self._life = life
        self._database = database
        self._sealer = sealer
        self._audit = audit
        self._outbox = outbox
        self._organisation = organisation

    def warn(self, now: datetime) -> int:
        """Mail the privacy address once for each limit at 50, 75, 90 and 100 %; how many mails.

        Where several moments passed unseen, only the last is told.
        """
        with self._database.read() as session:
            due = session.scalar(select(StoredDeadline.number).where(StoredDeadline.next_warning_at <= now).limit(1))
        return self._database.write(lambda session: self._warn(session, now)) if due is not None else 0

    def expire_unverified(self, now: datetime) -> int:
        """Close the requests whose address was not proven in seven days; how many."""
        before = now - UNVERIFIED_FOR
        with self._database.read() as session:
            references = _unverified(session, before)
        return self._database.write(lambda session: self._expire(session, references)) if references else 0

    def purge_closed(self, now: datetime, years: int = YEARS_KEPT) -> int:
        """Blank the tickets that were done so many years ago; how many. Then no byte of them is in the files."""
        day = plus_months(now.astimezone(UTC).date(), -_MONTHS_A_YEAR * years)
        before, count = datetime.combine(day, now.astimezone(UTC).time(), UTC), 0
        while blanked := self._database.write(lambda session: self._blank(session, before, now)):
            count += blanked
        if count:
            self._database.clear_traces()
        return count

    # Within the transaction of whoever erases.

    def forget_contact(self, session: Session, address: str, *, at: datetime) -> tuple[Kept, ...]:
        """Blank what a proven address's tickets hold of the person, once they are done; which stay, and why."""
        return retention.forget_contact(session, self._audit, self.contact_digest(address), at=at)

    def forget_contacts_where(self, session: Session, is_meant: Callable[[bytes], bool], *, at: datetime) -> int:
        """The same for every address whose digest is meant; how many tickets were touched."""
        meant = [blind for blind in retention.blinds(session) if is_meant(blind)]
        return sum(len(retention.forget_contact(session, self._audit, blind, at=at)) for blind in meant)

    def contact_digest(self, address: str) -> bytes:
        """What stands for an address in the index of tickets."""
        return blind_of(self._sealer, address)

    def let_go(self, session: Session, conversation: bytes) -> tuple[Kept, ...]:
        """Cut the tickets of a conversation that is being erased from it; which these are, and why they stay."""
        return retention.let_go(session, conversation)

    def _warn(self, session: Session, now: datetime) -> int:
        meant = (
            select(StoredDeadline, StoredTicket)
            .join(StoredTicket, StoredTicket.number == StoredDeadline.ticket_number)
            .where(StoredDeadline.next_warning_at <= now)
            .order_by(StoredDeadline.next_warning_at)
            .limit(_CHUNK)
            .with_for_update(of=StoredDeadline)
        )
        rows = session.execute(meant).all()
        return sum(self._warn_of(session, deadline, ticket, now) for deadline, ticket in rows)

    def _warn_of(self, session: Session, deadline: StoredDeadline, ticket: StoredTicket, now: datetime) -> bool:
        percent = reached(deadline.starts_at, deadline.due_at, now)
        is_new = percent > deadline.warned
        deadline.warned = max(percent, deadline.warned)
        deadline.next_warning_at = next_warning(deadline.starts_at, deadline.due_at, warned=deadline.warned)
        if is_new:
            self._outbox.put(session, self._warning(deadline, ticket, percent), at=now)
        return is_new

    def _warning(self, deadline: StoredDeadline, ticket: StoredTicket, percent: int) -> Message:
        body = wording.warning_body(
            ticket.reference,
            Kind(ticket.kind),
            ClockName(deadline.name),
            deadline.due_at,
            self._organisation.zone,
        )
        return Message(
            kind=Channel.MAIL,
            to=self._organisation.privacy_contact.email,
            subject=wording.warning_subject(ticket.reference, percent),
            body=body,
            purpose="warning",
            reference=ticket.reference,
        )

    def _expire(self, session: Session, references: Sequence[str]) -> int:
        self._life.hold(session, references)
        count = 0
        for reference in references:
            try:
                self._life.move(session, reference, Status.EXPIRED, actor="system", reason="No code came in time.")
            except IllegalMove:
                # Proven or withdrawn since it was read.
                continue
            count += 1
        return count

    def _blank(self, session: Session, before: datetime, now: datetime) -> int:
        numbers = retention.closed_before(session, before, limit=_CHUNK)
        return retention.blank_tickets(session, self._audit, numbers, at=now)


def _unverified(session: Session, before: datetime) -> Sequence[str]:
    meant = select(StoredTicket.reference).where(
        StoredTicket.status == Status.AWAITING_VERIFICATION, StoredTicket.opened_at <= before
    )
    return session.scalars(meant.order_by(StoredTicket.opened_at).limit(_CHUNK)).all()
