from starlette.testclient import TestClient

from tests.fakes.assistant import DESK_KEY, FakeAssistant
from tests.integrations.visiting import is_problem

DESK = {"Authorization": f"Bearer {DESK_KEY}"}


def test_the_desk_gets_a_reply_with_null_ids_and_nothing_is_kept(client: TestClient, assistant: FakeAssistant) -> None:
    response = client.post("/v1/ask", json={"question": "How long do you keep invoices?"}, headers=DESK)
    reply = response.json()
    assert response.status_code == 200
    assert (reply["turn_id"], reply["conversation_id"], reply["outcome"]) == (None, None, "answered")
    assert assistant.front_desk.turns == {}


def test_a_day_before_any_policy_is_not_found(client: TestClient) -> None:
    body = {"question": "How long do you keep invoices?", "as_of": "2019-12-31"}
    assert is_problem(client.post("/v1/ask", json=body, headers=DESK), 404)
    assert client.post("/v1/ask", json={**body, "as_of": "2020-01-01"}, headers=DESK).status_code == 200
