from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from assistant.errors import Conflict
from assistant.tickets.idempotency import Call, IdempotencyStore, KeyMissing, KeyReused, key_of
from assistant.tickets.values import Filters, Kind, NewTicket
from tests.assistant.db.opening import found_in
from tests.assistant.tickets.conftest import Room

CALL = Call(client="key:ana", route="POST /v1/tickets", key="k-1", payload=b'{"kind":"inquiry"}')


@pytest.fixture
def calls(room: Room) -> IdempotencyStore:
    return IdempotencyStore(room.database, room.sealer, room.watch)


def opens(room: Room, session: Session) -> str:
    new = NewTicket(room.tickets.new_reference(), Kind.INQUIRY, "Hello.")
    return room.tickets.open(session, new).reference


def test_a_repeated_call_gets_the_first_answer_and_does_nothing(room: Room, calls: IdempotencyStore) -> None:
    first = calls.run(CALL, lambda session: opens(room, session))
    again = calls.run(CALL, lambda session: opens(room, session))
    assert (first.replayed, again.replayed, again.answer) == (False, True, first.answer)
    assert len(room.tickets.list(Filters()).items) == 1


@pytest.mark.sqlite(reason="elsewhere another process may have the key, and is waited for before the work")
def test_a_call_is_written_once_with_its_answer(room: Room, calls: IdempotencyStore) -> None:
    written: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if "idempotent_calls" in statement:
            written.append(statement.split(maxsplit=1)[0])

    def work(session: Session) -> str:
        event.listen(session.connection(), "before_cursor_execute", note)
        return "done"

    calls.run(CALL, work)
    assert written == ["INSERT"]


def test_ten_calls_at_once_open_one_ticket(room: Room, calls: IdempotencyStore) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: calls.run(CALL, lambda session: opens(room, session)), range(10)))
    assert len({each.answer for each in answers}) == len(room.tickets.list(Filters()).items) == 1
    assert Counter(each.replayed for each in answers) == {True: 9, False: 1}


def test_a_key_counts_for_one_client_one_route_and_one_payload(room: Room, calls: IdempotencyStore) -> None:
    calls.run(CALL, lambda _: "one")
    assert calls.run(replace(CALL, client="key:ben"), lambda _: "two").answer == "two"
    assert calls.run(replace(CALL, route="POST /v1/other"), lambda _: "three").answer == "three"
    with pytest.raises(KeyReused):
        calls.run(replace(CALL, payload=b"{}"), lambda _: "four")


def test_a_call_that_failed_may_be_made_again(room: Room, calls: IdempotencyStore) -> None:
    def fails(_session: Session) -> str:
        raise Conflict("No.")

    with pytest.raises(Conflict):
        calls.run(CALL, fails)
    assert calls.run(CALL, lambda _: "done").answer == "done"


def test_answers_are_sealed_and_forgotten_after_two_weeks(room: Room, calls: IdempotencyStore) -> None:
    calls.run(CALL, lambda _: "canary answer")
    assert found_in(room.database.folder, ["canary answer", "k-1"]) == []
    assert calls.purge(room.watch.now + timedelta(days=14)) == 0
    assert calls.purge(room.watch.now + timedelta(days=14, seconds=1)) == 1
    assert not calls.run(CALL, lambda _: "again").replayed


@pytest.mark.parametrize("header", ["8e03978e", '"8e03978e"', "  8e03978e "])
def test_a_key_is_quoted_or_bare(header: str) -> None:
    assert key_of(header) == "8e03978e"


@pytest.mark.parametrize("header", [None, "", '""', " ", "a b", "é", 'a"b', "a" * 256, "a\r\nb"])
def test_a_missing_or_bad_key_is_refused(header: str | None) -> None:
    with pytest.raises(KeyMissing):
        key_of(header)
