import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.conversation.lookup import ConversationNotFound
from assistant.conversation.store import MOST_TURNS, ConversationStore, TooManyTurns, TurnNotFound, TurnReused
from assistant.conversation.values import Opened, Turn
from assistant.db.database import Database
from assistant.db.writer import GroupWriter
from assistant.errors import Conflict, Invalid, NotFound
from tests.assistant.db.opening import found_in, opened

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


@pytest.fixture
def conversation(store: ConversationStore) -> str:
    return store.open(channel="web", language="en", at=NOON)[0]


def record(store: ConversationStore, conversation_id: str, turn_id: str, **changes: Any) -> dict[str, Any]:
    turn: dict[str, Any] = {
        "fingerprint": f"print of {turn_id}",
        "text": f"text of {turn_id}",
        "reply": {"text": f"reply to {turn_id}", "citations": []},
        "at": NOON,
        "context": {"clauses": ["7.1.3"]},
    }
    return store.record(conversation_id, turn_id=turn_id, **{**turn, **changes})


def test_an_id_is_128_random_bits_and_a_token_256(store: ConversationStore) -> None:
    opened_ones = [store.open(channel="web", language=None, at=NOON) for _ in range(20)]
    assert all(re.fullmatch("[0-9a-f]{32}", conversation_id) for conversation_id, _ in opened_ones)
    assert all(re.fullmatch("[A-Za-z0-9_-]{43}", token) for _, token in opened_ones)
    assert len({part for pair in opened_ones for part in pair}) == 40


def test_neither_the_token_nor_the_id_is_stored(store: ConversationStore, tmp_path: Path) -> None:
    conversation_id, token = store.open(channel="web", language="en", at=NOON)
    record(store, conversation_id, "t1", text="canary-1")
    assert found_in(tmp_path, [conversation_id, token]) == []
    assert found_in(tmp_path, ["canary-1"]) != []


def test_the_token_opens_its_own_conversation_only(store: ConversationStore) -> None:
    (first, its_token), (second, _) = (store.open(channel="web", language=None, at=NOON) for _ in range(2))
    store.authorise(first, its_token)
    for wrong in (its_token[:-1], its_token + "x", "", its_token.swapcase(), "\ud800"):
        with pytest.raises(ConversationNotFound):
            store.authorise(first, wrong)
    with pytest.raises(ConversationNotFound):
        store.authorise(second, its_token)


def test_a_wrong_token_and_an_unknown_id_are_told_the_same(store: ConversationStore, conversation: str) -> None:
    told = set()
    for conversation_id in (conversation, "0" * 32, "", "../x", "\ud800", "'); DROP TABLE turns;--"):
        with pytest.raises(NotFound) as refused:
            store.authorise(conversation_id, "no such token")
        told.add(str(refused.value))
    assert told == {"There is no such conversation."}


def test_a_recorded_turn_is_read_back_as_it_was(store: ConversationStore, conversation: str) -> None:
    reply = record(store, conversation, "t1", text="Wer löscht? नमस्ते 😀", reply={"text": "क", "parts": ({"n": 1},)})
    assert reply == {"text": "क", "parts": [{"n": 1}]}
    transcript = store.transcript(conversation)
    assert (transcript.id, transcript.created_at) == (conversation, NOON)
    assert transcript.turns == (
        Turn(turn_id="t1", at=NOON, text="Wer löscht? नमस्ते 😀", reply=reply, context={"clauses": ["7.1.3"]}),
    )


def test_a_character_that_a_database_cannot_keep_is_shown_as_one(store: ConversationStore, conversation: str) -> None:
    record(store, conversation, "t1", text="a\0b")
    assert store.transcript(conversation).turns[0].text in {"a\0b", "a\N{REPLACEMENT CHARACTER}b"}


def test_the_same_turn_again_returns_the_first_reply_and_records_nothing(
    store: ConversationStore, conversation: str
) -> None:
    first = record(store, conversation, "t1")
    assert record(store, conversation, "t1", reply={"text": "another"}) == first
    assert store.resume(conversation, "t1", "print of t1").reply == first
    assert store.resume(conversation, "t2", "print of t2").reply is None
    assert len(store.transcript(conversation).turns) == 1


def test_a_turn_id_with_another_text_is_refused(store: ConversationStore, conversation: str) -> None:
    record(store, conversation, "t1")
    with pytest.raises(TurnReused):
        store.resume(conversation, "t1", "another print")
    with pytest.raises(TurnReused):
        record(store, conversation, "t1", fingerprint="another print")
    assert issubclass(TurnReused, Invalid)


