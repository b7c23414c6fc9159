import json

import pytest
from starlette.testclient import TestClient

from integrations.api.body import MAX_DEPTH, NOT_JSON, TOO_DEEP, parse
from integrations.api.problems import Refused
from tests.fakes.assistant import FakeAssistant
from tests.integrations.visiting import JSON, Visitor, is_problem

MALFORMED: list[tuple[str, bytes, int]] = [
    ("empty", b"", 422),
    ("blank", b"   ", 400),
    ("open object", b'{"text":', 400),
    ("single quotes", b"{'text':'a'}", 400),
    ("trailing garbage", b'{"text":"a"} x', 400),
    ("two values", b'{"text":"a"}{"text":"b"}', 400),
    ("trailing comma", b'{"text":"a",}', 400),
    ("comment", b'{"text":"a"/**/}', 400),
    ("byte order mark", b'\xef\xbb\xbf{"text":"a"}', 400),
    ("UTF-16", '{"text":"a"}'.encode("utf-16"), 400),
    ("broken UTF-8", b'{"text":"\xff\xfe"}', 400),
    ("encoded surrogate", b'{"text":"\xed\xa0\x80"}', 400),
    ("raw control", b'{"text":"a\x01"}', 400),
    ("array at root", b'["text"]', 422),
    ("text at root", b'"text"', 422),
    ("number at root", b"1", 422),
    ("null at root", b"null", 422),
    ("NaN", b'{"text":NaN}', 422),
    ("Infinity", b'{"text":-Infinity}', 422),
    ("1e999", b'{"text":1e999}', 422),
    ("number for text", b'{"text":-0}', 422),
    ("large integer", b'{"text":9223372036854775808}', 422),
    ("5,000 digits", b'{"text":' + b"1" * 5000 + b"}", 422),
    ("duplicate member", b'{"text":"a","text":"b"}', 422),
    ("duplicate member deep down", b'{"text":"a","x":[{"y":1,"y":2}]}', 422),
    ("high surrogate", b'{"text":"\\ud800"}', 422),
    ("low surrogate", b'{"text":"a\\udc00"}', 422),
    ("surrogate as a member", b'{"text":"a","\\ud800":1}', 422),
    ("NUL", b'{"text":"a\\u0000b"}', 422),
    ("NUL in turn_id", b'{"text":"a","turn_id":"\\u0000"}', 422),
    ("depth 21", b'{"text":"a","x":' + b"[" * 20 + b"]" * 20 + b"}", 422),
    ("depth 30,000", b"[" * 30_000 + b"]" * 30_000, 422),
    ("depth 100,000", b"[" * 100_000, 413),
    ("unclosed depth", b"[" * 60_000, 422),
    ("unclosed objects", b'{"a":' * 13_000, 422),
    ("1 MB", b'{"text":"' + b"a" * 1_000_000 + b'"}', 413),
]


@pytest.mark.parametrize(("body", "status"), [case[1:] for case in MALFORMED], ids=[case[0] for case in MALFORMED])
def test_a_malformed_body_is_refused_and_does_nothing(
    visitor: Visitor, assistant: FakeAssistant, body: bytes, status: int
) -> None:
    assert is_problem(visitor.send(body), status)
    assert assistant.front_desk.turns[visitor.conversation] == {}


def test_what_was_sent_is_never_repeated(visitor: Visitor) -> None:
    canary = "canary-4711@example.com"
    bodies = [
        json.dumps({"text": canary * 400}),
        json.dumps({"text": [canary]}),
        json.dumps({"text": "a", "turn_id": f"{canary}!"}),
        json.dumps({"text": canary, canary: {canary: 1}, "turn_id": None}) + canary,
    ]
    for body in bodies:
        assert canary not in visitor.send(body.encode()).text


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-16",
        "",
        "json",
    ],
)
def test_only_json_in_utf8_is_taken(visitor: Visitor, content_type: str) -> None:
    headers = {**visitor.bearer, "Content-Type": content_type}
    response = visitor.client.post(f"{visitor.path}/messages", content=b'{"text":"a"}', headers=headers)
    assert is_problem(response, 415)


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=UTF-8", "Application/JSON"])
def test_json_in_utf8_is_taken_however_it_is_written(visitor: Visitor, content_type: str) -> None:
    headers = {**visitor.bearer, "Content-Type": content_type}
    assert visitor.client.post(f"{visitor.path}/messages", content=b'{"text":"a"}', headers=headers).status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate, gzip"])
def test_a_compressed_body_is_not_unpacked(visitor: Visitor, encoding: str) -> None:
    assert is_problem(visitor.send(b"\x1f\x8b\x08", **{"Content-Encoding": encoding}), 415)


@pytest.mark.parametrize("body", [b"{", b'{"text":NaN}', b'{"text":5}', b""])
def test_authorisation_is_refused_before_the_body_is_judged(visitor: Visitor, body: bytes) -> None:
    assert is_problem(visitor.client.post(f"{visitor.path}/messages", content=body, headers=JSON), 401)


def test_a_body_to_nowhere_is_not_read(client: TestClient) -> None:
    assert is_problem(client.post("/v1/nothing", content=b"{", headers=JSON), 404)


def test_depth_is_counted_to_the_limit() -> None:
    fitting = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert parse(fitting) is not None
    with pytest.raises(Refused) as refused:
        parse(b"[" + fitting + b"]")
    assert refused.value.problem is TOO_DEEP


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert parse(b'"\\ud83d\\ude00"') == "\N{GRINNING FACE}"


def test_nothing_at_all_is_not_json() -> None:
    with pytest.raises(Refused) as refused:
        parse(b"")
    assert refused.value.problem is NOT_JSON
