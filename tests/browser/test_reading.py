"""The policy page in a browser: asking about a section, printing, versions."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.service import Service
from tests.browser.test_injection import served
from tests.fakes.assistant import fake_assistant


def test_asking_about_a_section_opens_the_chat_with_it_in_the_box(visit: Visit, service: Service) -> None:
    visitor = visit(f"{service.chat}/policy", viewport={"width": 1200, "height": 800})
    visitor.page.locator("privacy-assistant").wait_for(state="attached")
    visitor.page.get_by_role("link", name="Ask about this: 3. How long we keep it").click()
    visitor.meets_widget()
    expect(visitor.box).to_have_value("About “3. How long we keep it”: ")
    expect(visitor.box).to_be_focused()
    visitor.page.keyboard.type("how long are treatment records kept?")
    visitor.page.keyboard.press("Enter")
    expect(visitor.reply(0)).to_contain_text("ten years")


def test_without_the_widget_the_link_leads_to_the_chat_page(visit: Visit, service: Service) -> None:
    visitor = visit("about:blank")
    visitor.page.route("**/widget.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    visitor.page.goto(f"{service.chat}/policy")
    visitor.page.get_by_role("link", name="Ask about this: 3. How long we keep it").click()
    visitor.is_greeted()
    expect(visitor.box).to_have_value("About “3. How long we keep it”: ")


def test_a_citation_leads_to_its_clause(visit: Visit, service: Service) -> None:
    visitor = visit(f"{service.chat}/policy#3.1.3", viewport={"width": 1200, "height": 500})
    clause = visitor.page.locator('[id="3.1.3"]')
    expect(clause).to_be_in_viewport()
    assert clause.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_printed_it_is_the_policy_alone(visit: Visit, service: Service) -> None:
    visitor = visit(f"{service.chat}/policy")
    visitor.page.locator("privacy-assistant").wait_for(state="attached")
    expect(visitor.page.get_by_role("button", name="Print")).to_be_visible()
    visitor.page.emulate_media(media="print")
    for selector in (".contents", ".ask", ".print", ".top", "privacy-assistant"):
        assert visitor.page.locator(selector).first.is_hidden()
    assert visitor.page.locator('[id="3.1.3"]').is_visible()


def test_two_versions_are_picked_and_compared(visit: Visit) -> None:
    with served(fake_assistant()) as address:
        visitor = visit(f"{address}/policy")
        visitor.page.get_by_text("Other versions").click()
        visitor.page.get_by_label("From").select_option("1")
        visitor.page.get_by_role("button", name="Compare").click()
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text("From version 1 to version 2")
        assert visitor.page.locator("del").all_inner_texts() == ["five"]
        expect(visitor.page.locator(".summary")).to_have_text("1 added, 1 changed.")
