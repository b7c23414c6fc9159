from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.errors import Conflict, Unavailable
from tests.fakes.assistant import FakeAssistant
from tests.integrations.visiting import Visitor, is_problem


@pytest.mark.parametrize("language", ["en", "hi", None])
def test_a_conversation_opens_in_a_known_language_or_none(
    client: TestClient, assistant: FakeAssistant, language: str | None
) -> None:
    response = client.post("/v1/conversations", json={"channel": "web", "language": language})
    assert response.status_code == 201
    assert set(response.json()) == {"id", "token", "greeting", "suggestions", "disclosure"}
    assert assistant.front_desk.languages == [language]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/channel"),
        ({"channel": "slack"}, "#/channel"),
        ({"channel": 1}, "#/channel"),
        ({"channel": "web", "language": "de"}, "#/language"),
        ({"channel": "web", "language": ["en"]}, "#/language"),
    ],
)
def test_another_channel_or_language_is_refused_where_it_stands(
    client: TestClient, body: dict[str, Any], pointer: str
) -> None:
    response = client.post("/v1/conversations", json=body)
    assert is_problem(response, 422)
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


def test_a_message_is_answered_with_the_reply_as_the_desk_gave_it(visitor: Visitor, assistant: FakeAssistant) -> None:
    response = visitor.say("How long do you keep invoices?", turn_id="a.B_c:1-2")
    assert response.status_code == 200
    assert response.json() == assistant.front_desk.turns[visitor.conversation]["a.B_c:1-2"].reply


def test_the_same_turn_id_returns_the_same_reply_and_another_text_is_refused(visitor: Visitor) -> None:
    first = visitor.say("Hello", turn_id="t1")
    assert visitor.say("Hello", turn_id="t1").content == first.content
    assert is_problem(visitor.say("Hello again", turn_id="t1"), 422)


@pytest.mark.parametrize("turn_id", ["", "a" * 65, "a b", "a/b", "a\n", "é", 5, ["a"], "a,b"])
def test_a_turn_id_is_up_to_64_safe_characters(visitor: Visitor, turn_id: object) -> None:
    response = visitor.say("Hello", turn_id=turn_id)
    assert is_problem(response, 422)
    assert response.json()["errors"][0]["pointer"] == "#/turn_id"


def test_a_conversation_can_be_read_back(visitor: Visitor) -> None:
    reply = visitor.say("Hello", turn_id="t1").json()
    assert visitor.client.get(visitor.path, headers=visitor.bearer).json() == {
        "id": visitor.conversation,
        "created_at": "2026-03-02T09:15:00Z",
        "turns": [{"turn_id": "t1", "at": "2026-03-02T09:15:00Z", "text": "Hello", "reply": reply}],
    }


def test_erasing_gives_a_receipt_and_the_conversation_is_as_if_it_never_was(visitor: Visitor) -> None:
    receipt = visitor.client.delete(visitor.path, headers=visitor.bearer)
    assert receipt.json() == {
        "receipt": {
            "id": "er-1",
            "conversation_id": visitor.conversation,
            "erased_at": "2026-03-02T09:15:00Z",
            "kept": [{"reference": "EX-1", "why": "Open."}],
            "signature": "signed",
        }
    }
    never = visitor.client.get(f"/v1/conversations/{'0' * 32}", headers=visitor.bearer)
    assert is_problem(never, 404)
    assert visitor.client.get(visitor.path, headers=visitor.bearer).content == never.content
    assert visitor.client.delete(visitor.path, headers=visitor.bearer).content == never.content
    assert visitor.say("Hello").content == never.content


def test_feedback_is_passed_on_and_answered_without_a_body(visitor: Visitor, assistant: FakeAssistant) -> None:
    visitor.say("Hello", turn_id="t1")
    path = f"{visitor.path}/turns/t1/feedback"
    response = visitor.client.post(path, json={"helpful": False, "comment": "Too long"}, headers=visitor.bearer)
    assert (response.status_code, response.content) == (204, b"")
    assert assistant.front_desk.ratings == [(visitor.conversation, "t1", False, "Too long")]


@pytest.mark.parametrize(
    "body", [{}, {"helpful": "yes"}, {"helpful": 1}, {"helpful": None}, {"helpful": True, "comment": "x" * 1001}]
)
def test_feedback_takes_a_plain_yes_or_no_and_a_short_comment(visitor: Visitor, body: dict[str, Any]) -> None:
    visitor.say("Hello", turn_id="t1")
    response = visitor.client.post(f"{visitor.path}/turns/t1/feedback", json=body, headers=visitor.bearer)
    assert is_problem(response, 422)


def test_feedback_on_a_turn_that_was_never_taken_is_not_found(visitor: Visitor) -> None:
    response = visitor.client.post(f"{visitor.path}/turns/t9/feedback", json={"helpful": True}, headers=visitor.bearer)
    assert is_problem(response, 404)


@pytest.mark.parametrize("conversation", ["1", "0", "-1", "..", "%2e%2e", "%00", "é", "a" * 65, "f" * 32, "' OR 1=1"])
def test_every_id_that_is_not_ours_is_answered_alike(visitor: Visitor, conversation: str) -> None:
    wrong_token = visitor.client.get(visitor.path, headers={"Authorization": "Bearer wrong"})
    assert is_problem(wrong_token, 404)
    response = visitor.client.get(f"/v1/conversations/{conversation}/messages", headers=visitor.bearer)
    other = visitor.client.post(
        f"/v1/conversations/{conversation}/messages", json={"text": "Hello"}, headers=visitor.bearer
    )
    assert response.status_code in {404, 405}
    assert other.status_code == 404
    assert conversation == ".." or other.content == wrong_token.content


@pytest.mark.parametrize("token", ["wrong", "tök", "a b", "x" * 300, "\x7f", "pa_live_desk", "null"])
def test_every_wrong_token_is_answered_like_an_unknown_id(visitor: Visitor, token: str) -> None:
    header = [(b"Authorization", f"Bearer {token}".encode("latin-1"))]
    unknown = visitor.client.get(f"/v1/conversations/{'f' * 32}", headers=visitor.bearer)
    assert visitor.client.get(visitor.path, headers=header).content == unknown.content


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": "Basic eA=="}]
)
def test_without_a_bearer_token_the_caller_is_told_how_to_authorise(visitor: Visitor, header: dict[str, str]) -> None:
    response = visitor.client.get(visitor.path, headers=header)
    assert is_problem(response, 401)
    assert response.headers["www-authenticate"] == "Bearer"


def test_what_the_desk_cannot_do_now_says_when_to_come_back(visitor: Visitor, assistant: FakeAssistant) -> None:
    assistant.front_desk.raises = Unavailable("The index is being built.")
    response = visitor.say("Hello")
    assert is_problem(response, 503)
    assert response.json()["detail"] == "The index is being built."
    assert int(response.headers["retry-after"]) > 0


def test_a_conversation_that_is_full_is_a_conflict(visitor: Visitor, assistant: FakeAssistant) -> None:
    assistant.front_desk.raises = Conflict("A conversation takes 200 turns. Please open another one.")
    assert is_problem(visitor.say("Hello"), 409)
