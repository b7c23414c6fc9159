import asyncio
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from integrations.api.intake import MAX_BODY, Intake, Queue
from tests.integrations.visiting import JSON, Visitor, is_problem


def scope(path: str = "/", **headers: str) -> Scope:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "POST", "path": path, "headers": raw}


class Echo:
    """Sends back how many bytes it was handed, and waits for `gate` first."""

    def __init__(self, gate: asyncio.Event | None = None) -> None:
        self.gate = gate
        self.handed: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.handed.append(await receive())
        if self.gate:
            await self.gate.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def ask(app: Any, scope: Scope, messages: Iterable[Message] = ()) -> list[Message]:
    sent: list[Message] = []
    waiting = iter(messages or [{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        for message in waiting:
            return message
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


def pieces(*bodies: bytes, more: bool = False) -> list[Message]:
    last = len(bodies) - 1
    return [{"type": "http.request", "body": body, "more_body": more or at < last} for at, body in enumerate(bodies)]


def test_a_body_in_pieces_is_handed_on_whole() -> None:
    echo = Echo()
    asyncio.run(ask(Intake(echo), scope(), pieces(b"ab", b"", b"cd")))
    assert echo.handed == [{"type": "http.request", "body": b"abcd", "more_body": False}]


def test_a_body_that_never_ends_is_refused_while_it_is_read() -> None:
    def endless() -> Iterator[Message]:
        while True:
            yield {"type": "http.request", "body": b"x" * 4096, "more_body": True}

    echo = Echo()
    sent = asyncio.run(ask(Intake(echo), scope(), endless()))
    assert sent[0]["status"] == 413
    assert echo.handed == []


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    echo = Echo()
    sent = asyncio.run(ask(Intake(echo, seconds=0.02), scope(), pieces(b"{", more=True)))
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
    assert echo.handed == []


def test_a_caller_who_hangs_up_is_not_answered() -> None:
    echo = Echo()
    assert asyncio.run(ask(Intake(echo), scope(), [{"type": "http.disconnect"}])) == []
    assert echo.handed == []


@pytest.mark.parametrize(
    ("length", "status"),
    [(str(MAX_BODY), 200), (str(MAX_BODY + 1), 413), ("9" * 5000, 413), ("-1", 400), ("1e3", 400), ("\u0661", 400)],
)
def test_a_length_that_is_announced_is_judged_before_reading(length: str, status: int) -> None:
    announced = scope(content_length=length)
    assert asyncio.run(ask(Intake(Echo()), announced))[0]["status"] == status


def test_the_largest_body_is_read_and_one_byte_more_is_not(visitor: Visitor) -> None:
    padded = json.dumps({"text": "a", "more": ""}).encode()
    fitting = padded.replace(b'""', b'"' + b"x" * (MAX_BODY - len(padded)) + b'"')
    assert len(fitting) == MAX_BODY
    assert visitor.send(fitting).status_code == 200
    assert is_problem(visitor.send(fitting + b" "), 413)


def test_a_chunked_body_without_a_length_is_limited_too(client: TestClient) -> None:
    chunks = (b"x" * 8192 for _ in range(100))
    assert is_problem(client.post("/v1/conversations", content=chunks, headers=JSON), 413)


def test_one_too_many_is_sent_away_and_the_next_is_not() -> None:
    async def crowd() -> tuple[list[Message], list[Message], list[Message]]:
        gate = asyncio.Event()
        queue = Queue(Echo(gate), size=2)
        inside = [asyncio.create_task(ask(queue, scope())) for _ in range(2)]
        await asyncio.sleep(0)
        refused = await ask(queue, scope())
        alive = asyncio.create_task(ask(queue, scope("/livez")))
        gate.set()
        await asyncio.gather(*inside)
        return refused, await alive, await ask(queue, scope())

    refused, alive, after = asyncio.run(crowd())
    assert [sent[0]["status"] for sent in (refused, alive, after)] == [503, 200, 200]
    assert (b"retry-after", b"1") in refused[0]["headers"]


def test_a_request_that_fails_gives_its_place_back() -> None:
    async def failing(_: Scope, __: Receive, ___: Send) -> None:
        raise RuntimeError

    async def many() -> None:
        queue = Queue(failing, size=1)
        for _ in range(3):
            with pytest.raises(RuntimeError):
                await ask(queue, scope())

    asyncio.run(many())


def test_headers_are_bounded_in_number_and_size(client: TestClient) -> None:
    assert client.get("/livez", headers={f"X-{number}": "y" for number in range(80)}).status_code == 200
    assert is_problem(client.get("/livez", headers={f"X-{number}": "y" for number in range(100)}), 431)
    assert is_problem(client.get("/livez", headers={"X-Long": "y" * 32 * 1024}), 431)
