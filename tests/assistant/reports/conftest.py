from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.security.rooms import Rooms, built


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with built(tmp_path / "data") as rooms:
        yield rooms
