import logging
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.apart import run_apart
from assistant.background import OK
from assistant.bootstrap import Assistant, _build_index, build_assistant
from assistant.errors import AssistantError, Unavailable
from assistant.settings import BadSetting, Settings
from integrations.app import create_app
from knowledge.encoder import onnx
from tests.assistant.db.opening import found_in
from tests.databases import settings_for
from tests.integrations.visiting import Visitor

CANARY = "zebulonia quarkflute"


def wait_for(what: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 60
    while not what():
        assert time.monotonic() < give_up
        time.sleep(0.02)


@pytest.fixture
def settings(clinic_folder: Path, tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "var", policy=str(clinic_folder))


def test_a_started_assistant_builds_its_index_and_becomes_ready(settings: Settings) -> None:
    assistant = build_assistant(settings, server=True)
    assistant.start()
    assert assistant.readiness()["index"] == "The index is being built or read."
    wait_for(lambda: assistant.readiness()["index"] == OK)
    assert assistant.front_desk.ask("are phone calls recorded?")["outcome"] == "answered"
    assistant.close()


def test_closing_stops_a_build_at_once(settings: Settings) -> None:
    assistant = build_assistant(settings, server=True)
    assistant.start()
    began = time.monotonic()
    assistant.close()
    assert time.monotonic() - began < 10
    assistant.close()


def test_a_build_apart_says_why_it_failed(settings: Settings) -> None:
    bank = Path(settings.policy) / "questions.jsonl"
    bank.write_text("no line\n", encoding="utf-8")
    with pytest.raises(Unavailable, match=r"questions\.jsonl, line 1"):
        run_apart(_build_index, settings, threading.Event())


def test_what_cannot_be_prepared_is_named_and_found_again_when_it_is_mended(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.background.RETRY_SECONDS", 0.05)
    bank = Path(settings.policy) / "questions.jsonl"
    whole = bank.read_bytes()
    bank.write_bytes(whole + b"{half")
    assistant = build_assistant(settings, server=True)
    monkeypatch.setattr(assistant.background, "_build", lambda _: assistant.indexing.run())
    assistant.start()
    wait_for(lambda: "line 40" in assistant.readiness()["index"])
    bank.write_bytes(whole)
    wait_for(lambda: assistant.readiness()["index"] == OK)
    assistant.close()


def test_a_failure_nobody_foresaw_is_named_by_its_kind_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(CANARY)

    assistant = build_assistant(settings, server=True)
    monkeypatch.setattr(assistant.background, "_build", fail)
    assistant.start()
    wait_for(lambda: assistant.readiness()["index"] == "The index could not be built (RuntimeError).")
    assistant.close()
    assert CANARY not in caplog.text


def test_damaged_weights_are_named_and_questions_handed_over(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = Path(shutil.copytree(onnx.WEIGHTS, tmp_path / "weights"))
    with (weights / "model.onnx").open("r+b") as file:
        file.seek(1_000)
        file.write(b"damage")
    damaged = onnx.OnnxEncoder
    monkeypatch.setattr("assistant.bootstrap.OnnxEncoder", lambda threads: damaged(weights, threads=threads))
    assistant = build_assistant(settings, server=True)
    monkeypatch.setattr(assistant.background, "_build", lambda _: assistant.indexing.run())
    assistant.start()
    wait_for(lambda: "model.onnx" in assistant.readiness()["index"])
    assert assistant.front_desk.ask("who reads my file?")["outcome"] == "handed_over"
    assistant.close()


@pytest.mark.parametrize(
    ("setting", "value", "complaint"),
    [("encoder", "nobody/nothing", "ENCODER names an encoder"), ("llm", "nobody:nothing", "LLM names a model")],
)
def test_a_model_that_cannot_be_loaded_is_one_line(
    settings: Settings, setting: str, value: str, complaint: str
) -> None:
    given = replace(settings, **{setting: value})  # type: ignore[arg-type]
    with pytest.raises(BadSetting, match=complaint) as refused:
        build_assistant(given)
    assert "\n" not in str(refused.value)


def test_nothing_that_was_said_reaches_a_log_or_the_index(
    clinic: Assistant, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    unlimited = replace(clinic, settings=replace(clinic.settings, rate_limit=False))
    with TestClient(create_app(unlimited), raise_server_exceptions=False) as client:
        visitor = Visitor.arriving(client)
        for text in (CANARY, f"who reads the file of {CANARY}?", f"and mine? {CANARY} \x1b[2J", f"hacked! {CANARY}"):
            assert visitor.say(text, turn_id="x" + str(len(text))).status_code == 200
        visitor.say(CANARY * 500)
        visitor.send(b'{"text": "' + CANARY.encode() + b'"')
        visitor.send(b'{"txt": "' + CANARY.encode() + b'"}')
        visitor.say("other", turn_id="x" + str(len(CANARY)))
        assert found_in(clinic.settings.data_dir / "index", ["zebulonia"]) == []
        for error in (RuntimeError(CANARY), AssistantError(), Unavailable("no"), OSError(5, CANARY), KeyError(CANARY)):

            def fail(*_: object, error: Exception = error) -> None:
                raise error

            monkeypatch.setattr("assistant.answering.answer.Answerer.answer", fail)
            answered = visitor.say(f"fail with {CANARY}")
            assert answered.status_code in {500, 503}
            assert "zebulonia" not in answered.text
    assert "zebulonia" not in caplog.text
    assert "quarkflute" not in caplog.text
    assert '"route": "/v1/conversations/{conversation_id}/messages"' in caplog.text
