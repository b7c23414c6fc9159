import csv
from io import StringIO
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.access.keys import KeyRing
from tests.fakes.assistant import DESK_KEY, FakeAssistant
from tests.fakes.desk import REFERENCE, FakeTicketDesk
from tests.integrations.api.conftest import Operator
from tests.integrations.visiting import is_problem

REQUEST = {"kind": "rights_request", "right": "deletion", "email": "riya@example.com", "text": "Delete it all, please."}
CHANGES: dict[str, Any] = {
    "claim": {},
    "assign": {"to": "Ben"},
    "transition": {"to": "in_progress"},
    "extend": {"until": "2027-02-01", "reason": "Four systems."},
    "notes": {"text": "Called back."},
    "replies": {"text": "We are on it."},
    "regime": {"regime": "gdpr"},
}
every_change = pytest.mark.parametrize(("act", "body"), CHANGES.items())


def test_a_ticket_is_opened_found_and_read(operator: Operator) -> None:
    opened = operator.post("/tickets", REQUEST, Idempotency_Key='"8e03978e"')
    card = opened.json()
    assert (opened.status_code, card["status"], card["right"]) == (201, "received", "deletion")
    assert card["due_basis"] == {"kind": "target", "cite": ""}
    assert (opened.headers["location"], opened.headers["etag"]) == (f"/v1/tickets/{card['reference']}", '"1"')
    read = operator.get(f"/tickets/{card['reference'].lower().replace('-', '')}")
    assert (read.json()["email"], read.json()["text"]) == ("riya@example.com", "Delete it all, please.")
    assert read.headers["etag"] == opened.headers["etag"]
    assert operator.get("/tickets?status=open").json()["items"][0]["email"] == "r…@example.com"


def test_a_read_is_in_the_audit_trail_under_the_name_of_the_key(operator: Operator) -> None:
    reference = operator.open()
    operator.get(f"/tickets/{reference}")
    entries = operator.rooms.audit.entries(reference)
    assert [(entry.actor, entry.action) for entry in entries][-1] == ("key:ana", "ticket.viewed")


@every_change
def test_a_change_needs_the_version_that_was_read(operator: Operator, act: str, body: Any) -> None:
    reference = operator.open(**REQUEST)
    path = f"/tickets/{reference}/{act}"
    assert is_problem(operator.post(path, body), 428)
    for stale in ('"7"', 'W/"1"', "nonsense", '"1", "2"', ""):
        assert is_problem(operator.post(path, body, If_Match=stale), 412)
    assert operator.get(f"/tickets/{reference}").headers["etag"] == '"1"'
    changed = operator.post(path, body, If_Match='"1"')
    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"] == f'"{changed.json()["version"]}"' != '"1"'
    assert changed.json()["email"] == "r…@example.com"
    assert operator.get(f"/tickets/{reference}").headers["etag"] == changed.headers["etag"]


@every_change
def test_a_change_of_a_ticket_that_is_not_there_is_not_found(operator: Operator, act: str, body: Any) -> None:
    for reference in ("CM-0000-0000", "nobody's", "%00", "x" * 60):
        assert is_problem(operator.post(f"/tickets/{reference}/{act}", body, If_Match="*"), 404)


@every_change
def test_a_change_with_an_unfitting_body_says_where(operator: Operator, act: str, body: Any) -> None:
    path = f"/tickets/{operator.open(**REQUEST)}/{act}"
    unfitting: list[Any] = [[], None, dict.fromkeys(body, 7), {}] if body else [[], None]
    for unfit in unfitting:
        assert is_problem(operator.post(path, unfit, If_Match='"1"'), 422)


def test_an_illegal_move_is_a_conflict_and_any_version_is_a_star(operator: Operator) -> None:
    reference = operator.open(**REQUEST)
    assert operator.post(f"/tickets/{reference}/transition", {"to": "fulfilled"}, If_Match="*").status_code == 200
    for to in ("in_progress", "received", "closed"):
        refused = operator.change(reference, "transition", {"to": to})
        assert is_problem(refused, 409)
    assert is_problem(operator.change(reference, "transition", {"to": "gone"}), 422)


def test_a_denial_needs_a_reason(operator: Operator) -> None:
    reference = operator.open(**REQUEST)
    assert is_problem(operator.change(reference, "transition", {"to": "denied", "reason": "  "}), 409)
    assert operator.change(reference, "transition", {"to": "denied", "reason": "Not our data."}).json()["status"] == (
        "denied"
    )


def test_who_claims_is_the_assignee_and_can_be_filtered_by(operator: Operator) -> None:
    reference = operator.open()
    assignee = operator.change(reference, "claim", {}).json()["assignee"]
    found = operator.client.get("/v1/tickets", params={"assignee": assignee}, headers=operator.headers()).json()
    assert [item["reference"] for item in found["items"]] == [reference]
    assert operator.change(reference, "assign", {"to": "Ben"}).json()["assignee"] == "Ben"


