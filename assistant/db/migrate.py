"""Brings a database to the schema of this release, once, whoever starts first."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from assistant.db.engine import changing_much, one_at_a_time, owe_rewrite, rewrite_if_owed
from assistant.errors import Unavailable

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(connection: Connection) -> None:
    """Upgrade in one transaction; a database of a newer release is Unavailable and stays as it is.

    Also finishes a rewrite of the file that a crash cut short.
    """
    with changing_much(connection):
        with connection.begin():
            one_at_a_time(connection)
            config = _config(connection)
            current = MigrationContext.configure(connection).get_current_revision()
            if not _is_head(config, current):
                # A migration may rebuild a table, which moves rows as a sweep does.
                owe_rewrite(connection)
                command.upgrade(config, "head")
        rewrite_if_owed(connection)


def _is_head(config: Config, current: str | None) -> bool:
    scripts = ScriptDirectory.from_config(config)
    if current is not None:
        try:
            scripts.get_revision(current)
        except CommandError as error:
            raise Unavailable("The database was written by a newer release of the assistant: install that.") from error
    return current == scripts.get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    # The option goes through a parser to which a percent sign is special.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
