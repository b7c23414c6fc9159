from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.conversation.lookup import ConversationNotFound
from assistant.conversation.models import StoredConversation, StoredFeedback, StoredTurn, digest_of
from assistant.conversation.store import FEWEST_BLANKS_TO_SWEEP, ConversationStore
from assistant.db.database import Database
from tests.assistant.db.opening import opened
from tests.assistant.erasure.talking import NOON, Talk, Visitor


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


@pytest.fixture
def visitor(store: ConversationStore) -> Visitor:
    return Visitor(store)


def count(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_forgetting_one_leaves_the_others_as_they_were(
    database: Database, store: ConversationStore, visitor: Visitor
) -> None:
    kept, gone = visitor.chat(visitor.open()), visitor.chat(visitor.open())
    before = store.transcript(kept.id)
    assert database.write(lambda session: ConversationStore(database).forget(session, gone.id)) == digest_of(gone.id)
    assert store.transcript(kept.id) == before
    store.authorise(kept.id, kept.token)
    with pytest.raises(ConversationNotFound):
        store.authorise(gone.id, gone.token)


def test_a_blank_row_says_nothing_of_anybody(database: Database, visitor: Visitor) -> None:
    gone = visitor.chat(visitor.open())
    database.write(lambda session: ConversationStore(database).forget(session, gone.id))
    with database.read() as session:
        turns, feedback = session.scalars(select(StoredTurn)).all(), session.scalars(select(StoredFeedback)).all()
    assert len({turn.number for turn in turns}) == 3
    for turn in turns:
        assert (turn.conversation_number, turn.turn_digest, turn.at.year) == (None, None, 1970)
        assert (turn.turn_id, turn.fingerprint, turn.text, turn.reply, turn.context) == ("", "", "", {}, {})
    assert [(row.turn_number, row.helpful, row.comment, row.at.year) for row in feedback] == [(None, False, None, 1970)]
    assert count(database, StoredConversation) == 0


def test_an_unknown_id_is_not_found(database: Database) -> None:
    with pytest.raises(ConversationNotFound):
        database.write(lambda session: ConversationStore(database).forget(session, "f" * 32))


def test_idle_ones_go_oldest_first_and_a_turn_keeps_one_alive(
    database: Database, store: ConversationStore, visitor: Visitor
) -> None:
    days = [visitor.open(at=NOON - timedelta(days=age)) for age in (5, 4, 3, 2)]
    visitor.say(days[0], at=NOON)
    before = NOON - timedelta(days=2)

    def forget(limit: int) -> int:
        return database.write(
            lambda session: ConversationStore(database).forget_idle(session, before=before, limit=limit)
        )

    def alive(talk: Talk) -> bool:
        try:
            store.authorise(talk.id, talk.token)
        except ConversationNotFound:
            return False
        return True

    assert forget(1) == 1
    assert [alive(talk) for talk in days] == [True, False, True, True]
    assert forget(10) == 1
    assert [alive(talk) for talk in days] == [True, False, False, True]
    assert forget(10) == 0


def test_more_than_one_statement_holds_are_forgotten(database: Database, visitor: Visitor) -> None:
    talks = [visitor.open() for _ in range(501)]
    visitor.chat(talks[-1])
    assert database.write(lambda session: ConversationStore(database).forget_where(session, lambda _: True)) == 501
    assert count(database, StoredConversation) == 0


def test_blank_rows_are_swept_once_they_are_half_of_all(
    database: Database, store: ConversationStore, visitor: Visitor
) -> None:
    def needs_sweep() -> bool:
        with database.read() as session:
            return ConversationStore(database).needs_sweep(session)

    kept, gone, last = (visitor.chat(visitor.open(), turns) for turns in (150, 140, 60))
    database.write(lambda session: ConversationStore(database).forget(session, gone.id))
    assert not needs_sweep()
    database.write(lambda session: ConversationStore(database).forget(session, last.id))
    assert FEWEST_BLANKS_TO_SWEEP == 200
    assert needs_sweep()
    before = store.transcript(kept.id)
    database.compact(ConversationStore(database).sweep)
    assert not needs_sweep()
    assert count(database, StoredTurn) == 150
    assert count(database, StoredFeedback) == 1
    assert store.transcript(kept.id) == before
