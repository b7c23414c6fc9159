"""The installed program as an operator runs it: starts, stops, and what it does when something is missing."""

import json
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.integrations.commands.conftest import Terminal

QUESTION = "are phone calls recorded?"


@dataclass
class Running:
    process: subprocess.Popen[str]
    address: str

    def ask_for(self, path: str, body: dict[str, Any] | None = None, token: str = "") -> tuple[int, dict[str, Any]]:
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data=data, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def say(self, text: str) -> tuple[int, dict[str, Any]]:
        _, opened = self.ask_for("/v1/conversations", {"channel": "web"})
        return self.ask_for(f"/v1/conversations/{opened['id']}/messages", {"text": text}, opened["token"])

    def wait_until_ready(self) -> None:
        give_up = time.monotonic() + 60
        while self.ask_for("/readyz")[0] != 200:
            assert self.process.poll() is None
            assert time.monotonic() < give_up
            time.sleep(0.05)

    def stop(self) -> str:
        """Tell it to stop; its log, once it has ended well."""
        self.process.send_signal(signal.SIGTERM)
        _, err = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, err
        assert "Traceback" not in err
        assert "terminate called" not in err
        return err


@contextmanager
def serving(terminal: Terminal) -> Iterator[Running]:
    process = terminal.start("serve", "--port", "0")
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Harbourlight Physiotherapy: http://127.0.0.1:"), process.stderr
    try:
        yield Running(process, line.split()[-1].rstrip("/"))
    finally:
        process.kill()
        process.communicate()


def test_an_empty_folder_becomes_ready_by_itself_and_an_existing_index_is_taken(terminal: Terminal) -> None:
    with serving(terminal) as running:
        status, early = running.say(QUESTION)
        assert (status, early["outcome"]) == (200, "handed_over")
        assert "records@harbourlight.example" in early["text"]
        running.wait_until_ready()
        assert running.say(QUESTION)[1]["citations"][0]["clause"] == "3.1.3"
        assert "3.1.3" in terminal("ask", QUESTION).out
        log = running.stop()
        assert log.count("There is no index that can be read") == 1
    with serving(terminal) as running:
        running.wait_until_ready()
        with (terminal.folder / "questions.jsonl").open("a", encoding="utf-8") as bank:
            bank.write(json.dumps({"q": "grumbleflick snozzwanger?", "kind": "answerable", "gold": ["3.1.2"]}) + "\n")
        assert terminal("index").status == 0
        assert running.say("grumbleflick snozzwanger?")[1]["citations"][0]["clause"] == "3.1.2"
        assert "There is no index" not in running.stop()


def test_it_stops_cleanly_while_it_is_indexing(terminal: Terminal) -> None:
    with serving(terminal) as running:
        assert running.ask_for("/readyz")[0] == 503
        running.stop()
    assert terminal("index").status == 0


def test_an_interrupt_while_it_is_indexing_is_one_word(terminal: Terminal) -> None:
    with serving(terminal) as running:
        assert running.ask_for("/readyz")[0] == 503
        running.process.send_signal(signal.SIGINT)
        _, err = running.process.communicate(timeout=60)
        assert running.process.returncode == 130
        assert err.endswith("Stopped.\n")
        assert "Traceback" not in err


def test_a_bank_that_cannot_be_read_is_named_and_questions_are_handed_over_until_it_is_mended(
    terminal: Terminal,
) -> None:
    bank = terminal.folder / "questions.jsonl"
    whole = bank.read_bytes()
    bank.write_bytes(whole + b"{half a line")
    with serving(terminal) as running:
        give_up = time.monotonic() + 60
        while "line 40" not in (found := running.ask_for("/readyz"))[1]["detail"]:
            assert time.monotonic() < give_up
            time.sleep(0.05)
        assert found[0] == 503
        assert found[1]["detail"].startswith("Not ready. index: questions.jsonl, line 40")
        assert running.say(QUESTION)[1]["outcome"] == "handed_over"
        bank.write_bytes(whole)
        assert terminal("index").status == 0
        assert running.say(QUESTION)[1]["outcome"] == "answered"
        running.stop()