def test_two_conversations_may_use_the_same_turn_id(store: ConversationStore, conversation: str) -> None:
    other, _ = store.open(channel="web", language=None, at=NOON)
    record(store, conversation, "t1", reply={"text": "mine"})
    record(store, other, "t1", reply={"text": "theirs"})
    assert store.resume(conversation, "t1", "print of t1").reply == {"text": "mine"}
    assert store.resume(other, "t1", "print of t1").reply == {"text": "theirs"}


def test_the_turns_stand_oldest_first_and_the_last_one_leaves_its_context(
    store: ConversationStore, conversation: str
) -> None:
    for number in range(5):
        record(store, conversation, f"t{number}", at=NOON + timedelta(minutes=number))
    assert [turn.turn_id for turn in store.transcript(conversation).turns] == ["t0", "t1", "t2", "t3", "t4"]


def test_a_conversation_takes_200_turns_and_then_no_more(store: ConversationStore, conversation: str) -> None:
    for number in range(MOST_TURNS):
        record(store, conversation, f"t{number}")
    with pytest.raises(TooManyTurns, match="200 turns"):
        record(store, conversation, "one more")
    assert record(store, conversation, "t7")["text"] == "reply to t7"
    assert len(store.transcript(conversation).turns) == MOST_TURNS
    assert issubclass(TooManyTurns, Conflict)


def test_one_turn_id_sent_many_times_at_once_is_one_turn(store: ConversationStore, conversation: str) -> None:
    with ThreadPoolExecutor(10) as pool:
        replies = list(pool.map(lambda number: record(store, conversation, "t1", reply={"number": number}), range(50)))
    assert len({reply["number"] for reply in replies}) == 1
    assert len(store.transcript(conversation).turns) == 1


def record_many_at_once(store: ConversationStore) -> None:
    conversations = [store.open(channel="web", language=None, at=NOON)[0] for _ in range(8)]
    start = threading.Barrier(8)

    def chat(conversation_id: str) -> None:
        start.wait()
        for number in range(38):
            record(store, conversation_id, f"t{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(chat, conversations))
    assert all(len(store.transcript(conversation_id).turns) == 38 for conversation_id in conversations)


def test_many_records_at_once_are_all_kept(store: ConversationStore) -> None:
    record_many_at_once(store)


@pytest.mark.sqlite(reason="the group writer stands in front of SQLite alone")
def test_many_records_at_once_share_commits(store: ConversationStore, database: Database) -> None:
    writer = database._writer
    assert isinstance(writer, GroupWriter)
    before = writer.commits
    record_many_at_once(store)
    assert writer.commits - before < 8 * 38


def test_feedback_is_kept_with_its_turn_and_a_second_thought_replaces_it(
    store: ConversationStore, conversation: str, tmp_path: Path
) -> None:
    record(store, conversation, "t1")
    store.feedback(conversation, "t1", helpful=False, comment="canary-first", at=NOON)
    store.feedback(conversation, "t1", helpful=True, comment="canary-second", at=NOON)
    store._database.clear_traces()
    assert found_in(tmp_path, ["canary-first"]) == []
    assert found_in(tmp_path, ["canary-second"]) != []


def test_feedback_on_a_turn_that_is_not_there_is_not_found(store: ConversationStore, conversation: str) -> None:
    other, _ = store.open(channel="web", language=None, at=NOON)
    record(store, other, "t1")
    with pytest.raises(TurnNotFound):
        store.feedback(conversation, "t1", helpful=True, comment=None, at=NOON)


@pytest.mark.parametrize(
    "call",
    [
        lambda store, unknown: store.authorise(unknown, "token"),
        lambda store, unknown: store.resume(unknown, "t1", "print"),
        lambda store, unknown: record(store, unknown, "t1"),
        lambda store, unknown: store.transcript(unknown),
        lambda store, unknown: store.feedback(unknown, "t1", helpful=True, comment=None, at=NOON),
    ],
)
def test_every_call_on_an_unknown_id_is_not_found(
    store: ConversationStore, call: Callable[[ConversationStore, str], object]
) -> None:
    with pytest.raises(ConversationNotFound, match=r"^There is no such conversation\.$"):
        call(store, "f" * 32)


def test_what_one_process_recorded_another_reads(store: ConversationStore, conversation: str, tmp_path: Path) -> None:
    record(store, conversation, "t1")
    with opened(tmp_path, server=False) as beside:
        assert [turn.turn_id for turn in ConversationStore(beside).transcript(conversation).turns] == ["t1"]


def test_a_token_does_not_show_in_repr() -> None:
    assert "hunter2" not in repr(Opened(id="1", token="hunter2", greeting="", suggestions=(), disclosure=""))
