from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, MetaData, Row, inspect, make_url, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex, CreateTable

import assistant.bank.decisions
import assistant.bootstrap  # noqa: F401 every room declares its tables
import integrations.slack.models  # noqa: F401 and so does the one door that has some
from assistant.db.base import Base
from assistant.db.engine import is_sqlite, plain_engine, writing_engine
from assistant.db.migrate import _config, migrate
from assistant.errors import Unavailable
from tests.assistant.db.opening import opened, start_beside
from tests.databases import EMPTY, database_url

OPEN = """
import sys
from pathlib import Path
from assistant.db.database import open_database
from assistant.settings import Settings
from tests.databases import database_url
folder = Path(sys.argv[1])
settings = Settings(data_dir=folder, database_url=database_url(folder))
sys.stdin.readline()
open_database(settings, server=sys.argv[2] == "server").close()
"""
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
# A row, or two, for each table that the first release had.
FIRST_ROWS: dict[str, list[dict[str, Any]]] = {
    "conversations": [
        {
            "number": number,
            "id_digest": bytes([number]) * 32,
            "token_digest": bytes(32),
            "channel": "web",
            "language": language,
            "opened_at": NOON,
            "last_turn_at": NOON,
        }
        for number, language in ((1, "en"), (2, None))
    ],
    "turns": [
        {
            "number": 1,
            "conversation_number": 1,
            "turn_digest": b"t" * 32,
            "turn_id": "t1",
            "fingerprint": "print",
            "at": NOON,
            "text": "who reads my file?",
            "reply": {"outcome": "answered", "parts": ["é"]},
            "context": {},
        }
    ],
    "api_keys": [
        {
            "number": 1,
            "name": "desk",
            "prefix": "abcd",
            "digest": b"d" * 32,
            "scopes": ["desk"],
            "created_at": NOON,
            "expires_at": None,
            "last_used_at": NOON,
        }
    ],
    "erasures": [{"mark": "m" * 64, "erased_at": NOON}],
    "generations": [{"id": "g1", "digest": "d1", "created_at": NOON, "active": True, "detail": {"clauses": 71}}],
    "feedback": [{"number": 1, "turn_number": 1, "helpful": True, "comment": "Clear.", "at": NOON}],
}


@pytest.fixture
def url(tmp_path: Path) -> URL:
    """A database of nothing."""
    made = database_url(tmp_path, template=EMPTY)
    return make_url(made) if made else URL.create("sqlite", database=str(tmp_path / "assistant.sqlite3"))


@pytest.fixture
def connection(url: URL) -> Iterator[Connection]:
    engine = writing_engine(url) if is_sqlite(url) else plain_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def head() -> str:
    (revision,) = ScriptDirectory.from_config(_config(None)).get_heads()  # type: ignore[arg-type]
    return revision


def revisions(connection: Connection) -> list[str]:
    return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def declared(connection: Connection) -> list[str]:
    """What the database says of every table and index."""
    found = MetaData()
    found.reflect(connection)
    parts: list[CreateTable | CreateIndex] = []
    for table in found.sorted_tables:
        parts += [CreateTable(table), *(CreateIndex(index) for index in table.indexes)]
    return sorted(str(part.compile(connection)) for part in parts)


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))


def upgrade_to(connection: Connection, revision: str) -> None:
    with connection.begin():
        command.upgrade(_config(connection), revision)


def first_rows(connection: Connection, *, write: bool = False) -> dict[str, list[Row[Any]]]:
    """What stands in the tables of the first release, in the columns that they had then."""
    found = MetaData()
    found.reflect(connection, only=list(FIRST_ROWS))
    kept = {}
    for name, rows in FIRST_ROWS.items():
        # The types of the models, as an instant is read back in its zone by them alone.
        table = Base.metadata.tables[name]
        assert set(rows[0]) <= set(found.tables[name].columns.keys())
        if write:
            assert set(rows[0]) == set(found.tables[name].columns.keys())
            connection.execute(table.insert(), rows)
        columns = [table.c[column] for column in rows[0]]
        kept[name] = list(connection.execute(select(*columns).order_by(columns[0])).all())
    return kept


