import shutil
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.conversation.store import ConversationStore
from assistant.db.database import Database
from assistant.erasure.eraser import Eraser
from assistant.erasure.ledger import StoredErasure
from assistant.erasure.receipt import verify_receipt
from assistant.errors import NotFound
from tests.assistant.db.opening import found_in, opened, run_beside
from tests.assistant.erasure.talking import NOON, Talk, Visitor, belongings_of

SECRET = b"s" * 32
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

ERASE_BESIDE = """
import sys
from pathlib import Path
from assistant.conversation.store import ConversationStore
from assistant.db.database import open_database
from assistant.erasure.eraser import Eraser
from tests.databases import settings_for
database = open_database(settings_for(Path(sys.argv[1])), server=False)
from tests.assistant.erasure.talking import belongings_of
belongings = belongings_of(database, b"s" * 32)
eraser = Eraser(database, ConversationStore(database), belongings, secret=b"s" * 32, transcript_days=90)
print(eraser.erase(sys.argv[2]).conversation_id)
database.close()
"""
DIE_WHILE_SERVING = """
import os
import sys
from pathlib import Path
from assistant.conversation.store import ConversationStore
from assistant.db.database import open_database
from tests.databases import settings_for
database = open_database(settings_for(Path(sys.argv[1])), server=True)
database.write(lambda session: ConversationStore(database).forget(session, sys.argv[2]))
os._exit(0)
"""


def eraser_of(database: Database) -> Eraser:
    return Eraser(
        database,
        ConversationStore(database),
        belongings_of(database, SECRET),
        secret=SECRET,
        transcript_days=90,
        clock=lambda: NOW,
    )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


@pytest.fixture
def eraser(database: Database) -> Eraser:
    return eraser_of(database)


@pytest.fixture
def visitor(store: ConversationStore) -> Visitor:
    return Visitor(store)


def lasting(folder: Path, talks: list[Talk]) -> None:
    """What the search must be able to find: a canary that is never found proves nothing."""
    texts = [talk.canaries[4] for talk in talks]
    assert {line.split()[-1] for line in found_in(folder, texts)} == set(texts)


def test_after_erase_no_byte_is_left_in_any_file(visitor: Visitor, eraser: Eraser, tmp_path: Path) -> None:
    talk = visitor.chat(visitor.open())
    lasting(tmp_path, [talk])
    eraser.erase(talk.id)
    assert found_in(tmp_path, talk.canaries) == []


