from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.desk.service import DeskTools, TicketDesk
from assistant.tickets.idempotency import IdempotencyStore
from tests.assistant.security.rooms import Rooms, built


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with built(tmp_path / "data") as rooms:
        yield rooms


def desk_of(rooms: Rooms) -> TicketDesk:
    return TicketDesk(
        DeskTools(
            database=rooms.database,
            tickets=rooms.tickets,
            alerts=rooms.alerts,
            audit=rooms.audit,
            calls=IdempotencyStore(rooms.database, rooms.sealer, rooms.watch),
            clock=rooms.watch,
            wake=lambda: rooms.woken.append(rooms.watch.now),
        )
    )


@pytest.fixture
def desk(rooms: Rooms) -> TicketDesk:
    return desk_of(rooms)
