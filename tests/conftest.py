"""What tests of more than one room stand on: a settable clock, two organisations, one assistant for each."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import insert, select

from assistant.bootstrap import Assistant, build_assistant
from assistant.db.base import Base
from assistant.settings import Settings
from assistant.triage.lexicon import Lexicon
from assistant.triage.rules import Rulebook
from assistant.triage.triage import load_model
from knowledge.drafting.known import TRAINING
from knowledge.encoder.onnx import OnnxEncoder
from tests.databases import settings_for

DATA = Path(__file__).parent / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="what the tests stand on")


def pytest_configure(config: pytest.Config) -> None:
    # The programs that tests start would compile everything anew each time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if config.getoption("database") == "postgresql":
        config.pluginmanager.import_plugin("tests.on_postgresql")


@dataclass
class FrozenClock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def frozen() -> FrozenClock:
    return FrozenClock(datetime(2026, 11, 22, 9, 30, tzinfo=UTC))


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Weights, model, lexicon and rules are read from their files once for all assistants of a process: half of what it
    takes to build one.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.bootstrap.load_model", cache(load_model))
        patch.setattr("assistant.bootstrap.OnnxEncoder", cache(OnnxEncoder))
        patch.setattr(Lexicon, "load", cache(Lexicon.load))
        patch.setattr(Rulebook, "load", cache(Rulebook.load))
        yield


@pytest.fixture
def clinic_folder(tmp_path: Path) -> Path:
    """A policy folder of an invented organisation that a test may change."""
    return Path(shutil.copytree(DATA / "harbourlight", tmp_path / "harbourlight"))


@pytest.fixture(scope="session")
def two_known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of the policies whose questions are known: all of them take half a minute to encode."""
    folder = tmp_path_factory.mktemp("known")
    for name in ("lotuscare", "fernway"):
        shutil.copytree(TRAINING / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def indexed_clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Holds the index of the invented organisation, for others to take over."""
    settings = settings_for(tmp_path_factory.mktemp("indexed"), policy=str(DATA / "harbourlight"))
    assistant = build_assistant(settings, server=True)
    assistant.indexing.run()
    yield assistant
    assistant.close()


@pytest.fixture
def clinic(indexed_clinic: Assistant, clinic_folder: Path, tmp_path: Path, frozen: FrozenClock) -> Iterator[Assistant]:
    """The assistant of the invented organisation, indexed, on a data folder of its own."""
    settings = settings_for(tmp_path / "var", policy=str(clinic_folder))
    assistant = build_assistant(settings, server=True, clock=frozen)
    take_over(indexed_clinic, assistant)
    yield assistant
    assistant.close()


@pytest.fixture(scope="session")
def codemites(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Assistant]:
    """The assistant on the shipped policy and its whole bank; one for all tests, so they must leave nothing behind.

    Its index is built by the first process of the first run that needs it, and anew when what it is made of changes.
    """
    folder = tmp_path_factory.mktemp("codemites")
    kept = pytestconfig.cache.mkdir("codemites")
    assistant = build_assistant(settings_for(folder), server=True)
    with FileLock(kept / "lock"):
        builder = build_assistant(Settings(data_dir=kept / "data"), server=True)
        builder.indexing.run()
        take_over(builder, assistant)
        builder.close()
    yield assistant
    assistant.close()


def take_over(one: Assistant, other: Assistant) -> None:
    """The other assistant gets a copy of the index that was built for the first, and uses it."""
    shutil.copytree(one.settings.data_dir / "index", other.settings.data_dir / "index")
    generations = Base.metadata.tables["generations"]
    with one.database.read() as session:
        rows = [dict(row._mapping) for row in session.execute(select(generations))]
    other.database.write(lambda session: session.execute(insert(generations), rows))
