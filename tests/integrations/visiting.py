"""A visitor as tests play one: opens a conversation and speaks with its token."""

import json
from dataclasses import dataclass
from typing import Any, Self

from httpx2 import Response
from starlette.testclient import TestClient

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Visitor:
    client: TestClient
    conversation: str
    token: str

    @classmethod
    def arriving(cls, client: TestClient) -> Self:
        opened = client.post("/v1/conversations", json={"channel": "web"}).json()
        return cls(client, opened["id"], opened["token"])

    @property
    def path(self) -> str:
        return f"/v1/conversations/{self.conversation}"

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def say(self, text: str, **more: Any) -> Response:
        return self.send(json.dumps({"text": text, **more}, ensure_ascii=False).encode())

    def send(self, body: bytes, **headers: str) -> Response:
        """A message with this very body."""
        return self.client.post(f"{self.path}/messages", content=body, headers={**JSON, **self.bearer, **headers})


def is_problem(response: Response, status: int) -> bool:
    body = response.json()
    return (
        response.status_code == status == body["status"]
        and response.headers["content-type"] == "application/problem+json"
        and bool(body["title"] and body["detail"] and body["type"])
        and "instance" not in body
    )
