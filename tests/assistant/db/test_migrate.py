from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import assistant.access.models
import assistant.conversation.models
import assistant.db.generations
import assistant.erasure.ledger  # noqa: F401 each declares tables
from assistant.db.base import Base
from assistant.db.engine import writing_engine
from assistant.db.migrate import migrate
from assistant.errors import Unavailable
from tests.assistant.db.opening import opened, start_beside

OPEN = """
import sys
from pathlib import Path
from assistant.db.database import open_database
from assistant.settings import Settings
sys.stdin.readline()
open_database(Settings(data_dir=Path(sys.argv[1])), server=sys.argv[2] == "server").close()
"""


def url_in(folder: Path) -> URL:
    return URL.create("sqlite", database=str(folder / "assistant.sqlite3"))


def test_the_migrated_schema_is_the_one_that_the_models_declare(tmp_path: Path) -> None:
    with writing_engine(url_in(tmp_path)).connect() as connection:
        migrate(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_constraint_has_the_name_that_the_models_give_it(tmp_path: Path) -> None:
    with writing_engine(url_in(tmp_path)).connect() as connection:
        migrate(connection)
        tables = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        migrated: dict[str, str] = {row.name: row.sql for row in tables}
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert f"CONSTRAINT {constraint.name} " in migrated[table.name]


def test_every_table_can_be_made_on_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in Base.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect)).count("TIMESTAMP WITH TIME ZONE")
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    with writing_engine(url_in(tmp_path)).connect() as connection:
        migrate(connection)
        before = connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name")).all()
        connection.rollback()
        migrate(connection)
        assert connection.execute(text("SELECT sql FROM sqlite_master ORDER BY name")).all() == before


def test_processes_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    processes = [start_beside(OPEN, str(tmp_path), kind) for kind in ("server", "command", "command")]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[1] for process in processes] == ["", "", ""]
    engine = create_engine(url_in(tmp_path))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == ["0001"]
    engine.dispose()


def test_a_database_of_a_newer_release_is_refused_and_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        database.write(lambda session: session.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(Unavailable, match="newer release"), opened(tmp_path):
        pass
    engine = create_engine(url_in(tmp_path))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"
    engine.dispose()


@pytest.mark.sqlite(reason="a pragma in the header of the file")
def test_a_rewrite_that_a_crash_cut_short_is_done_at_the_next_start(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        database.write(lambda session: session.execute(text("PRAGMA user_version = 1")))
        with database.read() as session:
            assert session.scalar(text("PRAGMA user_version")) == 1
    with opened(tmp_path) as database, database.read() as session:
        assert session.scalar(text("PRAGMA user_version")) == 0
