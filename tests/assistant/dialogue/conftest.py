from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.db.database import Database
from assistant.dialogue.pending import DialogueStore
from assistant.dialogue.proof import MailboxProof
from assistant.organisation import load_organisation
from assistant.outbox.service import Outbox
from assistant.sealing.sealer import Sealer, open_sealer
from tests.assistant.db.opening import opened
from tests.assistant.sealing.opening import SECRET, SetClock

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def sealer(database: Database, clock: SetClock) -> Sealer:
    return open_sealer(database, SECRET, clock)


@pytest.fixture
def dialogues(database: Database, sealer: Sealer, clock: SetClock) -> DialogueStore:
    return DialogueStore(database, sealer, clock)


@pytest.fixture
def proof(database: Database, sealer: Sealer, clock: SetClock) -> MailboxProof:
    codes = iter(f"{number:08d}" for number in range(1, 10_000))
    outbox = Outbox(database, sealer, clock)
    organisation = load_organisation(DATA / "harbourlight")
    return MailboxProof(database, outbox, sealer, clock, organisation, new_code=lambda: next(codes))
