import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evals.crash.inspection import file_problems


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "made.sqlite3"
    with closing(sqlite3.connect(made)) as connection, connection:
        connection.execute("CREATE TABLE tickets (number INTEGER PRIMARY KEY, words TEXT)")
        connection.execute("CREATE INDEX words ON tickets (words)")
        connection.execute("CREATE TABLE notes (ticket INTEGER REFERENCES tickets (number))")
        connection.executemany("INSERT INTO tickets (words) VALUES (?)", [(f"word {n}",) for n in range(500)])
    return made


def test_a_sound_file_has_no_problem(file: Path) -> None:
    assert file_problems(file) == ()


def test_an_index_that_disagrees_with_its_table_is_found(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = 'CREATE INDEX words ON tickets (number)' WHERE name='words'")
    assert file_problems(file)


def test_a_row_that_points_nowhere_is_found(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO notes VALUES (9999)")
    assert len(file_problems(file)) == 1
