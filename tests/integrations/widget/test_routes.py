import gzip
import re

import pytest
from starlette.testclient import TestClient

from integrations.app import create_app
from integrations.pages.colours import contrast
from tests.fakes.assistant import FakeAssistant, fake_assistant, fake_compare


def test_the_loader_may_be_fetched_by_any_site_and_readable_by_those_on_the_list() -> None:
    assistant = fake_assistant()
    with TestClient(create_app(assistant, compare=fake_compare)) as client:
        plain = client.get("/widget.js")
        assert plain.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "access-control-allow-origin" not in plain.headers
        own = client.get("/widget.js", headers={"Origin": "http://testserver"})
        assert own.headers["access-control-allow-origin"] == "http://testserver"
        assert client.get("/widget.js", headers={"Origin": "https://evil.example"}).status_code == 403


def test_a_file_is_kept_for_good_in_its_folder_and_asked_for_anew_in_another(client: TestClient) -> None:
    address = re.findall(r'href="(/widget/[0-9a-f]{12}/chat.js)"', client.get("/widget/").text)[0]
    assert client.get(address).headers["cache-control"] == "public, max-age=31536000, immutable"
    older = re.sub("[0-9a-f]{12}", "0" * 12, address)
    assert client.get(older).headers["cache-control"] == "public, no-cache"


def test_what_is_packed_unpacks_to_the_same(client: TestClient) -> None:
    packed = client.get("/widget.js", headers={"Accept-Encoding": "gzip, br"})
    plain = client.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) == len(gzip.compress(plain.content, 9, mtime=0))
    tag = packed.headers["etag"]
    assert client.get("/widget.js", headers={"Accept-Encoding": "gzip", "If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "name", ["loader.js", "types.js", "__init__.py", "words/fr.json", "../page.py", "..%2fpage.py"]
)
def test_nothing_else_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/widget/000000000000/{name}").status_code == 404


@pytest.mark.parametrize("accent", ["ffd400", "000000", "ffffff", "7f7f7f"])
def test_a_hosts_colour_is_taken_in_a_shade_that_can_be_read(client: TestClient, accent: str) -> None:
    style = client.get(f"/widget/look.css?accent={accent}").text
    schemes = re.findall(r"--accent:(#\w+);--on-accent:(#\w+);--ink:#\w+;--paper:(#\w+)", style)
    assert len(schemes) == 2
    for shade, written, paper in schemes:
        assert contrast(shade, paper) >= 4.5
        assert contrast(shade, written) >= 4.5


@pytest.mark.parametrize("accent", ["red", "fff", "ffd400;", "%23ffd400", ""])
def test_what_is_no_colour_is_refused(client: TestClient, accent: str) -> None:
    assert client.get(f"/widget/?accent={accent}").status_code == 422


@pytest.mark.parametrize(("sent", "recorded"), [({"Sec-GPC": "1"}, True), ({"Sec-GPC": "0"}, False), ({}, False)])
def test_global_privacy_control_is_recorded_with_the_conversation(
    client: TestClient, assistant: FakeAssistant, *, sent: dict[str, str], recorded: bool
) -> None:
    assert client.post("/v1/conversations", json={"channel": "web"}, headers=sent).status_code == 201
    assert assistant.front_desk.privacy_controls == [recorded]
