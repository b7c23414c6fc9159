import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from assistant.settings import Settings
from integrations.api.guard import PUBLIC_ROUTES, UnguardedRoute, check_every_route
from integrations.api.intake import MAX_BODY
from integrations.app import create_app
from tests.fakes.assistant import DESK_KEY, METRICS_KEY, FakeAssistant, fake_assistant, fake_compare
from tests.fakes.desk import REFERENCE
from tests.integrations.visiting import JSON, Visitor, is_problem

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
DESK = {"Authorization": f"Bearer {DESK_KEY}"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
REQUESTS: dict[str, dict[str, Any]] = {
    "page": {"method": "GET", "url": "/"},
    "policy": {"method": "GET", "url": "/policy"},
    "comparison": {"method": "GET", "url": "/policy?version=2&compare=1"},
    "style": {"method": "GET", "url": "/assets/look.css"},
    "head": {"method": "HEAD", "url": "/policy"},
    "json": {"method": "GET", "url": "/v1/policy"},
    "alive": {"method": "GET", "url": "/livez"},
    "interface": {"method": "GET", "url": "/openapi.json"},
    "created": {"method": "POST", "url": "/v1/conversations", "json": {"channel": "web"}},
    "malformed": {"method": "POST", "url": "/v1/conversations", "content": b"{", "headers": JSON},
    "invalid": {"method": "POST", "url": "/v1/conversations", "json": {}},
    "wrong type": {"method": "POST", "url": "/v1/conversations", "content": b"channel=web"},
    "too large": {"method": "POST", "url": "/v1/conversations", "content": b"x" * (MAX_BODY + 1), "headers": JSON},
    "unauthorised": {"method": "POST", "url": "/v1/ask", "json": {"question": "Hello"}},
    "missing": {"method": "GET", "url": "/nothing"},
    "missing asset": {"method": "GET", "url": "/assets/..%2fapp.py"},
    "missing version": {"method": "GET", "url": "/v1/policy/versions/9"},
    "wrong method": {"method": "TRACE", "url": "/policy"},
    "foreign": {"method": "GET", "url": "/policy", "headers": {"Origin": "https://evil.example"}},
    "bad host": {"method": "GET", "url": "/policy", "headers": {"Host": "a/b"}},
    "failed": {
        "method": "POST",
        "url": "/v1/ask",
        "json": {"question": "Hello"},
        "headers": {"Authorization": f"Bearer {DESK_KEY}"},
    },
}
every_request = pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    for context in iter_route_contexts(app.routes):
        path = str(context.path)
        yield from ((method, path) for method in sorted((context.methods or set()) - {"HEAD"}))


def filled(path: str) -> str:
    return re.sub(r"\{\w+\}", "f" * 32, path)


@every_request
def test_every_response_carries_the_headers_that_protect_it(
    client: TestClient, assistant: FakeAssistant, request_: dict[str, Any]
) -> None:
    assistant.front_desk.raises = RuntimeError("canary-4711")
    headers = client.request(**request_).headers
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS
    assert "origin" in headers["vary"].lower()
    assert headers["cache-control"] in {"no-store", "public, no-cache"}
    assert "strict-transport-security" not in headers
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


@every_request
def test_every_response_carries_the_strict_content_policy(client: TestClient, request_: dict[str, Any]) -> None:
    policy = client.request(**request_).headers["content-security-policy"]
    directives = {directive.split()[0]: directive.split()[1:] for directive in policy.split("; ")}
    # Pages that carry the widget frame it.
    assert directives.pop("frame-src", ["'self'"]) == ["'self'"]
    own = ("style-src", "script-src", "connect-src", "img-src", "form-action", "frame-ancestors")
    assert directives == {
        "default-src": ["'none'"],
        **{name: ["'self'"] for name in own},
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
    }


def test_listed_origins_may_frame_it_and_https_is_made_to_stick() -> None:
    settings = Settings(public_url="https://privacy.example", allowed_origins=("https://ok.example",))
    client = TestClient(create_app(fake_assistant(settings), compare=fake_compare))
    for path in ("/", "/nothing", "/livez"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].endswith("frame-ancestors 'self' https://ok.example")
        assert headers["strict-transport-security"] == "max-age=31536000"


def test_every_route_that_is_not_public_refuses_no_and_wrong_credentials(client: TestClient, app: FastAPI) -> None:
    walked = 0
    for method, path in routes(app):
        if (method, path) in PUBLIC_ROUTES:
            continue
        walked += 1
        for header in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer"}):
            assert client.request(method, filled(path), headers=header).status_code == 401
        for token in ("wrong", "null", "x" * 256, "t\N{LATIN SMALL LETTER O WITH DIAERESIS}k", " "):
            header_ = [(b"Authorization", f"Bearer {token}".encode("latin-1"))]
            assert client.request(method, filled(path), headers=header_).status_code in {401, 404}
    assert walked >= 20


def test_a_key_opens_only_what_its_scope_says(client: TestClient) -> None:
    for key, ask, metrics in ((DESK_KEY, 200, 403), (METRICS_KEY, 403, 200)):
        header = {"Authorization": f"Bearer {key}"}
        assert client.post("/v1/ask", json={"question": "Hello"}, headers=header).status_code == ask
        assert client.get("/metrics", headers=header).status_code == metrics


def test_the_token_of_one_conversation_opens_no_other(client: TestClient) -> None:
    mine, theirs = Visitor.arriving(client), Visitor.arriving(client)
    for method in ("GET", "DELETE"):
        assert is_problem(client.request(method, theirs.path, headers=mine.bearer), 404)
    assert client.get(theirs.path, headers=theirs.bearer).status_code == 200


def test_a_route_without_authorisation_is_refused(app: FastAPI) -> None:
    router = APIRouter(prefix="/v1/secrets")
    router.add_api_route("/all", lambda: None)
    app.include_router(router)
    with pytest.raises(UnguardedRoute, match="GET /v1/secrets/all is neither listed"), TestClient(app):
        pass


@pytest.mark.parametrize("route", [Route("/v1/secrets", Response), Mount("/v1/secrets", Response())])
def test_a_route_that_says_nothing_of_its_dependencies_is_refused(app: FastAPI, route: Route | Mount) -> None:
    app.router.routes.append(route)
    with pytest.raises(UnguardedRoute, match="/v1/secrets"):
        check_every_route(app)


def test_another_method_on_a_public_path_is_refused(app: FastAPI) -> None:
    app.add_api_route("/v1/policy", lambda: None, methods=["DELETE"])
    with pytest.raises(UnguardedRoute, match="DELETE /v1/policy"):
        check_every_route(app)


def test_no_public_route_is_listed_that_does_not_exist(app: FastAPI) -> None:
    assert set(routes(app)) >= PUBLIC_ROUTES


@pytest.mark.parametrize("method", METHODS)
def test_a_method_that_a_path_does_not_take_is_a_problem(client: TestClient, app: FastAPI, method: str) -> None:
    taken = set(routes(app))
    for path in {path for _, path in taken}:
        wanted = "GET" if method == "HEAD" else method
        if (wanted, path) in taken:
            continue
        response = client.request(method, filled(path))
        assert response.status_code == 405
        assert set(response.headers["allow"].split(", ")) == {taker for taker, of in taken if of == path} | (
            {"HEAD"} if ("GET", path) in taken else set()
        )
        assert method == "HEAD" or is_problem(response, 405)


@pytest.mark.parametrize(
    "path", ["//v1/policy", "/v1/..;/admin", "/v1/policy/", "/policy/", "/v1/conversations/", "/docs", "/redoc", "/%00"]
)
def test_an_address_that_is_almost_ours_is_not_found(client: TestClient, path: str) -> None:
    assert is_problem(client.get(f"http://testserver{path}"), 404)


def test_head_is_get_without_a_body(client: TestClient) -> None:
    for path in ("/", "/policy", "/livez", "/v1/policy"):
        head, got = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(got.content))


