import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.outbox.values import Postponed, Refused
from integrations.webhooks.client import PublicClient
from tests.fakes.certificates import server_context
from tests.integrations.webhooks.conftest import HOST, START, Receiver, looked_up


@contextmanager
def trap() -> Iterator[tuple[int, list[object]]]:
    """A listener on this machine that nobody may ever reach."""
    caught: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        stop = threading.Event()

        def watch() -> None:
            while not stop.is_set():
                try:
                    connection, address = listening.accept()
                except TimeoutError:
                    continue
                caught.append(address)
                connection.close()

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield listening.getsockname()[1], caught
        finally:
            stop.set()
            thread.join()


@contextmanager
def slow(certificate: Path, first: bytes, *, handshake: bool = True) -> Iterator[int]:
    """A receiver that answers one byte at a time, for ever."""
    stop = threading.Event()

    def serve(listening: socket.socket) -> None:
        bare, _ = listening.accept()
        context = server_context(certificate)
        with suppress(OSError), bare, context.wrap_socket(bare, server_side=True) if handshake else bare as connection:
            connection.sendall(first)
            while not stop.wait(0.02):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            stop.set()
            thread.join()


def test_a_post_arrives_under_its_own_name_at_the_address_that_was_checked(receiver: Receiver) -> None:
    answer = receiver.client().post(receiver.url, b"{}", {"webhook-id": "a1"})
    assert (answer.status, answer.retry_after) == (200, None)
    (posted,) = receiver.posted
    assert (posted.path, posted.body) == ("/in?a=b", b"{}")
    assert posted.headers["Host"] == f"{HOST}:{receiver.port}"
    assert posted.headers["Content-Type"] == "application/json"
    assert posted.headers["webhook-id"] == "a1"


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::1"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["64:ff9b::7f00:1"],
        ["::ffff:127.0.0.1"],
        ["8.8.8.8", "127.0.0.1"],
        ["127.0.0.1", "8.8.8.8"],
        ["2606:4700::1111", "fd00::1"],
        [],
    ],
)
def test_a_name_with_any_address_that_is_not_public_is_not_connected_to(addresses: list[str]) -> None:
    with trap() as (port, caught):
        client = PublicClient(resolve=looked_up(addresses), ports=frozenset({port}))
        with pytest.raises(Refused, match="forbidden-address"):
            client.post(f"https://{HOST}:{port}/", b"", {})
        time.sleep(0.1)
    assert caught == []


@pytest.mark.parametrize("host", ["localhost", "localhost.", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_reached_by_any_of_its_names(host: str) -> None:
    with trap() as (port, caught):
        client = PublicClient(ports=frozenset({port}))
        with pytest.raises(Refused):
            client.post(f"https://{host}:{port}/", b"", {})
        time.sleep(0.1)
    assert caught == []


def test_a_name_that_changes_its_address_all_the_time_is_looked_up_once_for_each_post() -> None:
    asked: list[str] = []

    def flip(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) % 2 else ["10.0.0.1"]

    with trap() as (port, caught):
        client = PublicClient(resolve=flip, ports=frozenset({port}))
        for _ in range(1000):
            with pytest.raises(Refused):
                client.post(f"https://{HOST}:{port}/", b"", {})
    assert caught == []
    assert len(asked) == 1000


def test_who_answers_is_checked_again_after_connecting(receiver: Receiver) -> None:
    judged = iter([True, False])
    client = receiver.client(permitted=lambda _: next(judged))
    with pytest.raises(Refused, match="forbidden-address"):
        client.post(receiver.url, b"{}", {})
    assert receiver.posted == []


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.answers = [(302, {"Location": "https://169.254.169.254/"}), (307, {"Location": receiver.url})]
    assert [receiver.client().post(receiver.url, b"", {}).status for _ in range(2)] == [302, 307]
    assert len(receiver.posted) == 2


def test_proxies_of_the_environment_are_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert receiver.client().post(receiver.url, b"", {}).status == 200


def test_a_certificate_for_another_name_or_of_nobody_is_not_accepted(receiver: Receiver, tmp_path: Path) -> None:
    with pytest.raises(Postponed, match="http-tls"):
        receiver.client().post(f"https://other.example.com:{receiver.port}/", b"", {})
    with pytest.raises(Postponed, match="http-tls"):
        receiver.client(context=None).post(receiver.url, b"", {})
    assert receiver.posted == []


def test_a_very_long_answer_is_not_read_to_its_end(receiver: Receiver) -> None:
    receiver.body = b"x" * 20_000_000
    assert receiver.client().post(receiver.url, b"", {}).status == 200


@pytest.mark.parametrize(
    ("first", "handshake"), [(b"", True), (b"HTTP/1.1 2", True), (b"", False)], ids=["start", "head", "tls"]
)
def test_a_receiver_that_drips_is_cut_off(receiver: Receiver, first: bytes, *, handshake: bool) -> None:
    with slow(receiver.certificate, first, handshake=handshake) as port:
        began = time.monotonic()
        with pytest.raises(Postponed):
            receiver.client(ports=frozenset({port}), whole_seconds=0.4).post(f"https://{HOST}:{port}/", b"", {})
        assert time.monotonic() - began < 3


def test_a_status_counts_though_the_rest_drips(receiver: Receiver) -> None:
    with slow(receiver.certificate, b"HTTP/1.1 204 Fine\r\nContent-Length: 99999\r\n\r\n") as port:
        client = receiver.client(ports=frozenset({port}), whole_seconds=0.4)
        assert client.post(f"https://{HOST}:{port}/", b"", {}).status == 204


def test_garbage_is_a_failure_that_may_pass(receiver: Receiver) -> None:
    with slow(receiver.certificate, b"SSH-2.0-here\r\n\r\n") as port, pytest.raises(Postponed, match="http-"):
        receiver.client(ports=frozenset({port})).post(f"https://{HOST}:{port}/", b"", {})


def test_a_name_that_nobody_knows_may_be_known_later(receiver: Receiver) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with pytest.raises(Postponed, match="http-unknown-host"):
        receiver.client(resolve=unknown).post(receiver.url, b"", {})


def test_the_second_address_is_tried_when_the_first_takes_no_connection(receiver: Receiver) -> None:
    client = receiver.client("::1", "127.0.0.1", permitted=lambda address: address in {"::1", "127.0.0.1"})
    assert client.post(receiver.url, b"", {}).status == 200


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("Tue, 22 Sep 2026 10:17:07 GMT", 119.0),
        ("Tue, 22 Sep 2020 10:17:07 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("9" * 5000, 999999999.0),
    ],
)
def test_a_pause_is_read_in_seconds_or_as_a_date(receiver: Receiver, header: str, seconds: float | None) -> None:
    receiver.answers = [(429, {"Retry-After": header})]
    clock = START + timedelta(seconds=1) - timedelta(microseconds=START.microsecond)
    assert receiver.client(clock=lambda: clock).post(receiver.url, b"", {}).retry_after == seconds
