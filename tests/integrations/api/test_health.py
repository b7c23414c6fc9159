import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.fakes.assistant import FakeAssistant
from tests.integrations.visiting import is_problem


def test_a_process_that_runs_is_alive_whatever_its_parts_do(client: TestClient, assistant: FakeAssistant) -> None:
    assistant.states["index"] = "being rebuilt"
    assert client.get("/livez").json() == {"status": "alive"}


def test_ready_means_that_every_part_is(client: TestClient, assistant: FakeAssistant) -> None:
    assert client.get("/readyz").json() == {"status": "ready", "parts": {"database": "ok", "index": "ok"}}
    assistant.states.clear()
    assert client.get("/readyz").status_code == 200


def test_what_is_not_ready_is_named(client: TestClient, assistant: FakeAssistant) -> None:
    assistant.states["index"] = "The index could not be built."
    response = client.get("/readyz")
    assert is_problem(response, 503)
    assert response.json()["detail"] == "Not ready. index: The index could not be built."
    assert response.json()["parts"] == {"database": "ok", "index": "The index could not be built."}
    assert response.headers["retry-after"] == "5"


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.7", {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}, 401),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.7"}, 401),
        ("127.0.0.1", {"Host": "rebound.example"}, 401),
        ("203.0.113.7", {"X-Forwarded-For": "127.0.0.1"}, 401),
    ],
)
def test_metrics_are_open_on_this_machine_only(app: FastAPI, peer: str, headers: dict[str, str], status: int) -> None:
    client = TestClient(app, base_url="http://localhost:8000", client=(peer, 4711))
    assert client.get("/metrics", headers=headers).status_code == status
