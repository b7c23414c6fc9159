import json
import logging
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.fakes.assistant import METRICS_KEY, FakeAssistant
from tests.integrations.visiting import JSON, Visitor, is_problem

CANARY = "canary-4711@example.com"
METRICS = {"Authorization": f"Bearer {METRICS_KEY}"}


class Awkward(Exception):
    pass


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(record.message) for record in caplog.records if record.name == "integrations.api.journal"]


def test_what_nobody_foresaw_is_a_problem_that_gives_nothing_away(
    visitor: Visitor, assistant: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    assistant.front_desk.raises = Awkward(CANARY)
    response = visitor.say("Hello")
    assert is_problem(response, 500)
    assert CANARY not in response.text + caplog.text
    assert "Traceback" not in response.text + caplog.text
    route = "/v1/conversations/{conversation_id}/messages"
    assert {"event": "failed", "error": "Awkward", "route": route} in lines(caplog)


def test_a_line_holds_route_status_and_time_and_nothing_a_visitor_sent(
    client: TestClient, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor.say(f"I am {CANARY}", turn_id="turn-canary")
    visitor.send(f'{{"text": "{CANARY}'.encode())
    client.get(f"/policy?version={CANARY}")
    client.get(f"/{CANARY}", headers={"User-Agent": CANARY, "Authorization": f"Bearer {CANARY}"})
    client.request("CANARY", "/policy")
    written = [line for line in lines(caplog) if line["event"] == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in written[-5:]] == [
        ("POST", "/v1/conversations/{conversation_id}/messages", 200),
        ("POST", "/v1/conversations/{conversation_id}/messages", 400),
        ("GET", "/policy", 422),
        ("GET", "unmatched", 404),
        ("OTHER", "/policy", 405),
    ]
    assert all(set(line) == {"event", "method", "route", "status", "ms"} for line in written)
    logged = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
    assert not any(word in logged for word in ("canary", "CANARY", visitor.conversation, visitor.token))


def test_metrics_count_by_route_template_and_reply(client: TestClient, visitor: Visitor) -> None:
    visitor.say("Hello")
    client.post(f"{visitor.path}/messages", content=b"{", headers=JSON)
    text = client.get("/metrics", headers=METRICS).text
    route = 'route="/v1/conversations/{conversation_id}/messages"'
    assert f'privacy_assistant_requests_total{{method="POST",{route},status="200"}} 1.0' in text
    assert f'privacy_assistant_requests_total{{method="POST",{route},status="401"}} 1.0' in text
    assert 'privacy_assistant_turns_total{intent="question",outcome="answered"} 1.0' in text
    assert "privacy_assistant_requests_active 1.0" in text
    assert visitor.conversation not in text


def test_two_applications_count_apart(client: TestClient, visitor: Visitor) -> None:
    from_here = {"base_url": "http://127.0.0.1", "client": ("127.0.0.1", 1)}
    local = TestClient(client.app, **from_here)  # type: ignore[arg-type]
    assert "privacy_assistant_requests_total" in local.get("/metrics").text


def test_unknown_addresses_and_methods_make_no_new_series(client: TestClient) -> None:
    def series() -> int:
        return client.get("/metrics", headers=METRICS).text.count("privacy_assistant_requests_total{")

    client.get("/x0")
    client.request("BREW", "/policy")
    client.get("/metrics", headers=METRICS)
    before = series()
    for number in range(20):
        client.get(f"/x{number}")
        client.request(f"BREW{number}", "/policy")
    assert series() == before
