from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from assistant.access.keys import KeyRing
from assistant.reports.desk import Reports
from integrations.app import create_app
from tests.assistant.desk.conftest import desk_of
from tests.assistant.security.rooms import Rooms, built
from tests.fakes.assistant import fake_assistant, fake_compare


@dataclass
class Operator:
    """Someone of the support desk, with a key of the name `ana` on the real queue."""

    client: TestClient
    rooms: Rooms
    key: str
    keys: "count[int]" = field(default_factory=count)

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(f"/v1{path}", headers=self.headers(**headers))

    def post(self, path: str, body: Any, **headers: str) -> Response:
        return self.client.post(f"/v1{path}", json=body, headers=self.headers(**headers))

    def headers(self, **headers: str) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {"Authorization": f"Bearer {self.key}", **named}

    def open(self, kind: str = "inquiry", text: str = "Who reads the list?", **more: Any) -> str:
        """A new ticket's reference."""
        body = {"kind": kind, "text": text, **more}
        opened = self.post("/tickets", body, Idempotency_Key=f"key-{next(self.keys)}")
        assert opened.status_code == 201, opened.text
        return str(opened.json()["reference"])

    def change(self, reference: str, act: str, body: Any) -> Response:
        """Do it to the ticket as it is now."""
        tag = self.get(f"/tickets/{reference}").headers["etag"]
        return self.post(f"/tickets/{reference}/{act}", body, If_Match=tag)


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with built(tmp_path / "data") as rooms:
        yield rooms


@pytest.fixture
def operator(rooms: Rooms) -> Iterator[Operator]:
    assistant = fake_assistant()
    assistant.desk = desk_of(rooms)
    assistant.reports = Reports(rooms.database, rooms.watch)
    assistant.organisation = rooms.organisation
    assistant.keys = ring = KeyRing(rooms.database, rooms.watch)
    with TestClient(create_app(assistant, compare=fake_compare), raise_server_exceptions=False) as client:
        yield Operator(client, rooms, ring.create("ana", ["desk"]))
