"""Opens a real database in a folder of its own, looks for bytes in it, and runs a second process beside it."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.db.database import Database, open_database
from tests.databases import SERVER, rows_holding, settings_for

_ROOT = Path(__file__).parents[3]
# In another process: closing a database file that SQLite has open in this one would drop its locks.
_SEARCH = """
import sys
from pathlib import Path
needles = sys.stdin.buffer.read().splitlines()
for path in Path(sys.argv[1]).rglob("*"):
    if path.is_file():
        data = path.read_bytes()
        for needle in needles:
            if needle in data:
                print(path.name, needle.decode())
"""


@contextmanager
def opened(folder: Path, *, server: bool = True, **settings: Any) -> Iterator[Database]:
    database = open_database(settings_for(folder, **settings), server=server)
    try:
        yield database
    finally:
        database.close()


def found_in(folder: Path, needles: Iterable[str]) -> list[str]:
    """Each needle that stands in any byte of any file of the folder, with the file's name.

    On PostgreSQL also those that stand in a row of its database, whose files are not in the folder.
    """
    wanted = "\n".join(needles).encode()
    assert wanted
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _SEARCH, str(folder)], input=wanted, capture_output=True, check=True
    )
    found = run.stdout.decode().splitlines()
    return found + rows_holding(folder, wanted.splitlines()) if SERVER in os.environ else found


def start_beside(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Run the script in another process; it imports the house as this one does."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, *arguments],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_beside(script: str, *arguments: str) -> str:
    process = start_beside(script, *arguments)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out.strip()
