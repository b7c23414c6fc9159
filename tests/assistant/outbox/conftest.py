"""A real database with every table, the real seal, and a post office that keeps what it is given."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.db.database import Database
from assistant.outbox.dispatcher import Dispatcher, Pace
from assistant.outbox.service import Outbox
from assistant.outbox.values import Delivery, Kind, Message, Transport
from assistant.sealing.sealer import Sealer, open_sealer
from tests.assistant.db.opening import opened

START = datetime(2026, 9, 22, 10, 15, tzinfo=UTC)
SECRET = b"a secret of these tests"


@dataclass
class Watch:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class PostOffice:
    """Takes everything, but for the failures it was told to answer with first."""

    failures: list[Exception] = field(default_factory=list)
    taken: list[Delivery] = field(default_factory=list)
    asked: int = 0

    def send(self, delivery: Delivery) -> None:
        self.asked += 1
        if self.failures:
            raise self.failures.pop(0)
        self.taken.append(delivery)


def mail(to: str = "ana@example.com", **changes: object) -> Message:
    fields = {"subject": "Your request", "body": "We have it.", "purpose": "receipt", "reference": "CM-7F3K-92QD"}
    return Message(kind=Kind.MAIL, to=to, **{**fields, **changes})  # type: ignore[arg-type]


@dataclass
class Room:
    database: Database
    sealer: Sealer
    outbox: Outbox
    watch: Watch
    office: PostOffice

    def put(self, message: Message, *, name: str | None = None) -> str:
        return self.database.write(lambda session: self.outbox.put(session, message, at=self.watch.now, id=name))

    def dispatcher(
        self, *, transport: Transport | None = None, owner: str = "one", pace: Pace | None = None
    ) -> Dispatcher:
        transports = dict.fromkeys(Kind, transport or self.office)
        return Dispatcher(self.database, self.outbox, transports, self.watch, owner, pace=pace or Pace())


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened(tmp_path / "data") as database:
        watch = Watch()
        sealer = open_sealer(database, SECRET, watch)
        yield Room(database, sealer, Outbox(database, sealer, watch), watch, PostOffice())
