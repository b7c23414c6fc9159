from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.rights.counter import Visitor, World, opened_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with opened_world(tmp_path) as world:
        yield world


@pytest.fixture
def visitor(world: World) -> Visitor:
    return Visitor(world)
