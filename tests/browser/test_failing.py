"""A connection that breaks, a service that is busy or gone: nothing is lost and nothing is done twice."""

import json

from playwright.sync_api import Request, Route, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import Visitor

ASKED = "Please delete all my data"


def test_a_retry_after_a_cut_connection_is_the_same_turn_and_does_nothing_twice(guest: Visitor) -> None:
    sent: list[str] = []

    def cut(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "")["turn_id"])
        route.fetch()  # it arrives, but its answer never comes back
        route.abort("connectionreset")

    guest.page.route("**/messages", cut)
    guest.box.fill("I want to talk to a human")
    guest.box.press("Enter")
    mine = guest.find(".mine")
    expect(mine).to_contain_text("Not sent.")
    guest.page.unroute("**/messages", cut)
    with guest.page.expect_request("**/messages") as again:
        mine.get_by_role("button", name="Try again").click()
    assert json.loads(again.value.post_data or "")["turn_id"] == sent[0]
    reply = guest.reply(0)
    reference = reply.locator("code").inner_text()
    guest.page.reload()
    expect(guest.reply(0).locator("code")).to_have_text(reference)
    assert (guest.replies.count(), guest.find(".mine").count()) == (1, 1)


def test_a_message_that_was_not_sent_can_be_taken_back(guest: Visitor) -> None:
    guest.page.route("**/messages", lambda route: route.abort())
    guest.box.fill(ASKED)
    guest.box.press("Enter")
    guest.find(".mine").get_by_role("button", name="Take back").click()
    expect(guest.box).to_have_value(ASKED)
    assert guest.find(".mine").count() == 0


def test_back_online_what_waited_is_sent_by_itself(guest: Visitor) -> None:
    guest.page.context.set_offline(True)
    expect(guest.find(".line")).to_contain_text("You are offline.")
    guest.box.fill("Are phone calls recorded?")
    guest.box.press("Enter")
    expect(guest.find(".mine")).to_contain_text("Not sent.")
    guest.page.context.set_offline(False)
    expect(guest.reply(0)).to_contain_text("telephone line")
    assert guest.replies.count() == 1


def test_a_busy_service_is_asked_again_when_it_says(guest: Visitor) -> None:
    busy = {"status": 503, "headers": {"Retry-After": "1"}, "body": "{}"}
    guest.page.route("**/messages", lambda route: route.fulfill(**busy), times=1)
    guest.box.fill("Are phone calls recorded?")
    guest.box.press("Enter")
    expect(guest.find(".line")).to_contain_text("It is sent again in 1 s.")
    expect(guest.reply(0)).to_contain_text("telephone line")


def test_a_message_that_cannot_be_taken_comes_back_into_the_box(guest: Visitor) -> None:
    guest.box.fill("\u200b\u200b")
    guest.box.press("Enter")
    expect(guest.find(".line")).to_contain_text("cannot be taken as it is")
    expect(guest.box).to_have_value("\u200b\u200b")


def test_where_it_cannot_be_reached_at_all_it_says_whom_to_write_to(visit: Visit) -> None:
    visitor = visit("about:blank")
    visitor.page.route("**/v1/conversations", lambda route: route.abort(), times=1)
    visitor.page.goto(f"{visitor.service.chat}/widget/")
    notice = visitor.find(".notice")
    link = notice.get_by_role("link", name="You can also write to records@harbourlight.example.")
    assert link.get_attribute("href") == "mailto:records@harbourlight.example"
    notice.get_by_role("button", name="Try again").click()
    visitor.is_greeted()


def test_where_not_even_the_words_come_there_is_an_address_and_they_are_asked_for_again(visit: Visit) -> None:
    visitor = visit("about:blank")
    visitor.page.clock.install()
    visitor.page.route("**/words/en.json", lambda route: route.abort(), times=1)
    visitor.page.goto(f"{visitor.service.chat}/widget/")
    expect(visitor.page.get_by_role("link", name="records@harbourlight.example")).to_be_visible()
    visitor.page.clock.run_for(2_000)
    visitor.is_greeted()


def test_what_is_too_long_is_not_cut_and_stays_in_the_box(guest: Visitor) -> None:
    text = "a" * 4_001
    guest.sends(text)
    expect(guest.find(".line")).to_have_text("This message is too long: please shorten it, or send it in parts.")
    expect(guest.box).to_have_value(text)
    assert guest.find(".mine").count() == 0


def test_the_token_is_sent_to_the_assistant_alone_and_never_in_an_address(guest: Visitor) -> None:
    seen: list[Request] = []
    guest.page.on("request", lambda request: seen.append(request))  # noqa: PLW0108 - a built-in is refused
    guest.say("Hello")
    token = json.loads(guest.page.evaluate("sessionStorage.getItem('privacy-assistant')"))["token"]
    assert seen
    assert not [request.url for request in seen if token in request.url]
    assert guest.page.evaluate("document.cookie") == ""
