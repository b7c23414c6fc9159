from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from assistant.db.database import Database, open_database
from assistant.errors import Unavailable
from assistant.settings import BadSetting, Settings
from tests.assistant.db.opening import opened


def note(database: Database, name: str) -> None:
    database.write(
        lambda session: session.execute(
            text("INSERT INTO erasures (mark, erased_at) VALUES (:mark, '2026-01-01 00:00:00.000000')"), {"mark": name}
        )
    )


def notes(session: Session) -> int:
    return session.scalar(text("SELECT count(*) FROM erasures")) or 0


@pytest.mark.sqlite(reason="the mode of the file")
def test_an_empty_data_folder_becomes_a_database_that_only_its_owner_reads(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    with opened(folder) as database:
        note(database, "a")
    assert (folder / "assistant.sqlite3").stat().st_mode & 0o777 == 0o600
    with opened(folder, server=False) as database, database.read() as session:
        assert notes(session) == 1


def test_a_read_sees_one_snapshot(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        with database.read() as session:
            assert notes(session) == 0
            note(database, "a")
            assert notes(session) == 0
        with database.read() as session:
            assert notes(session) == 1


def test_nothing_can_be_written_in_a_reading_session(tmp_path: Path) -> None:
    with opened(tmp_path) as database, pytest.raises(Unavailable, match="read-only"), database.read() as session:
        session.execute(text("DELETE FROM erasures"))


def test_a_look_sees_one_snapshot_and_can_write_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        with database.look() as connection:
            count = text("SELECT count(*) FROM erasures")
            assert connection.scalar(count) == 0
            note(database, "a")
            assert connection.scalar(count) == 0
        with pytest.raises(Unavailable, match="read-only"), database.look() as connection:
            connection.execute(text("DELETE FROM erasures"))


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BadSetting, match=r"^PRIVACY_ASSISTANT_DATA_DIR is .*file/var.*$"):
        open_database(Settings(data_dir=tmp_path / "file" / "var"), server=True)


@pytest.mark.sqlite(reason="the place of the file")
def test_a_database_file_may_stand_elsewhere(tmp_path: Path) -> None:
    with opened(tmp_path / "var", database_url=f"sqlite:///{tmp_path / 'other.db'}") as database:
        note(database, "a")
    assert (tmp_path / "other.db").exists()
    with pytest.raises(BadSetting, match="PRIVACY_ASSISTANT_DATABASE_URL"):
        open_database(Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/no/where.db"), server=True)


@pytest.mark.sqlite(reason="a damaged file")
def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "assistant.sqlite3").write_bytes(b"not a database, but long enough to look into" * 50)
    with pytest.raises(Unavailable, match="damaged"), opened(tmp_path):
        pass


def test_a_healthy_database_has_no_problem_and_a_closed_one_has(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        assert database.problem() is None
    assert "is stopping" in str(database.problem())


def test_two_databases_in_one_process_take_turns(tmp_path: Path) -> None:
    with opened(tmp_path) as serving, opened(tmp_path, server=False) as command:
        for number in range(5):
            note(serving, f"s{number}")
            note(command, f"c{number}")
        with serving.read() as session:
            assert notes(session) == 10
