import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
from starlette.types import Message, Receive, Scope, Send

from evals import load, ticket_load
from evals.bench import main
from evals.memory import cpu_seconds_of, memory_of
from evals.server import ServerFailed, environment, serving
from evals.under_load import TURN_ROUTE, logged_turns
from evals.under_tickets import flow_of
from evals.workers import Found, Worker, WorkerFailed
from integrations.api.journal import Journal, Metrics


class _Desk(BaseHTTPRequestHandler):
    """Opens conversations and tickets, answers turns, and refuses what says so."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = 503 if said.get("text") == "refuse" else 201 if self.path == "/v1/tickets" else 200
        opened = {"id": "c1", "token": "t1", "outcome": "answered", "reference": "CM-1"}
        asked = {"asks_for": "confirmation"} if said.get("text") != "yes" else {"tickets": [{"reference": "CM-2"}]}
        body = json.dumps(opened | asked).encode()
        assert self.path != "/v1/tickets" or self.headers["Idempotency-Key"]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_: object) -> None:
        pass


@pytest.fixture
def desk() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Desk) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_turns_are_sent_when_they_are_due_and_not_when_the_one_before_is_answered() -> None:
    def slow(number: int, due: float) -> load.Sent:
        late = time.monotonic() - due
        time.sleep(0.3)
        return load.Sent(0.3, late, good=True)

    start = time.monotonic()
    sent = load.open_loop(slow, rate=20, seconds=1)
    assert len(sent) == 20
    assert time.monotonic() - start < 20 * 0.3
    assert sorted(one.late for one in sent)[10] < 0.1


def test_a_reply_is_good_and_a_refusal_or_a_closed_port_is_an_error(desk: int) -> None:
    caller, conversation = load.Caller(desk), load.Conversation("c1", "t1")
    due = time.monotonic()
    assert load.converse(caller, conversation, "hello", due).good
    assert not load.converse(caller, conversation, "refuse", due).good
    assert load.converse(caller, conversation, "hello", due).good
    caller.forget()
    assert not load.converse(load.Caller(unused_port()), conversation, "hello", due).good


def test_a_worker_answers_and_one_that_ends_is_named(tmp_path: Path) -> None:
    (tmp_path / "echo_worker.py").write_text(
        "from evals.workers import Found, answer_questions\n"
        "answer_questions(lambda question: Found((question.upper(),), 1 / len(question)))\n"
    )
    (tmp_path / "dead_worker.py").write_text("")
    environ = {**environment(tmp_path), "PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"}
    with Worker("echo_worker", (), environ=environ, first="a") as worker:
        answers = worker.ask(["b", "cc"])
        assert worker.start_seconds > 0
    assert answers.found == (Found(("B",), 1.0), Found(("CC",), 0.5))
    assert len(answers.milliseconds) == 2
    with pytest.raises(WorkerFailed, match="'dead_worker'"):
        Worker("dead_worker", (), environ=environ, first="a")


def test_four_threads_ask_a_worker_and_what_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / "meeting_worker.py").write_text(
        "from threading import Barrier\nfrom evals.workers import THREADS, Found, answer_questions\n"
        "together = Barrier(THREADS, timeout=20)\n"
        "def answer(question):\n    if question != 'alone': together.wait()\n    return Found((question[1],))\n"
        "answer_questions(answer)\n"
    )
    environ = {**environment(tmp_path), "PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"}
    with Worker("meeting_worker", (), environ=environ, first="alone") as worker:
        rush = worker.rush(["1a", "2b", "3", "4d"])
        assert worker.ask(["alone"]).found == (Found(("l",)),)
    assert rush.found == (Found(("a",)), Found(("b",)), None, Found(("d",)))
    assert rush.seconds > 0


def test_the_memory_of_a_process_is_known_on_linux_and_of_none_that_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        memory = memory_of(process.pid)
        process.communicate(b"\n")
    assert memory_of(process.pid) is None
    if sys.platform == "linux":
        assert memory is not None
        assert 0 < memory.resident <= memory.peak


def test_the_environment_of_a_measured_process_has_no_setting_but_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVACY_ASSISTANT_LLM", "some-model")
    ours = {name: value for name, value in environment(tmp_path).items() if name.startswith("PRIVACY_ASSISTANT_")}
    assert ours == {"PRIVACY_ASSISTANT_DATA_DIR": str(tmp_path), "PRIVACY_ASSISTANT_RATE_LIMIT": "off"}


def test_a_server_that_cannot_start_is_a_failure_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PRIVACY_ASSISTANT_TRANSCRIPT_DAYS=never\n")
    with pytest.raises(ServerFailed, match="ended with status 1"), serving(tmp_path):
        pass


def test_the_parts_asked_for_are_measured_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["commands", "--repeats", "1", "--report", str(tmp_path)])
    figures = json.loads((tmp_path / "bench.json").read_text())
    assert set(figures) == {"date", "machine", "commands"}
    timed = {one["name"]: one for one in figures["commands"]}
    assert [one["status"] for one in timed.values()] == [0] * len(timed)
    assert all(one["seconds"] > 0 for one in timed.values())
    shown = capsys.readouterr().out
    assert [name for name in timed if name not in shown] == []


def pour(loop: ticket_load.Loop, port: int) -> list[tuple[float, float, bool]]:
    """What the loop's process says of ten tickets."""
    done = subprocess.run(
        [sys.executable, "-m", "evals.ticket_load", loop, f"--port={port}", "--rate=50", "--seconds=0.2"],
        env={**os.environ, ticket_load.KEY_VARIABLE: "key"},
        check=True,
        capture_output=True,
    )
    return [(seconds, late, good) for seconds, late, good in json.loads(done.stdout)]


