from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.bootstrap import Assistant, build_assistant
from tests.conftest import FrozenClock, take_over
from tests.databases import settings_for
from tests.fakes.slack import SlackServer, serving
from tests.integrations.slack.workplace import Workplace

SITE = "https://privacy.example.com"
KEY = "an invented secret of these tests"


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with serving() as server:
        yield server


@pytest.fixture
def bare(tmp_path: Path, frozen: FrozenClock) -> Iterator[Assistant]:
    """An assistant without an index: it hands questions over, and works on the queue."""
    settings = settings_for(tmp_path / "var", public_url=SITE, secret_key=KEY, rate_limit=False)
    assistant = build_assistant(settings, server=True, clock=frozen)
    yield assistant
    assistant.close()


@pytest.fixture
def office(bare: Assistant, slack: SlackServer, frozen: FrozenClock) -> Iterator[Workplace]:
    workplace = Workplace.opened(bare, slack, frozen)
    workplace.settle()
    yield workplace
    workplace.door.close()


@pytest.fixture(scope="module")
def knowing(codemites: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """The shipped policy with its index, for a whole module: it keeps what was said before."""
    clock = FrozenClock(datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    folder = tmp_path_factory.mktemp("var")
    settings = settings_for(folder, public_url=SITE, secret_key=KEY, rate_limit=False)
    assistant = build_assistant(settings, server=True, clock=clock)
    take_over(codemites, assistant)
    with serving() as server:
        workplace = Workplace.opened(assistant, server, clock, alone=False)
        workplace.settle()
        yield workplace
        workplace.door.close()
    assistant.close()


@pytest.fixture
def answering(knowing: Workplace) -> Iterator[Workplace]:
    """The same with nothing said yet."""
    knowing.slack.forget()
    yield knowing
    assert knowing.slack.state.failures == []
