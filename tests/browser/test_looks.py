"""Every state for everyone: no finding of axe, light and dark, small, large text, Hindi, without motion, forced colours."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.service import Service
from tests.browser.visiting import Visitor

LEAST_TARGET = 24


def answered(visitor: Visitor) -> None:
    visitor.say("Who can read my record?")


def clause_open(visitor: Visitor) -> None:
    visitor.say("Are phone calls recorded?").locator(".mark").click()


def not_stated(visitor: Visitor) -> None:
    visitor.say("Are your buildings watched by cameras?").get_by_role("button", name="Not helpful").click()


def asks_email(visitor: Visitor) -> None:
    visitor.say("Please delete all my data")
    visitor.find("input[type=email]").fill("nothing")
    visitor.find("privacy-field [type=submit]").click()


def asks_code(visitor: Visitor) -> None:
    asks_email(visitor)
    visitor.find("input[type=email]").fill("riya@example.com")
    visitor.find("privacy-field [type=submit]").click()
    visitor.reply(1)
    visitor.chooses("Yes")


def security(visitor: Visitor) -> None:
    visitor.say("Somebody hacked my account and is leaking patient data right now")


def failed(visitor: Visitor) -> None:
    visitor.page.route("**/messages", lambda route: route.abort())
    visitor.box.fill("Hello")
    visitor.box.press("Enter")
    expect(visitor.find(".mine")).to_contain_text("Not sent.")


def busy(visitor: Visitor) -> None:
    visitor.page.route("**/messages", lambda route: route.fulfill(status=503, headers={"Retry-After": "60"}, body="{}"))
    visitor.sends("Hello")
    visitor.sends("Hello again")
    expect(visitor.find(".line")).to_contain_text("It is sent again in 60 s.")
    expect(visitor.find(".mine").first.get_by_role("button", name="Try again")).to_be_visible()


def menu(visitor: Visitor) -> None:
    visitor.find("[popovertarget]").click()


def asks_to_delete(visitor: Visitor) -> None:
    answered(visitor)
    visitor.picks("Delete this conversation")


def deleted(visitor: Visitor) -> None:
    security(visitor)
    visitor.picks("Delete this conversation")
    visitor.find("dialog").get_by_role("button", name="Delete").click()
    visitor.find(".receipt").wait_for()


STATES: tuple[Callable[[Visitor], None], ...] = (
    lambda visitor: None,
    answered,
    clause_open,
    not_stated,
    asks_email,
    asks_code,
    security,
    failed,
    busy,
    menu,
    asks_to_delete,
    deleted,
)


def findings(visitor: Visitor) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result: dict[str, Any] = visitor.chat.evaluate("tags => axe.run(document, { runOnly: tags })", tags)
    return [f"{found['id']}: {node['html']}" for found in result["violations"] for node in found["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(visit: Visit, scheme: str) -> None:
    visitor = visit(axe=True, color_scheme=scheme, reduced_motion="reduce")
    for state in STATES:
        visitor.page.unroute_all()
        visitor.page.evaluate("sessionStorage.clear()")
        visitor.page.reload()
        visitor.is_greeted()
        state(visitor)
        assert findings(visitor) == [], getattr(state, "__name__", "opened")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/policy"])
def test_axe_finds_nothing_on_the_other_pages(visit: Visit, service: Service, path: str, scheme: str) -> None:
    visitor = visit(service.demo + path, axe=True, color_scheme=scheme)
    assert findings(visitor) == []


@pytest.mark.parametrize("locale", ["en-GB", "hi-IN"])
def test_it_fits_320_pixels_and_every_target_is_large_enough(visit: Visit, locale: str) -> None:
    visitor = visit(viewport={"width": 320, "height": 560}, locale=locale, has_touch=True)
    visitor.is_greeted()
    for text in ("Who can read my record?", "Please delete all my data", "Somebody hacked my account just now"):
        before = visitor.replies.count()
        visitor.find("#box").fill(text)
        visitor.find("#box").press("Enter")
        visitor.reply(before)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
        assert visitor.find(".scroll").evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    small = visitor.find("button:visible, input:visible, textarea:visible, .reach a:visible").evaluate_all(
        "(all, least) => all.filter((one) => { const { width, height } = one.getBoundingClientRect();"
        " return width < least || height < least; }).map((one) => one.outerHTML)",
        LEAST_TARGET,
    )
    assert small == []


def test_text_of_twice_the_size_still_fits(visit: Visit) -> None:
    visitor = visit(viewport={"width": 320, "height": 640})
    visitor.is_greeted()
    visitor.say("Are phone calls recorded?")
    visitor.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    read = visitor.find(".scroll").bounding_box()
    assert read
    assert read["height"] > 640 / 2
    assert visitor.find(".scroll").evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    expect(visitor.box).to_be_in_viewport()
    expect(visitor.find(".send")).to_be_in_viewport()


def test_hindi_is_chosen_by_the_browser_and_by_the_address_and_quotes_stay(visit: Visit, service: Service) -> None:
    visitor = visit(locale="hi-IN")
    visitor.is_greeted()
    assert visitor.chat.evaluate("document.documentElement.lang") == "hi"
    visitor.find("#box").fill("Are phone calls recorded?")
    visitor.find("#box").press("Enter")
    reply = visitor.reply(0)
    expect(reply.locator("blockquote [lang=en]")).to_have_text("Recordings of the telephone line are not made.")
    expect(reply.locator(".sources .label")).to_have_text("स्रोत")
    visitor.page.goto(f"{service.chat}/widget/?lang=en-US")
    assert visitor.chat.evaluate("document.documentElement.lang") == "en"


def test_without_motion_nothing_moves(visit: Visit) -> None:
    visitor = visit(reduced_motion="reduce")
    visitor.is_greeted()
    visitor.say("Are phone calls recorded?")
    visitor.page.route("**/messages", lambda _: None)
    visitor.sends("Hello")
    expect(visitor.find(".typing")).to_be_visible()
    assert visitor.page.evaluate("document.getAnimations().length") == 0
    visitor.page.emulate_media(reduced_motion="no-preference")
    visitor.page.wait_for_function("document.getAnimations().length >= 3")


def test_forced_colours_keep_the_edges_of_what_can_be_pressed(visit: Visit) -> None:
    visitor = visit(forced_colors="active")
    visitor.is_greeted()
    for selector in (".send", ".round", ".choice"):
        width = visitor.find(selector).first.evaluate("one => getComputedStyle(one).borderTopWidth")
        assert width == "1px"


def test_the_keyboard_reaches_everything_in_order_and_leaves_again(visit: Visit) -> None:
    visitor = visit()
    visitor.is_greeted()
    visitor.page.evaluate("document.activeElement.blur()")
    reached = []
    for _ in range(5):
        visitor.page.keyboard.press("Tab")
        reached.append(
            visitor.page.evaluate(
                "document.activeElement.ariaLabel || document.activeElement.textContent || document.activeElement.id"
            )
        )
    assert reached == ["More", "Conversation", "Who can read my record?", "box", "Send message"]


def test_the_menu_closes_with_escape_and_gives_the_focus_back(guest: Visitor) -> None:
    button = guest.find("[popovertarget]")
    button.focus()
    guest.page.keyboard.press("Enter")
    expect(guest.find("#menu")).to_be_visible()
    guest.page.keyboard.press("Escape")
    expect(guest.find("#menu")).to_be_hidden()
    expect(button).to_be_focused()