@pytest.mark.parametrize("loop", ticket_load.Loop)
def test_each_ticket_of_a_loop_is_sent_once_and_counted(loop: ticket_load.Loop, desk: int) -> None:
    assert [good for _, _, good in pour(loop, desk)] == [True] * 10


@pytest.mark.parametrize("loop", ticket_load.Loop)
def test_a_ticket_that_nobody_answers_is_an_error_and_no_crash(loop: ticket_load.Loop) -> None:
    assert [good for _, _, good in pour(loop, unused_port())] == [False] * 10


def test_what_failed_is_counted_and_stays_out_of_the_times() -> None:
    flow = flow_of("desk", 2.0, [(0.010, 0.0, True), (9.0, 0.0, False), (0.010, 0.0, True), (0.010, 0.0, True)], 2.5)
    assert (flow.sent, flow.errors, flow.cpu_ms) == (4, 1, 2.5)
    assert flow.p99_ms == pytest.approx(10.0)


def test_a_loop_without_one_good_answer_has_no_times() -> None:
    flow = flow_of("desk", 2.0, [(0.1, 0.0, False)], None)
    assert flow.errors == 1
    assert flow.p50_ms != flow.p50_ms


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_the_time_that_a_process_has_computed_is_known_while_it_runs() -> None:
    assert (cpu_seconds_of(os.getpid()) or 0.0) > 0
    assert cpu_seconds_of(2**22 + 1) is None


def test_the_time_of_a_turn_is_taken_from_what_the_server_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def answering(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200})

    async def ignored(_message: Message) -> None:
        pass

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    caplog.set_level("INFO", logger="integrations.api.journal")
    journal = Journal(answering, metrics=Metrics())
    for route, method in ((TURN_ROUTE, "POST"), ("/readyz", "GET"), (TURN_ROUTE, "GET"), (TURN_ROUTE, "POST")):
        asked = {"type": "http", "method": method, "route": SimpleNamespace(path=route)}
        asyncio.run(journal(asked, nothing, ignored))
    log = tmp_path / "log"
    log.write_text("\n".join(["Serving.", *(f"INFO {line}" for line in caplog.messages)]), encoding="utf-8")
    assert len(caplog.messages) == 4
    assert logged_turns(log) == [json.loads(caplog.messages[at])["ms"] for at in (0, 3)]
