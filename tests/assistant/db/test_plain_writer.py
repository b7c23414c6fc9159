from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, select, text
from sqlalchemy.orm import Session

from assistant.db.plain_writer import PlainWriter
from assistant.errors import Unavailable


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[PlainWriter]:
    # Nothing in a plain writer is PostgreSQL's own, so that any database shows what it does.
    writer = PlainWriter(create_engine(URL.create("sqlite", database=str(tmp_path / "t.sqlite3"))))
    writer.write(lambda session: session.execute(text("CREATE TABLE notes (said TEXT)")))
    yield writer
    writer.close()


def add(session: Session) -> str:
    session.execute(text("INSERT INTO notes VALUES ('a')"))
    return "added"


def count(writer: PlainWriter) -> int:
    notes: int = writer.alone(lambda connection: connection.execute(text("SELECT count(*) FROM notes")).scalar_one())
    return notes


def test_a_write_returns_its_result_and_is_committed(writer: PlainWriter) -> None:
    assert writer.write(add) == "added"
    assert count(writer) == 1


def test_a_failing_write_is_undone_and_raises(writer: PlainWriter) -> None:
    def fail(session: Session) -> None:
        add(session)
        raise KeyError

    with pytest.raises(KeyError):
        writer.write(fail)
    assert count(writer) == 0


def test_compacting_is_a_write_and_clearing_needs_nothing(writer: PlainWriter) -> None:
    def delete_all(session: Session) -> None:
        session.execute(text("DELETE FROM notes"))

    writer.write(add)
    writer.compact(delete_all)
    writer.clear_traces()
    assert count(writer) == 0


def test_a_closed_writer_takes_no_more(writer: PlainWriter) -> None:
    writer.close()
    with pytest.raises(Unavailable, match="is stopping"):
        writer.write(add)


def test_a_database_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    writer = PlainWriter(create_engine(URL.create("sqlite", database=str(tmp_path / "gone" / "t.sqlite3"))))
    with pytest.raises(Unavailable, match="cannot be opened"):
        writer.write(add)
    with pytest.raises(Unavailable, match="cannot be opened"):
        writer.alone(lambda connection: connection.execute(select(1)))
