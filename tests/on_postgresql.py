"""Loaded for `--database postgresql`: a server of the run's own, and of all tests those that use a database.

A test uses one when `settings_for` or `database_url` can be reached from it, or from a fixture that it asks for,
through what is written under tests/. Every other test is the same on either database and runs with the default alone;
so do those of rooms that only ask the index and take an assistant for that.
"""

import inspect
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import psycopg
import pytest

from assistant.db.database import open_database
from assistant.settings import Settings
from tests.databases import MIGRATED, SERVER, connected, database_url, databases, drop, settings_for, url_of

with warnings.catch_warnings():
    # It warns where the system has no folder for run-time files.
    warnings.simplefilter("ignore")
    from evals.crash.postgres import postgres

_ASK_THE_INDEX = (
    "tests/assistant/answering/",
    "tests/assistant/conversation/test_composing.py",
    "tests/evals/",
    *(f"tests/integrations/commands/test_{name}.py" for name in ("ask", "bank", "index", "policy", "starting")),
    "tests/knowledge/",
    "tests/test_readme.py",
)
# The server lives for minutes and nobody needs it after a power cut.
_HASTE = ("fsync = off", "full_page_writes = off", "autovacuum = off", "max_wal_size = '128MB'")
_MEMORY, _ENOUGH_BYTES = Path("/dev/shm"), 1 << 30


@pytest.fixture(scope="session", autouse=True)
def postgresql() -> Iterator[psycopg.Connection[Any]]:
    """A connection to the server. Its folder is none of pytest's: others than its user may not look into those."""
    with (
        tempfile.TemporaryDirectory(prefix="postgresql-", dir=_quick_folder()) as folder,
        postgres(Path(folder)) as url,
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv(SERVER, url)
        with closing(connected()) as server:
            for setting in _HASTE:
                server.execute(f"ALTER SYSTEM SET {setting}")
            server.execute("SELECT pg_reload_conf()")
            server.execute(f"CREATE DATABASE {MIGRATED}")
            open_database(Settings(data_dir=Path(folder, "data"), database_url=url_of(MIGRATED)), server=False).close()
            yield server


def _quick_folder() -> Path | None:
    """Memory, where there is enough: to copy a database is its whole time on a disk. None: where others make theirs."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH_BYTES else None


@pytest.fixture(autouse=True)
def _dropped(postgresql: psycopg.Connection[Any]) -> Iterator[None]:
    """What a test and its fixtures made is gone after it; what wider fixtures made before it stays."""
    before = databases(postgresql)
    yield
    drop(postgresql, databases(postgresql).keys() - before.keys())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [item for item in items if _stays(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _stays(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("sqlite")
    if marker is None:
        return (
            isinstance(item, pytest.Function) and not item.nodeid.startswith(_ASK_THE_INDEX) and _uses_a_database(item)
        )
    if not marker.kwargs.get("reason"):
        raise pytest.UsageError(f"{item.nodeid}: the marker sqlite takes a reason.")
    return False


def _uses_a_database(item: pytest.Function) -> bool:
    asked = [found[-1].func for name, found in item._fixtureinfo.name2fixturedefs.items() if name not in _OWN]
    seen: set[Any] = set()
    return any(_reaches(function, seen) for function in (item.function, *asked))


_OWN = ("postgresql", "_dropped")
_OPENERS = (settings_for, database_url)


def _reaches(start: Callable[..., Any] | type, seen: set[Any]) -> bool:
    if start in _OPENERS:
        return True
    if start in seen or not start.__module__.startswith("tests."):
        return False
    seen.add(start)
    return any(_reaches(function, seen) for function in _named_in(start))


@cache
def _named_in(start: Callable[..., Any] | type) -> Sequence[Callable[..., Any] | type]:
    """The functions and classes that the code of a function, or of any method of a class, speaks of."""
    found = []
    methods = vars(start).values() if inspect.isclass(start) else (start,)
    for method in methods:
        bare = method.fget if isinstance(method, property) else getattr(method, "__func__", method)
        function = inspect.unwrap(bare) if callable(bare) else None
        if isinstance(function, FunctionType):
            for name in _names(function.__code__):
                named = function.__globals__.get(name)
                if inspect.isroutine(named) or inspect.isclass(named):
                    found.append(named)
    return found


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
