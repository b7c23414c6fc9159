import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from assistant.clock import utc_now
from assistant.outbox.dispatcher import Dispatcher
from assistant.outbox.service import Outbox
from assistant.outbox.values import Delivery, Kind, Message, Refused
from assistant.sealing.sealer import open_sealer
from assistant.sealing.secret import load_secret
from assistant.settings import Settings
from tests.assistant.db.opening import opened
from tests.integrations.commands.conftest import Terminal

CODE = "Your code:\n\n1234 5678\n"


class NoSuchUser:
    def send(self, delivery: Delivery) -> None:
        raise Refused("smtp-550")


@contextmanager
def outbox_of(terminal: Terminal) -> Iterator[Outbox]:
    """The outbox as another process has it open."""
    with opened(terminal.data, server=False) as database:
        sealer = open_sealer(database, load_secret(Settings(data_dir=terminal.data)), utc_now)
        yield Outbox(database, sealer, utc_now)


def put(outbox: Outbox, *, dead: bool = False, purpose: str = "code") -> str:
    message = Message(Kind.MAIL, "ana.canary@example.com", "Canary subject", CODE, purpose, "CM-7F3K-92QD")
    name = outbox._database.write(lambda session: outbox.put(session, message, at=utc_now()))
    if dead:
        Dispatcher(outbox._database, outbox, {Kind.MAIL: NoSuchUser()}, utc_now, "test").run_once()
    return name


def mails(terminal: Terminal) -> list[Path]:
    return sorted((terminal.data / "mail").glob("*.eml"))


def test_the_list_shows_what_became_of_an_entry_and_nothing_of_a_person(terminal: Terminal) -> None:
    with outbox_of(terminal) as outbox:
        dead = put(outbox, dead=True)
        waiting = put(outbox, purpose="receipt")
    said = terminal("outbox", "list")
    first, second = said.out.splitlines()
    assert first.startswith(f"{waiting}  waiting  mail  receipt  CM-7F3K-92QD  attempts 0")
    assert second.startswith(f"{dead}  dead  mail  code  CM-7F3K-92QD  attempts 1")
    assert second.endswith("smtp-550")
    assert "anary" not in said.out
    assert terminal("outbox", "list", "--state", "dead").out.splitlines() == [second]


def test_a_dead_entry_is_replayed_and_then_waits(terminal: Terminal) -> None:
    with outbox_of(terminal) as outbox:
        names = [put(outbox, dead=True) for _ in range(3)]
    assert terminal("outbox", "replay", names[0]).out == "1 to be sent again.\n"
    assert len(terminal("outbox", "list", "--state", "waiting").out.splitlines()) == 1
    assert terminal("outbox", "replay", "--all").out == "2 to be sent again.\n"
    assert terminal("outbox", "list", "--state", "dead").out == ""


def test_what_cannot_be_replayed_is_one_line(terminal: Terminal) -> None:
    with outbox_of(terminal) as outbox:
        name = put(outbox)
    assert "waiting" in terminal("outbox", "replay", name).refusal
    assert "no such entry" in terminal("outbox", "replay", "nobody").refusal


@pytest.mark.parametrize("arguments", [("replay",), ("replay", "a", "--all"), ("list", "--state", "lost")])
def test_a_wrong_call_says_how_to_call(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    assert terminal("outbox", *arguments).status == 2


def test_a_worker_writes_each_mail_as_a_file_within_a_second_or_so_and_stops_when_told(terminal: Terminal) -> None:
    with outbox_of(terminal) as outbox:
        worker = terminal.start("worker")
        assert worker.stdout is not None
        assert "sending what the outbox holds" in worker.stdout.readline()
        name = put(outbox)
        began = time.monotonic()
        while not mails(terminal):
            assert time.monotonic() - began < 3
            time.sleep(0.01)
        worker.send_signal(signal.SIGTERM)
        _, errors = worker.communicate(timeout=30)
    assert (worker.returncode, "Traceback" in errors) == (0, False)
    (path,) = mails(terminal)
    assert path.name.endswith(f"-{name}.eml")
    letter = message_from_bytes(path.read_bytes(), policy=SMTP)
    assert letter["To"] == "ana.canary@example.com"
    assert letter.get_content().replace("\r\n", "\n") == CODE


def test_a_mail_server_that_cannot_be_used_stops_the_worker_with_one_line(terminal: Terminal) -> None:
    with outbox_of(terminal):
        pass
    terminal.settings["PRIVACY_ASSISTANT_SMTP_URL"] = "smtp://user:hush@mail.example.com?starttls=perhaps"
    refusal = terminal("worker").refusal
    assert refusal.startswith("PRIVACY_ASSISTANT_SMTP_URL takes ")
    assert "hush" not in refusal