def test_from_nothing_the_schema_becomes_the_one_that_the_models_declare(connection: Connection) -> None:
    migrate(connection)
    assert revisions(connection) == [head()]
    assert differences(connection) == []


def test_from_the_first_release_no_row_is_lost_and_the_schema_is_the_same(connection: Connection) -> None:
    upgrade_to(connection, "0001")
    assert set(inspect(connection).get_table_names()) == {*FIRST_ROWS, "alembic_version"}
    before = first_rows(connection, write=True)
    connection.commit()
    assert all(before.values())
    migrate(connection)
    assert revisions(connection) == [head()]
    assert differences(connection) == []
    assert first_rows(connection) == before
    assert before["turns"][0].reply == {"outcome": "answered", "parts": ["é"]}
    assert before["conversations"][0].opened_at == NOON


def test_a_row_is_numbered_on_after_the_rows_of_the_first_release(connection: Connection) -> None:
    conversations = Base.metadata.tables["conversations"]
    row = {name: value for name, value in FIRST_ROWS["conversations"][0].items() if name != "number"}
    upgrade_to(connection, "0001")
    connection.execute(conversations.insert(), row)
    connection.commit()
    migrate(connection)
    connection.execute(conversations.insert(), {**row, "id_digest": b"n" * 32})
    assert list(connection.execute(select(conversations.c.number)).scalars()) == [1, 2]


def test_every_constraint_has_the_name_that_the_models_give_it(connection: Connection) -> None:
    migrate(connection)
    found = inspect(connection)
    for table in Base.metadata.tables.values():
        named = [found.get_pk_constraint(table.name)["name"]]
        named += [each["name"] for each in found.get_unique_constraints(table.name)]
        named += [each["name"] for each in found.get_foreign_keys(table.name)]
        named += [each["name"] for each in found.get_check_constraints(table.name)]
        assert {constraint.name for constraint in table.constraints} == set(named)


def test_every_table_can_be_made_on_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in Base.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_migrating_twice_changes_nothing(connection: Connection) -> None:
    migrate(connection)
    before = declared(connection)
    connection.rollback()
    migrate(connection)
    assert declared(connection) == before


def test_a_migration_that_fails_leaves_nothing_behind(connection: Connection) -> None:
    upgrade_to(connection, "0001")
    # In the way of a table that comes late.
    connection.execute(text("CREATE TABLE ticket_history (a INTEGER)"))
    connection.commit()
    before = declared(connection)
    connection.rollback()
    with pytest.raises(DBAPIError, match="already exists"):
        migrate(connection)
    assert declared(connection) == before
    assert revisions(connection) == ["0001"]


def test_processes_that_start_at_once_migrate_once(url: URL, tmp_path: Path, connection: Connection) -> None:
    processes = [start_beside(OPEN, str(tmp_path), kind) for kind in ("server", "command", "command")]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[1] for process in processes] == ["", "", ""]
    assert revisions(connection) == [head()]


def test_a_database_of_a_newer_release_is_refused_and_left_alone(url: URL, tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        database.write(lambda session: session.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(Unavailable, match="newer release"), opened(tmp_path):
        pass
    engine = plain_engine(url)
    with engine.connect() as connection:
        assert revisions(connection) == ["9999"]
    engine.dispose()


@pytest.mark.sqlite(reason="a pragma in the header of the file")
def test_a_rewrite_that_a_crash_cut_short_is_done_at_the_next_start(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        database.write(lambda session: session.execute(text("PRAGMA user_version = 1")))
        with database.read() as session:
            assert session.scalar(text("PRAGMA user_version")) == 1
    with opened(tmp_path) as database, database.read() as session:
        assert session.scalar(text("PRAGMA user_version")) == 0
