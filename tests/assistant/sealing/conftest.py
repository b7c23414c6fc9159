from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.db.database import Database
from assistant.sealing.sealer import Sealer, open_sealer
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
def sealer(database: Database, clock: SetClock) -> Sealer:
    return open_sealer(database, SECRET, clock)
