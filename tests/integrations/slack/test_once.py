"""Each event has one effect, however often it comes and whenever a process dies."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.bootstrap import Assistant, build_assistant
from assistant.conversation.models import StoredTurn
from assistant.desk.values import Wanted
from assistant.reply import Right
from assistant.tickets.models import StoredEntry, StoredTicket
from assistant.tickets.values import Kind
from integrations.slack.door import SlackDoor
from integrations.slack.inbox import Held, Inbox, LeaseLost
from integrations.slack.incoming import value_of
from integrations.slack.modals import Place
from integrations.slack.models import StoredEvent
from tests.conftest import FrozenClock
from tests.databases import settings_for
from tests.fakes.slack import SlackServer
from tests.integrations.slack.workplace import AGENT, DIRECT, MEMBER, QUEUE, Workplace, slack_settings

HACKED = "my account was hacked and someone is sending mails from it right now"
TIMES = 100


def count(office: Workplace, table: Any) -> int:
    with office.assistant.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def request(office: Workplace) -> str:
    wanted = Wanted(Kind.RIGHTS_REQUEST, "Please delete my data", Right.DELETION, email="ravi@example.com")
    return str(office.assistant.desk.open(wanted, actor="key:desk", key="k1")["reference"])


def test_a_message_that_comes_a_hundred_times_is_one_turn_one_incident_and_one_answer(office: Workplace) -> None:
    message = office.message(HACKED, MEMBER, channel=DIRECT, channel_type="im")
    body = json.dumps(office.envelope(message)).encode()
    for number in range(TIMES):
        assert office.send(body, **{"X-Slack-Retry-Num": str(number % 4)}).status_code == 200
        if number % 10 == 0:
            office.settle()
    office.settle()
    assert (count(office, StoredTurn), count(office, StoredTicket), count(office, StoredEvent)) == (1, 1, 1)
    answers = [each for each in office.slack.called("chat.postMessage") if each["channel"] == DIRECT]
    assert len(answers) == len({json.dumps(each["blocks"]) for each in answers})


def test_a_mention_and_the_message_that_it_is_are_one(office: Workplace) -> None:
    for _ in range(TIMES // 10):
        office.mention(HACKED, ts="1700000000.000001")
    office.settle()
    assert (count(office, StoredTurn), count(office, StoredTicket)) == (1, 1)


@pytest.mark.parametrize("what", ["command", "press", "submit", "shortcut"])
def test_everything_else_that_comes_a_hundred_times_acts_once(office: Workplace, what: str) -> None:
    reference = request(office)
    office.settle()
    metadata = Place(reference, QUEUE).packed()
    ways: dict[str, Callable[[], object]] = {
        "command": lambda: office.command(HACKED),
        "press": lambda: office.press("claim", reference, AGENT),
        "submit": lambda: office.submit("note", metadata, {"note": "Once."}, AGENT),
        "shortcut": lambda: office.shortcut("Look at this", MEMBER),
    }
    trigger = office.trigger()
    office.trigger = lambda: trigger  # type: ignore[method-assign]
    before = count(office, StoredEntry), len(office.slack.state.calls)
    for _ in range(TIMES):
        ways[what]()
    office.settle()
    expected = {"command": 1, "press": 1, "submit": 1, "shortcut": 0}
    assert count(office, StoredEntry) - before[0] == expected[what]
    assert count(office, StoredEvent) == 1


def test_a_worker_that_lost_its_lease_changes_nothing(office: Workplace) -> None:
    reference = request(office)
    office.press("claim", reference, AGENT)
    inbox = office.door.inbox
    late = inbox.claim()
    assert late is not None
    office.clock.now += office.clock.now - office.clock.now.replace(minute=0)
    other = inbox.claim()
    assert other is not None

    def both(session: Session) -> None:
        office.assistant.tickets.note(session, reference, "late", actor="slack:U")
        inbox.finish(session, late)

    with pytest.raises(LeaseLost):
        office.assistant.database.write(both)
    assert [entry.words for entry in office.assistant.tickets.history(reference)] == [""]
    assert isinstance(other, Held)


def test_what_a_process_left_between_receiving_and_handling_another_one_handles(
    office: Workplace, slack: SlackServer
) -> None:
    for number in range(5):
        office.direct(f"{HACKED} {number}")
    held = office.door.inbox.claim()
    assert held is not None
    # The process is gone: another one on the same database takes its place.
    second = SlackDoor(office.assistant, slack_settings(slack))
    assert second.worker.run_once() == 4
    office.clock.now = office.clock.now.replace(minute=59)
    assert second.worker.run_once() == 1
    assert (count(office, StoredTurn), count(office, StoredTicket)) == (5, 5)


def test_what_died_after_the_turn_and_before_its_answer_answers_with_the_same_turn(office: Workplace) -> None:
    office.direct(HACKED)
    held = office.door.inbox.claim()
    assert held is not None
    reactions = office.door.worker._reactions
    writes = reactions.to(held, value_of(held.kind, held.body))
    assert writes
    office.clock.now = office.clock.now.replace(minute=59)
    office.settle()
    assert (count(office, StoredTurn), count(office, StoredTicket)) == (1, 1)
    assert any(each["channel"] == DIRECT for each in office.slack.called("chat.postMessage"))


def test_messages_of_one_thread_are_handled_in_their_order_and_others_beside_them(office: Workplace) -> None:
    inbox: Inbox = office.door.inbox
    ts = office.direct("please delete all my data")
    office.direct("it is my own", thread_ts=ts)
    office.direct("hello")
    first, other = inbox.claim(), inbox.claim()
    assert first is not None
    assert other is not None
    assert (first.body["text"], other.body["text"]) == ("please delete all my data", "hello")
    assert inbox.claim() is None


def test_what_keeps_failing_is_given_up_with_a_word_to_whoever_asked(
    office: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    # No part of ours fails by itself for good.
    monkeypatch.setattr(office.assistant.front_desk, "take_turn", broken, raising=False)
    office.direct("hello")
    for _ in range(8):
        office.later(minutes=30)
    told = [each["text"] for each in office.slack.called("chat.postMessage")]
    assert len(told) == 1
    assert "Something went wrong on our side" in told[0]


def test_somebody_who_floods_is_told_to_wait_and_others_are_not(
    tmp_path: Any, slack: SlackServer, frozen: FrozenClock
) -> None:
    assistant = build_assistant(settings_for(tmp_path / "var"), server=True, clock=frozen)
    office = Workplace.opened(assistant, slack, frozen, ticks=lambda: 0.0)
    for number in range(23):
        office.direct(f"hello {number}")
    office.direct("hello", user=AGENT)
    assert "wait a moment" in office.command("hello").text
    office.settle()
    assert count(office, StoredTurn) == 21
    assert sum("wait a moment" in each["text"] for each in slack.shown(DIRECT)) == 1
    assistant.close()


KILLED = """
import os, sys
from pathlib import Path
from assistant.bootstrap import build_assistant
from integrations.app import create_app
from tests.databases import settings_for
from tests.fakes.slack import serving
from tests.integrations.slack.workplace import Workplace, slack_settings
from integrations.slack.door import SlackDoor
from starlette.testclient import TestClient
from tests.integrations.slack.workplace import DIRECT
assistant = build_assistant(settings_for(Path(sys.argv[1]), rate_limit=False), server=True)
with serving() as slack:
    office = Workplace.opened(assistant, slack, None)
    for number in range(20):
        ts = office.direct(f"my account was hacked, case {number}")
        print(ts, flush=True)
    os._exit(9)
"""


def test_what_was_acknowledged_before_a_kill_is_handled_after_it(
    tmp_path: Any, slack: SlackServer, frozen: FrozenClock
) -> None:
    settings = settings_for(tmp_path / "var", rate_limit=False)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "var")]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (run.returncode, len(run.stdout.split())) == (9, 20), run.stderr
    frozen.now = frozen.now.replace(year=2099)
    assistant: Assistant = build_assistant(settings, server=True, clock=frozen)
    office = Workplace.opened(assistant, slack, frozen)
    office.settle()
    assert (count(office, StoredTurn), count(office, StoredTicket)) == (20, 20)
    assert len({each["thread_ts"] for each in slack.called("chat.postMessage") if each["channel"] == DIRECT}) == 20
    assistant.close()