def test_a_port_that_is_taken_is_one_line_before_any_work(terminal: Terminal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = terminal.program("serve", "--port", str(taken.getsockname()[1]))
    assert "address already in use. Choose another --host or --port." in said.refusal
    assert not terminal.data.exists()


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"PRIVACY_ASSISTANT_TRANSCRIPT_DAYS": "soon"}, "PRIVACY_ASSISTANT_TRANSCRIPT_DAYS takes"),
        ({"PRIVACY_ASSISTANT_POLICY": "nowhere"}, "PRIVACY_ASSISTANT_POLICY takes"),
        ({"PRIVACY_ASSISTANT_POLICY": "x" * 9_000}, "PRIVACY_ASSISTANT_POLICY takes"),
        ({"PRIVACY_ASSISTANT_DATA_DIR": "/proc/1/nothing"}, "PRIVACY_ASSISTANT_DATA_DIR is"),
        ({"PRIVACY_ASSISTANT_DATABASE_URL": "mysql://x/y"}, "PRIVACY_ASSISTANT_DATABASE_URL takes"),
        ({"PRIVACY_ASSISTANT_SECRET_KEY_FILE": "/nowhere"}, "PRIVACY_ASSISTANT_SECRET_KEY_FILE is"),
        ({"PRIVACY_ASSISTANT_PUBLIC_URL": "https://a.example"}, "PRIVACY_ASSISTANT_SECRET_KEY must be set"),
        ({"PRIVACY_ASSISTANT_LLM": "nobody:nothing"}, "PRIVACY_ASSISTANT_LLM names a model that cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_line(
    terminal: Terminal, settings: dict[str, str], complaint: str, caplog: pytest.LogCaptureFixture
) -> None:
    terminal.settings.update(settings)
    said = terminal("serve", "--port", "0")
    assert said.out == ""
    assert said.refusal.startswith(complaint)
    assert len(said.refusal) < 400


def test_a_file_in_place_of_the_data_folder_is_one_line(terminal: Terminal) -> None:
    terminal.data.write_text("in the way")
    for command in (("serve", "--port", "0"), ("ask", QUESTION), ("index",), ("purge",), ("keys", "list")):
        assert "cannot be written to: file exists" in terminal(*command).refusal


def test_an_env_file_that_is_no_text_is_one_line(terminal: Terminal) -> None:
    (terminal.here / ".env").write_bytes(b"PRIVACY_ASSISTANT_LLM=\xff")
    assert ".env cannot be read as UTF-8 text" in terminal("policy", "versions").refusal


def test_no_host_of_that_name_is_one_line(terminal: Terminal) -> None:
    assert "there is no such address" in terminal("serve", "--host", "256.1.1.1").refusal


@contextmanager
def small_disk(terminal: Terminal, kilobytes: int) -> Iterator[None]:
    terminal.data.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", terminal.data], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("a small disk can only be mounted with the rights to do so")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", terminal.data], check=True)


@pytest.mark.sqlite(reason="the database is on the disk that is full")
def test_a_full_disk_loses_no_conversation_and_recovers(terminal: Terminal) -> None:
    terminal.settings["PRIVACY_ASSISTANT_RATE_LIMIT"] = "off"
    with small_disk(terminal, 8_000):
        assert terminal("index").status == 0
        with serving(terminal) as running:
            running.wait_until_ready()
            _, opened = running.ask_for("/v1/conversations", {"channel": "web"})
            here = f"/v1/conversations/{opened['id']}"
            status, first = running.ask_for(f"{here}/messages", {"text": QUESTION, "turn_id": "a"}, opened["token"])
            assert (status, first["outcome"]) == (200, "answered")
            ballast = terminal.data / "ballast"
            with ballast.open("wb", buffering=0) as file:
                try:
                    while True:
                        file.write(bytes(4096))
                except OSError:
                    pass
            refused = 0
            problem: dict[str, Any] = {}
            for number in range(60):
                message = {"text": QUESTION + " " * 3_000, "turn_id": f"b{number}"}
                status, problem = running.ask_for(f"{here}/messages", message, opened["token"])
                refused += status == 503
                assert status in {200, 503}
            assert refused
            assert "the disk" in problem["detail"]
            assert running.ask_for("/readyz")[0] == 503
            ballast.unlink()
            status, _ = running.ask_for(f"{here}/messages", {"text": QUESTION, "turn_id": "c"}, opened["token"])
            assert status == 200
            assert running.ask_for("/readyz")[0] == 200
            turns = running.ask_for(here, token=opened["token"])[1]["turns"]
            assert [turns[0]["turn_id"], turns[-1]["turn_id"]] == ["a", "c"]
            assert turns[0]["reply"] == first
            running.stop()


@pytest.mark.sqlite(reason="the database is on the disk that is full")
def test_a_disk_too_small_for_the_index_is_named(terminal: Terminal) -> None:
    with small_disk(terminal, 500):
        said = terminal.program("index")
        assert said.status == 1
        assert "Traceback" not in said.err
        assert "disk" in said.err or "space" in said.err
