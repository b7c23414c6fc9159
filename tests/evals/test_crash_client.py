import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Event, Thread

import pytest

from evals.crash.client import Call, Caller, Tally
from evals.crash.gauge import Gauge, TooQuiet
from evals.crash.patience import GaveUp, Patience


class _Server(ThreadingHTTPServer):
    """Cuts the first connection off, says 503 to the second, and answers the third with what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.keys: list[str | None] = []
        self.hold = Event()
        self.hold.set()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        assert isinstance(self.server, _Server)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.keys.append(self.headers["Idempotency-Key"])
        self.server.hold.wait(10)
        if len(self.server.keys) == 1:
            self.close_connection = True
            return
        self.send_response(503 if len(self.server.keys) == 2 else 201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[_Server]:
    with _Server() as serving:
        thread = Thread(target=serving.serve_forever, args=(0.01,))
        thread.start()
        yield serving
        serving.hold.set()
        serving.shutdown()
        thread.join()


def caller_of(server: _Server, *, gauge: Gauge, tally: Tally, seconds: float = 20.0) -> Caller:
    return Caller([server.server_port], gauge, tally, Patience(Event(), seconds=seconds), Random(1))


CALL = Call("POST", "/v1/tickets", {"text": "hello"}, {"Idempotency-Key": '"k"'})


def test_a_call_is_repeated_with_its_key_until_it_is_answered(server: _Server) -> None:
    tally = Tally()
    caller = caller_of(server, gauge=Gauge(), tally=tally)
    answer = caller.call(CALL)
    caller.close()
    assert (answer.status, answer.body) == (201, {"text": "hello"})
    assert server.keys == ['"k"'] * 3
    assert tally.met() == {"connection lost": 1, "status 503": 1, "calls": 2}


def test_a_client_gives_up_when_its_time_is_over() -> None:
    gone = _Server()
    gone.server_close()
    with pytest.raises(GaveUp):
        caller_of(gone, gauge=Gauge(), tally=Tally(), seconds=0.2).call(CALL)


def test_a_request_is_in_flight_from_its_sending_to_its_answer(server: _Server) -> None:
    gauge = Gauge()
    server.hold.clear()
    caller = caller_of(server, gauge=gauge, tally=Tally())
    client = Thread(target=caller.call, args=(CALL,))
    client.start()
    with gauge.held(server.server_port, least=1, patience_seconds=10) as in_flight:
        assert in_flight == 1
    server.hold.set()
    client.join()
    caller.close()
    assert gauge.in_flight() == 0


def test_the_gauge_tells_servers_apart_and_says_when_it_is_too_quiet() -> None:
    gauge = Gauge()
    with gauge.sent(1), gauge.sent(2):
        assert (gauge.in_flight(1), gauge.in_flight()) == (1, 2)
        with pytest.raises(TooQuiet, match="2 requests in flight"), gauge.held(1, least=2, patience_seconds=0.05):
            pass


def test_no_answer_is_noted_while_the_gauge_is_held() -> None:
    gauge = Gauge()
    answered, leave = Event(), Event()

    def client() -> None:
        with gauge.sent(1):
            leave.wait(10)
        answered.set()

    thread = threading.Thread(target=client)
    thread.start()
    with gauge.held(1, least=1, patience_seconds=10):
        leave.set()
        assert not answered.wait(0.1)
    assert answered.wait(10)
    thread.join()


def test_patience_ends_for_everybody_at_once() -> None:
    ended = Event()
    ended.set()
    with pytest.raises(GaveUp):
        Patience(ended).until(lambda: False, seconds=10)


def test_waiting_ends_with_what_is_waited_for_or_with_the_time() -> None:
    patience = Patience(Event())
    assert patience.until(lambda: True, seconds=0)
    assert not patience.until(lambda: False, seconds=0.01)
