from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.audit.trail import AuditTrail, open_trail
from assistant.db.database import Database
from tests.assistant.db.opening import opened
from tests.assistant.sealing.opening import SECRET, SetClock


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def trail(database: Database, clock: SetClock) -> AuditTrail:
    return open_trail(database, SECRET, clock)
