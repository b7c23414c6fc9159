"""The queue, for commands that work beside a serving process and answer no question."""

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.db.database import open_database
from assistant.office import Office, open_office
from assistant.organisation import load_organisation
from assistant.policy_folder import policy_folder
from integrations.commands.opening import read_settings
from integrations.transports import make_transports


@contextmanager
def opened_office() -> Iterator[Office]:
    """Nothing is sent from here: the transports only tell what files they keep."""
    settings = read_settings()
    organisation = load_organisation(policy_folder(settings.policy))
    transports = make_transports(settings, organisation)
    database = open_database(settings, server=False)
    try:
        yield open_office(database, settings, organisation, transports=transports)
    finally:
        database.close()
