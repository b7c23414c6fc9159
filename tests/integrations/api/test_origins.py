import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from integrations.api.origins import OriginRule, configured_origin, is_host, origin_of
from integrations.app import create_app
from tests.fakes.assistant import fake_assistant, fake_compare
from tests.integrations.visiting import is_problem

ALLOWED = ("https://ok.example", "http://shop.example:8080", "https://b\u00fccher.example")
FOREIGN = [
    "null",
    "NULL",
    "",
    "*",
    "https://ok.example.evil.example",
    "https://evil.example",
    "https://ok.example:444",
    "https://ok.example:443",
    "https://ok.example.",
    "https://OK.example",
    "HTTPS://ok.example",
    "http://ok.example",
    "https://ok.example/",
    "https://ok.example/path",
    "https://ok.example?x",
    "https://ok.example#x",
    "https://sub.ok.example",
    "https://notok.example",
    "https://ok.example@evil.example",
    "https://evil.example@ok.example",
    "https://ok.exampl",
    "https://ok-example",
    "https://okxexample",
    "ok.example",
    "//ok.example",
    "https:ok.example",
    "https:///ok.example",
    "https://ok.example https://ok.example",
    "https://ok.example,https://evil.example",
    "https://xn--ok-example",
    "https://\u043ek.example",
    "file:",
    "file://",
    "file:///etc/passwd",
    "data:text/html,x",
    "blob:https://ok.example/1",
    "chrome-extension://abcdef",
    "javascript:alert(1)",
    "about:blank",
    "ws://ok.example",
    "wss://ok.example",
    "ftp://ok.example",
    "https://[::1]",
    "https://127.0.0.1",
    "http://localhost:3000",
    "http://testserver.evil.example",
    "http://testserver:81",
    "https://testserver",
    "http://testserver/",
    "http://shop.example",
    "https://shop.example:8080",
    "http://shop.example:80800",
    "http://shop.example:08080",
    "https://b\u00fccher.example",
    "https://xn--bcher-kva.example:443",
    "https://ok.example\t",
    "https://ok.example\x0b",
    "https://ok%2eexample",
    "https://ok.example%00",
    "https://ok.example\\@evil.example",
    "https://OK.EXAMPLE",
    "https://ok\u3002example",
]
REFUSED = pytest.mark.parametrize("origin", FOREIGN)


@pytest.fixture(scope="module")
def guarded() -> TestClient:
    assistant = fake_assistant(Settings(rate_limit=False, allowed_origins=ALLOWED))
    return TestClient(create_app(assistant, compare=fake_compare))


@REFUSED
def test_no_origin_outside_the_list_gets_in(guarded: TestClient, origin: str) -> None:
    headers = [(b"Origin", origin.encode("utf-8"))]
    response = guarded.post("/v1/conversations", json={"channel": "web"}, headers=headers)
    assert is_problem(response, 403)
    assert "access-control-allow-origin" not in response.headers
    assert "origin" in response.headers["vary"].lower()


@pytest.mark.parametrize(
    "origin",
    [None, "http://testserver", "https://ok.example", "http://shop.example:8080", "https://xn--bcher-kva.example"],
)
def test_programs_our_own_pages_and_listed_origins_get_in(guarded: TestClient, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    assert guarded.post("/v1/conversations", json={"channel": "web"}, headers=headers).status_code == 201


def test_of_two_origins_both_must_be_good(guarded: TestClient) -> None:
    headers = [(b"Origin", b"https://ok.example"), (b"Origin", b"https://evil.example")]
    assert is_problem(guarded.get("/livez", headers=headers), 403)


def test_pages_are_refused_to_a_foreign_origin_as_well(guarded: TestClient) -> None:
    for path in ("/", "/policy", "/v1/policy", "/livez", "/nothing"):
        assert is_problem(guarded.get(path, headers={"Origin": "null"}), 403)


@pytest.mark.parametrize(
    ("origin", "host", "permitted"),
    [
        ("https://privacy.example", "privacy.example", True),
        ("https://privacy.example", "internal:8000", True),
        ("http://privacy.example", "privacy.example", False),
        ("http://rebound.example", "rebound.example", False),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://localhost:8000", "localhost:8000", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://localhost:8000", "localhost:8001", False),
    ],
)
def test_once_it_has_a_public_name_another_name_is_not_its_own(origin: str, host: str, *, permitted: bool) -> None:
    rule = OriginRule(public_url="https://privacy.example/", allowed=())
    assert rule.permits(origin, scheme="http", host=host) is permitted


def test_a_default_port_is_no_part_of_an_origin() -> None:
    assert origin_of("https://Example.com:443/x") == "https://example.com"
    assert origin_of("http://example.com:8443") == "http://example.com:8443"
    assert configured_origin("https://b\u00fccher.example") == "https://xn--bcher-kva.example"


@pytest.mark.parametrize("host", ["a.example", "a.example.", "A_b.example:80", "127.0.0.1:8000", "[::1]", "[::1]:8000"])
def test_a_name_or_address_with_a_port_is_a_host(host: str) -> None:
    assert is_host(host)


@pytest.mark.parametrize(
    "host",
    [
        *("", "a/b", "x?", "x#", "a b", "a@b", "user:pw@a", "a:b", "a:", "a:123456", "[::1", "::1", "[:::]", "[zz]"),
        *("-a", "a\\b", "http://a", "a%00", "\u00e9", "x" * 300, "[::1]x", "a:80:80", ".", "a,b"),
    ],
)
def test_anything_else_is_not(guarded: TestClient, host: str) -> None:
    assert not is_host(host)
    assert is_problem(guarded.get("/livez", headers=[(b"Host", host.encode())]), 400)