def test_a_reply_is_mailed_and_the_history_shows_it(operator: Operator) -> None:
    reference = operator.open(email="riya@example.com")
    operator.change(reference, "replies", {"text": "Nobody outside."})
    operator.change(reference, "notes", {"text": "Done by phone as well."})
    (mail,) = operator.rooms.mails("reply")
    assert mail.to == "riya@example.com"
    history = operator.get(f"/tickets/{reference}/history").json()["items"]
    assert [(entry["event"], entry["actor"], entry["reason"]) for entry in history] == [
        ("opened", "key:ana", ""),
        ("replied", "key:ana", "Nobody outside."),
        ("note", "key:ana", "Done by phone as well."),
    ]


def test_a_regime_and_an_extension_move_the_due_date_and_keep_what_was(operator: Operator) -> None:
    reference = operator.open(**REQUEST)
    under_law = operator.change(reference, "regime", {"regime": "gdpr"}).json()
    assert under_law["due_basis"] == {"kind": "law", "cite": "GDPR Art. 12(3)"}
    extended = operator.change(reference, "extend", {"until": "2027-01-31", "reason": "Four systems."}).json()
    # To the end of that day in Kolkata.
    assert extended["due_at"] == "2027-01-31T18:29:59Z"
    deadlines = operator.get(f"/tickets/{reference}").json()["deadlines"]
    assert {deadline["basis"]["kind"] for deadline in deadlines} == {"target", "law", "policy"}
    for beyond in ("2029-01-01", "2026-01-01T00:00:00Z"):
        refused = operator.change(reference, "extend", {"until": beyond, "reason": "Longer."})
        assert refused.status_code in {409, 422}


@pytest.mark.parametrize(
    "unfit",
    [
        {"kind": "rights_request", "text": "Please."},
        {"kind": "inquiry", "right": "access", "text": "Please."},
        {"kind": "complaint", "severity": "high", "text": "Please."},
        {"kind": "inquiry", "text": "   "},
        {"kind": "inquiry", "text": "Please.", "email": "nobody"},
        {"kind": "inquiry", "text": "Please.", "email": "a@example.com\r\nBcc: b@example.com"},
        {"kind": "inquiry", "text": "x" * 4001},
        {"kind": "order", "text": "Please."},
        {"text": "Please."},
    ],
)
def test_what_is_no_ticket_is_refused_and_the_value_not_repeated(operator: Operator, unfit: dict[str, str]) -> None:
    refused = operator.post("/tickets", unfit, Idempotency_Key="k")
    assert is_problem(refused, 422)
    assert "example.com" not in refused.text
    assert operator.get("/tickets").json() == {"items": [], "next": None}


@pytest.mark.parametrize("header", [None, "", '""', '"unended', "two words", "x" * 256, '"' + "x" * 256 + '"', "é"])
def test_without_a_usable_key_nothing_is_opened(operator: Operator, header: str | None) -> None:
    headers = operator.headers() if header is None else {**operator.headers(), "Idempotency-Key": header}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    assert is_problem(operator.client.post("/v1/tickets", json=REQUEST, headers=raw), 400)
    assert operator.get("/tickets").json()["items"] == []


def test_the_same_key_replays_another_body_is_refused_and_another_client_has_keys_of_its_own(
    operator: Operator,
) -> None:
    first = operator.post("/tickets", REQUEST, Idempotency_Key='"k-1"')
    again = operator.post("/tickets", REQUEST, Idempotency_Key="k-1")
    assert (again.status_code, again.json(), again.headers["etag"]) == (201, first.json(), first.headers["etag"])
    assert is_problem(operator.post("/tickets", {**REQUEST, "right": "access"}, Idempotency_Key="k-1"), 422)
    ben = KeyRing(operator.rooms.database, operator.rooms.watch).create("ben", ["desk"])
    other = Operator(operator.client, operator.rooms, ben)
    assert other.post("/tickets", REQUEST, Idempotency_Key="k-1").json()["reference"] != first.json()["reference"]
    assert len(operator.get("/tickets").json()["items"]) == 2


def test_pages_follow_each_other_without_a_gap_and_a_bent_cursor_is_refused(operator: Operator) -> None:
    made = {operator.open(text=f"Question {number}") for number in range(7)}
    seen: list[str] = []
    path = "/tickets?limit=3"
    while True:
        page = operator.get(path).json()
        seen += [item["reference"] for item in page["items"]]
        if page["next"] is None:
            break
        path = f"/tickets?limit=3&cursor={page['next']}"
    assert (len(seen), set(seen)) == (7, made)
    cursor = operator.get("/tickets?limit=3").json()["next"]
    for bent in (cursor[:-4], cursor + "xx", "%00", "x" * 1001, "WzFd", "bm90aGluZw=="):
        assert is_problem(operator.get(f"/tickets?cursor={bent}"), 422)


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=201", "limit=x", "status=gone", "kind=order", "right=all", "severity=bad", "format=xml"),
        *("due_before=soon", "due_before=17", "due_before=2026-03-02T09:15:00"),
        *("due_before=9999-12-31T23:59:59-23:59", "assignee=%0a", "q=%00", "q=" + "x" * 201),
    ],
)
def test_an_unfitting_filter_is_refused(operator: Operator, query: str) -> None:
    assert is_problem(operator.get(f"/tickets?{query}"), 422)


