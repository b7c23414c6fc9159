import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.server import ServerConnection, serve

from integrations.slack.socket import listening
from tests.integrations.slack.workplace import DIRECT, MEMBER, Workplace, slack_settings

SECONDS = 20


class Line:
    """Slack's end of the WebSocket: sends envelopes, and hears what is acknowledged."""

    def __init__(self) -> None:
        self.connection: ServerConnection | None = None
        self.ready, self.over = threading.Event(), threading.Event()
        self.heard: list[dict[str, Any]] = []
        self.acknowledged = threading.Semaphore(0)

    def take(self, connection: ServerConnection) -> None:
        self.connection = connection
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        self.ready.set()
        for message in connection:
            self.heard.append(json.loads(message))
            self.acknowledged.release()

    def send(self, kind: str, payload: dict[str, Any], envelope: str) -> None:
        assert self.connection is not None
        self.connection.send(json.dumps({"type": kind, "envelope_id": envelope, "payload": payload}))


@contextmanager
def line() -> Iterator[tuple[Line, str]]:
    end = Line()
    with serve(end.take, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield end, f"ws://127.0.0.1:{server.socket.getsockname()[1]}/link"
        server.shutdown()
        thread.join()


def test_an_envelope_is_stored_acknowledged_and_answered_once(office: Workplace) -> None:
    settings = slack_settings(office.slack, app_token="xapp-1")
    body = office.envelope(office.message("hello", MEMBER, channel=DIRECT, channel_type="im"))
    with line() as (end, url):
        office.slack.socket_url = url
        with listening(office.door.bolt, settings):
            assert end.ready.wait(SECONDS)
            for number in range(3):
                end.send("events_api", body, f"e-{number}")
                assert end.acknowledged.acquire(timeout=SECONDS)
            foreign = {**body, "team_id": "T9"}
            end.send("events_api", foreign, "e-foreign")
    office.settle()
    assert [each["envelope_id"] for each in end.heard] == ["e-0", "e-1", "e-2"]
    assert len(office.slack.shown(DIRECT)) == 3
