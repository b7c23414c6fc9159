import re

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from starlette.testclient import TestClient

from tests.fakes.assistant import FakeAssistant, FakeLibrary, policy_versions

PAGES = ("/", "/policy", "/policy?version=1", "/policy?version=2&compare=1")
every_page = pytest.mark.parametrize("path", PAGES)


def parsed(client: TestClient, path: str) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == 200
    return LexborHTMLParser(response.text)


def first(within: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = within.css_first(selector)
    assert found is not None, selector
    return found


@every_page
def test_a_page_holds_no_script_or_style_of_its_own_and_loads_nothing_foreign(client: TestClient, path: str) -> None:
    page = parsed(client, path)
    assert page.css("style, [style], iframe, object, embed, base, img") == []
    assert all(not script.text() and script.attributes["src"] for script in page.css("script"))
    nodes = page.css("*")
    assert not [name for node in nodes for name in node.attributes if name.startswith("on")]
    for node in nodes:
        for name in ("src", "href", "action"):
            link = node.attributes.get(name)
            assert link is None or link.startswith(("/", "#", "mailto:"))
    for node in page.css("script, link"):
        assert client.get(node.attributes.get("src") or node.attributes["href"] or "").status_code == 200


@every_page
def test_a_page_can_be_used_without_sight_or_mouse(client: TestClient, path: str) -> None:
    page = parsed(client, path)
    assert first(page, "html").attributes["lang"] == "en"
    assert first(page, "title").text()
    assert len(page.css("h1")) == 1
    assert first(page, "a.skip").attributes["href"] == "#content"
    assert page.css_first("#content") is not None
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    for field in page.css("select, textarea, input"):
        labelled = page.css_first(f'label[for="{field.attributes.get("id")}"]') or field.parent
        assert labelled is not None
        assert labelled.tag == "label"


def test_every_clause_stands_under_its_id_exactly_as_published(client: TestClient) -> None:
    page = parsed(client, "/policy")
    for clause in policy_versions()[1].clauses:
        assert first(page, f'[id="{clause.id}"]').text() == clause.text
    facts = first(page, ".facts").text()
    assert all(fact in facts for fact in ("2" * 64, "1 January 2026"))


def test_the_contents_lead_to_each_section(client: TestClient) -> None:
    page = parsed(client, "/policy")
    links = [(link.text(), link.attributes["href"]) for link in page.css(".contents a")]
    assert links == [("How long we keep data", "#section-1")]
    assert first(page, "#section-1").tag == "h2"


def test_an_older_version_can_be_read(client: TestClient) -> None:
    page = parsed(client, "/policy?version=1")
    assert first(page, '[id="1.1.1"]').text() == "We keep invoices for five years."
    chosen = first(page, "select[name=version] option[selected]")
    assert chosen.attributes["value"] == "1"


def test_a_comparison_marks_the_words_that_changed(client: TestClient) -> None:
    page = parsed(client, "/policy?version=2&compare=1")
    changed, added = page.css(".changes li")
    assert first(changed, "p:last-child").html == ("<p>We keep invoices for <del>five</del> <ins>six</ins> years. </p>")
    assert first(added, "ins").text() == policy_versions()[1].clauses[-1].text
    assert page.css(".changes del")[0].text() == "five"


def test_equal_versions_are_said_to_be_equal(client: TestClient) -> None:
    assert "Not one sentence differs." in client.get("/policy?version=2&compare=2").text


def test_with_one_version_there_is_nothing_to_pick(client: TestClient, assistant: FakeAssistant) -> None:
    assistant.policies = FakeLibrary(policy_versions()[:1])
    assert parsed(client, "/policy").css("form") == []


def test_the_demonstration_is_the_organisations_and_carries_the_line_that_it_shows(
    client: TestClient, assistant: FakeAssistant
) -> None:
    page = parsed(client, "/")
    assert first(page, ".brand").text() == assistant.organisation.name
    assert first(page, "pre code").text() == '<script src="/widget.js" async></script>'
    assert first(page, "body > script").attributes == {"src": "/widget.js", "async": None}
    assert assistant.organisation.privacy_contact.email in first(page, "noscript").text()


@pytest.mark.parametrize(("host", "twin"), [("127.0.0.1:8000", "localhost:8000"), ("localhost:8000", "127.0.0.1:8000")])
def test_on_this_machine_the_widget_comes_from_the_other_name_and_from_no_other_place(
    client: TestClient, host: str, twin: str
) -> None:
    shown = client.get("/", headers={"Host": host})
    assert f'<script src="http://{twin}/widget.js" async></script>' in shown.text
    policy = shown.headers["content-security-policy"]
    assert f"script-src 'self' http://{twin}; frame-src http://{twin}; frame-ancestors" in policy
    chat = client.get("/widget/", headers={"Host": twin}).headers["content-security-policy"]
    assert chat.endswith(f"frame-ancestors 'self' http://{host}")
    assert "frame-src" not in chat


@pytest.mark.parametrize("host", ["localhost.evil.example:8000", "localhost:8000@evil.example", "127.0.0.2:8000"])
def test_another_name_has_no_twin(client: TestClient, host: str) -> None:
    policy = client.get("/widget/", headers={"Host": host}).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")


def test_each_section_can_be_asked_about(client: TestClient) -> None:
    link = first(parsed(client, "/policy"), ".section-head a")
    assert link.attributes["data-ask"] == "About “How long we keep data”: "
    assert (link.attributes["href"] or "").startswith("/widget/?draft=About%20")


def test_colours_are_the_organisations_on_light_and_dark_ground(client: TestClient) -> None:
    style = client.get("/assets/look.css").text
    assert "--accent:#1f5fd0;--on-accent:#ffffff;--ink:#14202e;--paper:#ffffff" in style
    assert "prefers-color-scheme:dark" in style
    assert "#1f5fd0" in client.get("/assets/icon.svg").text


def test_an_asset_is_kept_for_good_under_the_name_of_its_content(client: TestClient) -> None:
    url = first(parsed(client, "/policy"), "script").attributes["src"] or ""
    assert client.get(url).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get(re.sub(r"v=.*", "v=0", url)).headers["cache-control"] == "public, no-cache"
    assert client.get(url).headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("name", ["app.py", "..%2f..%2fapp.py", "%2e%2e", "__init__.py", "page.css.map"])
def test_only_assets_are_served(client: TestClient, name: str) -> None:
    assert client.get(f"/assets/{name}").status_code == 404
