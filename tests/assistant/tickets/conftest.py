"""The real queue on a real database with the real seal, audit trail and outbox; a transport that keeps the mails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail, open_trail
from assistant.db.database import Database
from assistant.organisation import Organisation, load_organisation
from assistant.outbox.dispatcher import Dispatcher
from assistant.outbox.service import Outbox
from assistant.outbox.values import Delivery, Kind, Message
from assistant.reply import Right
from assistant.sealing.sealer import Sealer, open_sealer
from assistant.tickets import values
from assistant.tickets.deadlines import DeadlineRules
from assistant.tickets.service import TicketService
from assistant.tickets.values import NewTicket, TicketCard
from tests.assistant.db.opening import opened
from tests.assistant.sealing.opening import SECRET

START = datetime(2026, 9, 22, 10, 15, tzinfo=UTC)
ANA = "ana@example.com"
CONVERSATION = bytes(range(32))

T = TypeVar("T")


@dataclass
class Watch:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Room:
    database: Database
    sealer: Sealer
    audit: AuditTrail
    outbox: Outbox
    tickets: TicketService
    watch: Watch
    organisation: Organisation

    def do(self, act: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """One act of the queue in a transaction of its own."""
        return self.database.write(lambda session: act(session, *args, **kwargs))

    def open(self, **changes: Any) -> TicketCard:
        """A proven request for access, but for what a test changes."""
        new = NewTicket(
            reference=self.tickets.new_reference(),
            kind=values.Kind.RIGHTS_REQUEST,
            right=Right.ACCESS,
            text="Please send me what you have on [email].",
            contact=ANA,
            contact_proven=True,
        )
        return self.do(self.tickets.open, replace(new, **changes))

    def open_unproven(self, **changes: Any) -> TicketCard:
        return self.open(status=values.Status.AWAITING_VERIFICATION, contact_proven=False, **changes)

    def open_inquiry(self, **changes: Any) -> TicketCard:
        return self.open(kind=values.Kind.INQUIRY, right=None, contact_proven=False, **changes)

    def mails(self) -> list[Message]:
        """What the outbox sends now."""
        taken: list[Message] = []

        class PostOffice:
            def send(self, delivery: Delivery) -> None:
                taken.append(delivery.message)

        dispatcher = Dispatcher(self.database, self.outbox, dict.fromkeys(Kind, PostOffice()), self.watch, "test")
        while dispatcher.run_once():
            pass
        return taken

    def rows(self, query: Callable[[Session], T]) -> T:
        with self.database.read() as session:
            return query(session)


@pytest.fixture
def codemites() -> Organisation:
    return load_organisation(Path(__file__).parents[3] / "knowledge" / "policies" / "codemites")


@pytest.fixture
def room(tmp_path: Path, codemites: Organisation) -> Iterator[Room]:
    with opened(tmp_path / "data") as database:
        watch = Watch()
        sealer, audit = open_sealer(database, SECRET, watch), open_trail(database, SECRET, watch)
        outbox = Outbox(database, sealer, watch)
        tickets = TicketService(database, sealer, audit, outbox, watch, DeadlineRules(codemites))
        yield Room(database, sealer, audit, outbox, tickets, watch, codemites)