def test_filters_narrow_the_queue(operator: Operator) -> None:
    inquiry = operator.open(text="Who reads the newsletter list?")
    request = operator.open(**REQUEST)
    incident = operator.open("security_incident", "A laptop was left on a train.", severity="high")
    closed = operator.open("complaint", "Nobody answers.")
    operator.change(closed, "transition", {"to": "closed", "reason": "Settled."})
    found = {
        query: {item["reference"] for item in operator.get(f"/tickets?{query}").json()["items"]}
        for query in (
            "status=open",
            "status=closed",
            "kind=inquiry",
            "right=deletion",
            "severity=high",
            "status=awaiting_verification",
            "due_before=2026-11-26",
            "due_before=2026-11-22T00:00:00Z",
            "due_before=2026-11-26T00:00:00+00:00",
            "q=newsletter",
            f"q={request.lower()}",
            "q=%25",
        )
    }
    assert found["status=open"] == {inquiry, request, incident}
    assert found["status=closed"] == {closed}
    assert found["kind=inquiry"] == found["q=newsletter"] == {inquiry}
    assert found["right=deletion"] == found[f"q={request.lower()}"] == {request}
    assert found["severity=high"] == {incident}
    assert inquiry in found["due_before=2026-11-26"] == found["due_before=2026-11-26T00:00:00+00:00"]
    assert request not in found["due_before=2026-11-26"]
    assert found["q=%25"] == found["status=awaiting_verification"] == found["due_before=2026-11-22T00:00:00Z"] == set()


def test_search_never_looks_into_what_is_sealed(operator: Operator) -> None:
    operator.open(text="Call +91 98765 43210 about the invoice.", on_behalf_of="Kestrel Traders")
    for sealed in ("98765", "Kestrel"):
        assert operator.get(f"/tickets?q={sealed}").json()["items"] == []
    assert len(operator.get("/tickets?q=invoice").json()["items"]) == 1


@pytest.mark.parametrize(("query", "accept"), [("?format=csv", "*/*"), ("", "text/csv"), ("", "text/csv;q=1, */*")])
def test_the_queue_as_a_table(operator: Operator, query: str, accept: str) -> None:
    reference = operator.open()
    operator.change(reference, "assign", {"to": "=1+1"})
    answer = operator.get(f"/tickets{query}", Accept=accept)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "tickets.csv" in answer.headers["content-disposition"]
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert (row["reference"], row["assignee"]) == (reference, "'=1+1")
    assert operator.get("/tickets?format=json", Accept="text/csv").json()["items"]


def test_a_key_that_may_only_read_changes_nothing(operator: Operator) -> None:
    reference = operator.open(**REQUEST)
    reading = KeyRing(operator.rooms.database, operator.rooms.watch).create("auditor", ["desk:read"])
    reader = Operator(operator.client, operator.rooms, reading)
    for path in ("/tickets", f"/tickets/{reference}", f"/tickets/{reference}/history", "/reports/sla", "/reports/gaps"):
        assert reader.get(path).status_code == 200
    for act, body in CHANGES.items():
        assert is_problem(reader.post(f"/tickets/{reference}/{act}", body, If_Match="*"), 403)
    assert is_problem(reader.post(f"/incidents/{reference}/acknowledge", {}), 403)
    assert is_problem(reader.post("/tickets", REQUEST, Idempotency_Key="k"), 403)


def test_the_credential_is_looked_at_before_anything_else(client: TestClient, assistant: FakeAssistant) -> None:
    assert isinstance(assistant.desk, FakeTicketDesk)
    assert is_problem(client.post(f"/v1/tickets/{REFERENCE}/claim", content=b"{"), 401)
    assert is_problem(client.post("/v1/tickets", content=b"{"), 401)
    assert is_problem(client.get("/v1/tickets?limit=0&status=gone"), 401)
    assert assistant.desk.asked == []


def test_what_nobody_foresaw_gives_nothing_away(client: TestClient, assistant: FakeAssistant) -> None:
    assert isinstance(assistant.desk, FakeTicketDesk)
    assistant.desk.raises = RuntimeError("canary-4711")
    failed = client.get("/v1/tickets", headers={"Authorization": f"Bearer {DESK_KEY}"})
    assert is_problem(failed, 500)
    assert "canary" not in failed.text