def test_no_byte_is_left_of_any_of_fifty_conversations_that_took_turns(
    visitor: Visitor, eraser: Eraser, tmp_path: Path
) -> None:
    talks = [visitor.open() for _ in range(50)]
    for _ in range(5):
        for talk in talks:
            visitor.say(talk)
    for talk in talks:
        visitor.comment(talk)
    gone: list[str] = []
    while len(talks) > 1:
        talk = talks.pop(len(talks) // 2)
        eraser.erase(talk.id)
        gone += talk.canaries
        visitor.say(talks[0])
        if len(talks) % 6 == 1:
            assert found_in(tmp_path, gone) == []
    lasting(tmp_path, talks)


def test_no_byte_is_left_while_others_are_writing(
    store: ConversationStore, visitor: Visitor, eraser: Eraser, tmp_path: Path
) -> None:
    talks = [visitor.chat(visitor.open()) for _ in range(10)]
    stop = threading.Event()

    def keep_talking(seed: int) -> int:
        other, said = Visitor(store, seed), 0
        mine = other.open()
        while not stop.is_set():
            if said % 150 == 0:
                mine = other.open()
            other.say(mine)
            store.transcript(mine.id)
            said += 1
        return said

    with ThreadPoolExecutor(4) as pool:
        others = [pool.submit(keep_talking, seed) for seed in range(1, 5)]
        try:
            for talk in talks:
                eraser.erase(talk.id)
                assert found_in(tmp_path, talk.canaries) == []
        finally:
            stop.set()
    assert all(other.result() > 0 for other in others)


def test_a_command_beside_the_serving_process_erases_to_the_last_byte(visitor: Visitor, tmp_path: Path) -> None:
    talk, kept = visitor.chat(visitor.open()), visitor.chat(visitor.open())
    assert run_beside(ERASE_BESIDE, str(tmp_path), talk.id) == talk.id
    assert found_in(tmp_path, talk.canaries) == []
    lasting(tmp_path, [kept])
    assert not (tmp_path / "checkpoint.request").exists()


def test_a_command_alone_erases_to_the_last_byte(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        talk = Visitor(ConversationStore(database)).chat(Visitor(ConversationStore(database)).open())
    assert run_beside(ERASE_BESIDE, str(tmp_path), talk.id) == talk.id
    assert found_in(tmp_path, talk.canaries) == []


@pytest.mark.sqlite(reason="bytes in the log")
def test_a_crash_before_the_log_was_cleared_is_made_good_at_the_next_start(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        talk = Visitor(ConversationStore(database)).chat(Visitor(ConversationStore(database)).open())
    run_beside(DIE_WHILE_SERVING, str(tmp_path), talk.id)
    assert found_in(tmp_path, talk.canaries) != []
    with opened(tmp_path):
        assert found_in(tmp_path, talk.canaries) == []


def test_the_receipt_names_the_conversation_and_is_signed(visitor: Visitor, eraser: Eraser) -> None:
    talk = visitor.chat(visitor.open())
    receipt = eraser.erase(talk.id)
    assert (receipt.conversation_id, receipt.erased_at, receipt.kept) == (talk.id, NOW, ())
    assert verify_receipt(receipt, eraser.public_key)


def test_after_erase_every_call_is_as_for_an_id_that_never_existed(
    store: ConversationStore, visitor: Visitor, eraser: Eraser
) -> None:
    talk = visitor.chat(visitor.open())
    eraser.erase(talk.id)
    told = set()
    for conversation_id in (talk.id, "f" * 32):
        for call in (
            lambda unknown: store.authorise(unknown, talk.token),
            lambda unknown: store.resume(unknown, talk.turn_ids[0], "print"),
            store.transcript,
            lambda unknown: visitor.say(Talk(unknown, talk.token)),
            lambda unknown: store.feedback(unknown, talk.turn_ids[0], helpful=True, comment=None, at=NOON),
            eraser.erase,
        ):
            with pytest.raises(NotFound) as refused:
                call(conversation_id)
            told.add((type(refused.value), str(refused.value)))
    assert len(told) == 1


def test_erasing_an_unknown_id_enters_nothing_in_the_ledger(database: Database, eraser: Eraser, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        eraser.erase("f" * 32)
    with database.read() as session:
        assert session.scalars(select(StoredErasure)).all() == []
    assert not (tmp_path / "erasures.ledger").exists()


def test_records_that_race_an_erasure_never_bring_the_conversation_back(
    store: ConversationStore, visitor: Visitor, eraser: Eraser, tmp_path: Path
) -> None:
    for _ in range(4):
        talk = visitor.chat(visitor.open())
        start = threading.Barrier(51)

        def record(seed: int, talk: Talk = talk, start: threading.Barrier = start) -> tuple[bool, list[str]]:
            said = Talk(talk.id, talk.token)
            start.wait()
            try:
                Visitor(store, seed).say(said)
            except NotFound:
                return False, said.canaries
            return True, said.canaries

        def erase(talk: Talk = talk, start: threading.Barrier = start) -> None:
            start.wait()
            eraser.erase(talk.id)

        with ThreadPoolExecutor(51) as pool:
            records = [pool.submit(record, seed) for seed in range(1000, 1050)]
            pool.submit(erase).result()
            outcomes = [done.result() for done in records]
        with pytest.raises(NotFound):
            store.transcript(talk.id)
        assert found_in(tmp_path, talk.canaries + [canary for _, said in outcomes for canary in said]) == []


@pytest.mark.sqlite(reason="a backup is a copy of the file")
def test_a_restored_backup_loses_what_was_erased_since(tmp_path: Path) -> None:
    backup = tmp_path / "backup.sqlite3"
    folder = tmp_path / "var"
    with opened(folder) as database:
        visitor = Visitor(ConversationStore(database))
        gone, kept = visitor.chat(visitor.open()), visitor.chat(visitor.open())
    shutil.copy(folder / "assistant.sqlite3", backup)
    with opened(folder) as database:
        eraser_of(database).erase(gone.id)
    shutil.copy(backup, folder / "assistant.sqlite3")
    with opened(folder) as database:
        assert found_in(folder, gone.canaries) != []
        eraser = eraser_of(database)
        assert eraser.reapply() == 1
        assert found_in(folder, gone.canaries) == []
        assert len(ConversationStore(database).transcript(kept.id).turns) == 3
        assert eraser.reapply() == 0
    with closing(sqlite3.connect(folder / "assistant.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM erasures").fetchone() == (1,)


def test_a_fresh_installation_has_nothing_to_reapply(eraser: Eraser) -> None:
    assert eraser.reapply() == 0


def test_purge_is_erasure_by_age(visitor: Visitor, eraser: Eraser, tmp_path: Path) -> None:
    talk = visitor.chat(visitor.open())
    assert eraser.purge(datetime(2026, 5, 30, 12, tzinfo=UTC)) == 0
    assert eraser.purge(datetime(2026, 5, 30, 12, 0, 1, tzinfo=UTC)) == 1
    assert found_in(tmp_path, talk.canaries) == []
