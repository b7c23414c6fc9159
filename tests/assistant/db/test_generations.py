from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.db.database import Database
from assistant.db.generations import Generation, GenerationLog
from tests.assistant.db.opening import opened

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        yield database


def test_no_generation_is_active_before_the_first(database: Database) -> None:
    assert GenerationLog(database).active() is None


def test_the_generation_that_was_activated_last_is_active_alone(database: Database) -> None:
    log = GenerationLog(database)
    log.activate("g1", "digest-1", NOON, detail={"clauses": 71})
    log.activate("g2", "digest-2", NOON + timedelta(minutes=1))
    assert log.active() == "g2"
    with database.read() as session:
        rows = {row.id: (row.digest, row.active, row.detail) for row in session.query(Generation)}
    assert rows == {"g1": ("digest-1", False, {"clauses": 71}), "g2": ("digest-2", True, {})}


def test_an_earlier_generation_can_come_back(database: Database) -> None:
    log = GenerationLog(database)
    log.activate("g1", "digest-1", NOON)
    log.activate("g2", "digest-2", NOON + timedelta(minutes=1))
    log.activate("g1", "digest-1", NOON + timedelta(minutes=2))
    assert log.active() == "g1"


def test_another_process_sees_a_new_generation_at_once(database: Database, tmp_path: Path) -> None:
    with opened(tmp_path, server=False) as beside:
        GenerationLog(beside).activate("g1", "digest-1", NOON)
    assert GenerationLog(database).active() == "g1"
