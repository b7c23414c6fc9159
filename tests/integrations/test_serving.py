"""The real server on a real socket: what no in-process client can send."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
import uvicorn

from integrations.app import create_app, server_config
from tests.fakes.assistant import fake_assistant, fake_compare


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(server_config(create_app(fake_assistant(), compare=fake_compare), host="127.0.0.1", port=0))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()
    listening.close()


def exchange(port: int, raw: bytes) -> tuple[int, dict[str, str], bytes]:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(raw)
        with closing(http.client.HTTPResponse(connection)) as response:
            response.begin()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


def post(path: str, body: bytes, *headers: bytes) -> bytes:
    lines = [f"POST {path} HTTP/1.1".encode(), b"Host: localhost", b"Content-Type: application/json", *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def test_chunks_without_an_end_are_refused_and_the_connection_closed(port: int) -> None:
    chunk = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"
    status, headers, body = exchange(port, post("/v1/conversations", chunk * 9, b"Transfer-Encoding: chunked"))
    assert (status, headers["content-type"], headers["connection"]) == (413, "application/problem+json", "close")
    assert json.loads(body)["status"] == 413


def test_a_length_beyond_the_limit_is_refused_before_a_byte_of_it(port: int) -> None:
    status, headers, _ = exchange(port, post("/v1/conversations", b"", b"Content-Length: 1000000000"))
    assert (status, headers["content-type"]) == (413, "application/problem+json")


@pytest.mark.parametrize("host", [b"a/b", b"x?", b"x#", b"a b", b"", b"a@b"])
def test_a_host_that_is_none_is_refused(port: int, host: bytes) -> None:
    status, *_ = exchange(port, b"GET /livez HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
    assert status == 400


def test_an_absolute_address_does_not_change_who_is_asked(port: int) -> None:
    status, _, body = exchange(port, b"GET http://evil.example/metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n")
    assert status in {401, 404}
    assert b"evil" not in body


def test_ten_thousand_headers_are_refused(port: int) -> None:
    many = b"".join(b"X-%d: y\r\n" % number for number in range(10_000))
    try:
        status, *_ = exchange(port, b"GET /livez HTTP/1.1\r\nHost: localhost\r\n" + many + b"\r\n")
    except ConnectionError:
        # The server hangs up on what it will not read; the answer may be lost with the rest of the request.
        status = 431
    assert status in {400, 431}


@pytest.mark.parametrize(
    "raw", [b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost\r\n\r\n"]
)
def test_what_is_not_http_is_refused(port: int, raw: bytes) -> None:
    assert exchange(port, raw)[0] == 400


def test_a_forged_forwarding_header_makes_nobody_local_and_nobody_else(port: int) -> None:
    plain = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n"
    assert exchange(port, plain + b"\r\n")[0] == 200
    assert exchange(port, plain + b"X-Forwarded-For: 127.0.0.1\r\n\r\n")[0] == 401


def test_a_response_says_nothing_of_the_software(port: int) -> None:
    _, headers, _ = exchange(port, b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert "server" not in headers


def test_an_upgrade_to_another_protocol_is_not_taken(port: int) -> None:
    asked = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    assert exchange(port, asked + b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n")[0] in {200, 400}