def test_the_assistant_is_closed_when_the_application_is(app: FastAPI, assistant: FakeAssistant) -> None:
    with TestClient(app):
        assert not assistant.closed
    assert assistant.closed


def operations(client: TestClient) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in client.get("/openapi.json").json()["paths"].items():
        for method, operation in item.items():
            yield f"{method} {path}", operation


def test_every_operation_is_described_with_examples(client: TestClient) -> None:
    described = dict(operations(client))
    assert len(described) == 27
    for name, operation in described.items():
        successes = [response for status, response in operation["responses"].items() if status.startswith("2")]
        examples = ["example" in media for response in successes for media in response.get("content", {}).values()]
        assert all(examples), name
        assert examples or "204" in operation["responses"], name
        if "requestBody" in operation:
            assert "example" in operation["requestBody"]["content"]["application/json"], name


def test_every_refusal_is_described_as_a_problem(client: TestClient) -> None:
    for name, operation in operations(client):
        for status, response in operation["responses"].items():
            if not status.startswith("2"):
                media = response["content"]["application/problem+json"]
                assert media["example"]["status"] == int(status), name
                assert media["schema"] == {"$ref": "#/components/schemas/ProblemShape"}, name


def test_the_described_examples_of_bodies_are_taken(client: TestClient, visitor: Visitor) -> None:
    visitor.say("Hello", turn_id="turn-1")
    for name, operation in operations(client):
        if "requestBody" in operation:
            method, path = name.split()
            header = visitor.bearer if path.startswith("/v1/conversations") else {**DESK, "If-Match": '"3"'}
            if path == "/v1/tickets":
                header = {**DESK, "Idempotency-Key": '"key-1"'}
            url = path.format(conversation_id=visitor.conversation, turn_id="turn-1", reference=REFERENCE)
            body = operation["requestBody"]["content"]["application/json"]["example"]
            if path.endswith("/messages"):
                body = {**body, "turn_id": "turn-2"}
            assert client.request(method, url, json=body, headers=header).is_success, name


def test_each_operation_names_its_credential(client: TestClient) -> None:
    asked = {name: [*operation.get("security", [{}])[0]] for name, operation in operations(client)}
    assert asked["post /v1/conversations/{conversation_id}/messages"] == ["conversation"]
    assert asked["post /v1/ask"] == asked["get /metrics"] == ["key"]
    assert asked["get /v1/policy"] == asked["post /v1/conversations"] == []
