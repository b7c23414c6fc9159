import pytest
from starlette.testclient import TestClient

from tests.fakes.assistant import policy_versions
from tests.integrations.visiting import is_problem


def test_the_version_in_force_is_given_clause_by_clause(client: TestClient) -> None:
    version = policy_versions()[1]
    body = client.get("/v1/policy").json()
    assert (body["version"], body["sha256"], body["effective"]) == ("2", "2" * 64, "2026-01-01")
    assert [section["number"] for section in body["sections"]] == [0, 1]
    given = [clause for section in body["sections"] for paragraph in section["paragraphs"] for clause in paragraph]
    assert given == [
        {"clause": clause.id, "text": clause.text, "start": clause.start, "end": clause.end}
        for clause in version.clauses
    ]


def test_versions_are_listed_and_the_current_one_is_marked(client: TestClient) -> None:
    versions = client.get("/v1/policy/versions").json()["versions"]
    assert [(version["version"], version["current"]) for version in versions] == [("1", False), ("2", True)]


@pytest.mark.parametrize("name", ["1", "1" * 12, "1" * 64])
def test_a_version_answers_to_its_label_and_its_hash(client: TestClient, name: str) -> None:
    assert client.get(f"/v1/policy/versions/{name}").json()["version"] == "1"


@pytest.mark.parametrize("name", ["3", "1" * 11, "0", "-1", "latest"])
def test_an_unknown_version_is_not_found(client: TestClient, name: str) -> None:
    assert is_problem(client.get(f"/v1/policy/versions/{name}"), 404)
    assert is_problem(client.get(f"/policy?version={name}"), 404)
    assert is_problem(client.get(f"/v1/policy/diff?from=1&to={name}"), 404)


@pytest.mark.parametrize("name", ["%00", "a b", "é", "x" * 65])
def test_what_cannot_be_the_name_of_a_version_is_refused(client: TestClient, name: str) -> None:
    response = client.get(f"/v1/policy/versions/{name}")
    assert is_problem(response, 422)
    assert response.json()["errors"][0]["parameter"] == "version"


def test_a_difference_names_both_versions_and_every_change(client: TestClient) -> None:
    body = client.get("/v1/policy/diff?from=1&to=2").json()
    assert (body["from"]["version"], body["to"]["version"]) == ("1", "2")
    changes = [(change["kind"], change["from"] and change["from"]["text"]) for change in body["changes"]]
    assert changes == [("changed", "We keep invoices for five years."), ("added", None)]


def test_a_difference_needs_both_ends(client: TestClient) -> None:
    response = client.get("/v1/policy/diff?from=1")
    assert is_problem(response, 422)
    assert [error["parameter"] for error in response.json()["errors"]] == ["to"]


@pytest.mark.parametrize("path", ["/v1/policy", "/v1/policy/versions", "/policy", "/", "/assets/page.css"])
def test_what_the_caller_still_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["cache-control"] == "public, no-cache"
    for known in (first.headers["etag"], f"W/{first.headers['etag']}", f'"x", {first.headers["etag"]}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert client.get(path, headers={"If-None-Match": '"x"'}).content == first.content


def test_a_range_of_thousands_of_parts_is_answered_whole(client: TestClient) -> None:
    ranges = "bytes=" + ",".join(f"{start}-{start}" for start in range(2_500))
    assert client.get("/policy", headers={"Range": ranges}).content == client.get("/policy").content
