from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.conversation.lookup import ConversationNotFound
from assistant.conversation.models import StoredTurn
from assistant.conversation.store import ConversationStore
from assistant.db.database import Database
from assistant.erasure.purge import CHUNK, Purge
from tests.assistant.db.opening import found_in, opened
from tests.assistant.erasure.talking import NOON, Visitor, belongings_of


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


@pytest.fixture
def purge(database: Database, store: ConversationStore) -> Purge:
    return Purge(database, store, belongings_of(database, b"s" * 32), days=90)


def test_a_conversation_goes_when_its_last_turn_is_older_than_the_days(
    store: ConversationStore, purge: Purge, tmp_path: Path
) -> None:
    visitor = Visitor(store)
    old, young, revived = (visitor.open(at=NOON) for _ in range(3))
    for talk in (old, young, revived):
        visitor.say(talk)
    visitor.say(revived, at=NOON + timedelta(days=30))
    assert purge.run(NOON + timedelta(days=90)) == 0
    visitor.say(young, at=NOON + timedelta(seconds=1))
    assert purge.run(NOON + timedelta(days=90, seconds=1)) == 1
    assert found_in(tmp_path, old.canaries) == []
    with pytest.raises(ConversationNotFound):
        store.transcript(old.id)
    assert len(store.transcript(young.id).turns) == 2
    assert purge.run(NOON + timedelta(days=119)) == 1
    assert purge.run(NOON + timedelta(days=121)) == 1
    assert found_in(tmp_path, young.canaries + revived.canaries) == []


def test_more_than_one_chunk_is_purged_at_once(store: ConversationStore, purge: Purge) -> None:
    for _ in range(CHUNK + 1):
        store.open(channel="web", language=None, at=NOON)
    assert purge.run(NOON + timedelta(days=91)) == CHUNK + 1
    assert purge.run(NOON + timedelta(days=91)) == 0


def test_a_sweep_leaves_no_copy_that_a_later_purge_would_miss(
    database: Database, store: ConversationStore, purge: Purge, tmp_path: Path
) -> None:
    visitor = Visitor(store, seed=3)
    talks = [visitor.open(at=NOON + timedelta(days=number % 4)) for number in range(40)]
    for _ in range(10):
        for number, talk in enumerate(talks):
            visitor.say(talk, at=NOON + timedelta(days=number % 4))
    sizes = []
    for day in range(4):
        assert purge.run(NOON + timedelta(days=90 + day, seconds=1)) == 10
        assert found_in(tmp_path, [canary for talk in talks[day::4] for canary in talk.canaries]) == []
        with database.read() as session:
            sizes.append(session.scalar(select(func.count()).select_from(StoredTurn)))
    # Rows: blank on the first day, swept when half of all are blank.
    assert sizes == [400, 200, 200, 0]
