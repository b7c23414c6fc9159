"""The doors over the assistant that is really built; without an index, so that every answer hands over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.bootstrap import Assistant, build_assistant
from integrations.app import create_app
from tests.databases import settings_for
from tests.integrations.visiting import Visitor, is_problem

SECRET = "an invented secret of these tests"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("data")
    assistant = build_assistant(settings_for(folder, rate_limit=False, secret_key=SECRET), server=True)
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def client(real: Assistant) -> TestClient:
    return TestClient(create_app(real), raise_server_exceptions=False)


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    return Visitor.arriving(client)


def test_a_turn_is_answered_once_and_can_be_read_back(visitor: Visitor) -> None:
    first = visitor.say("How long do you keep billing records?", turn_id="t1")
    assert first.json()["outcome"] == "handed_over"
    assert first.json()["conversation_id"] == visitor.conversation
    again = visitor.say("How long do you keep billing records?", turn_id="t1")
    assert again.json() == first.json()
    assert is_problem(visitor.say("Something else", turn_id="t1"), 422)
    turns = visitor.client.get(visitor.path, headers=visitor.bearer).json()["turns"]
    assert [(turn["turn_id"], turn["reply"]) for turn in turns] == [("t1", first.json())]


def test_what_is_stored_is_masked(visitor: Visitor) -> None:
    visitor.say("I am asha@example.com, how long do you keep my data?")
    assert "asha@example.com" not in visitor.client.get(visitor.path, headers=visitor.bearer).text


def test_no_wrong_token_or_unknown_id_can_be_told_from_another(visitor: Visitor) -> None:
    never = visitor.client.get(f"/v1/conversations/{'0' * 32}", headers=visitor.bearer)
    assert is_problem(never, 404)
    for token in ("wrong", "x" * 43, "t\N{LATIN SMALL LETTER O WITH DIAERESIS}k"):
        header = [(b"Authorization", f"Bearer {token}".encode("latin-1"))]
        assert visitor.client.get(visitor.path, headers=header).content == never.content


def test_an_erased_conversation_is_as_if_it_never_was(visitor: Visitor) -> None:
    visitor.say("How long do you keep billing records?", turn_id="t1")
    receipt = visitor.client.delete(visitor.path, headers=visitor.bearer).json()["receipt"]
    assert set(receipt) == {"id", "conversation_id", "erased_at", "kept", "signature"}
    assert receipt["conversation_id"] == visitor.conversation
    never = visitor.client.get(f"/v1/conversations/{'0' * 32}", headers=visitor.bearer).content
    assert visitor.client.get(visitor.path, headers=visitor.bearer).content == never
    assert visitor.client.delete(visitor.path, headers=visitor.bearer).content == never
    assert visitor.say("How long do you keep billing records?", turn_id="t1").content == never


def test_feedback_belongs_to_a_turn_that_was_taken(visitor: Visitor) -> None:
    visitor.say("Hello", turn_id="t1")
    feedback = {"json": {"helpful": True, "comment": "Clear."}, "headers": visitor.bearer}
    statuses = [visitor.client.post(f"{visitor.path}/turns/{name}/feedback", **feedback) for name in ("t1", "t2")]  # type: ignore[arg-type]
    assert [response.status_code for response in statuses] == [204, 404]


def test_a_key_opens_what_its_scope_says_until_it_is_revoked(client: TestClient, real: Assistant) -> None:
    desk = {"Authorization": f"Bearer {real.keys.create('desk of a test', ['desk'])}"}
    assert client.post("/v1/ask", json={"question": "Do you sell my data?"}, headers=desk).status_code == 200
    assert is_problem(client.get("/metrics", headers=desk), 403)
    real.keys.revoke("desk of a test")
    assert is_problem(client.post("/v1/ask", json={"question": "Do you sell my data?"}, headers=desk), 401)


def test_every_clause_of_the_shipped_policy_is_given_and_shown_as_published(
    client: TestClient, real: Assistant
) -> None:
    version = real.policies.versions()[-1]
    published = real.policies.published_text(version)
    body = client.get("/v1/policy").json()
    given = [clause for section in body["sections"] for paragraph in section["paragraphs"] for clause in paragraph]
    assert [clause["text"] for clause in given] == [published[clause["start"] : clause["end"]] for clause in given]
    page = client.get("/policy").text
    assert all(f'id="{clause["clause"]}"' in page for clause in given)


def test_an_unknown_version_is_not_found(client: TestClient) -> None:
    assert is_problem(client.get("/v1/policy/versions/99"), 404)
