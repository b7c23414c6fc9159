"""Every message ends in its one reply, or stands there as not sent: whatever fails on the way, and whoever is in a hurry."""

import json
from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Request, Route, expect

from tests.browser.conftest import Visit
from tests.browser.service import Service
from tests.browser.visiting import Visitor

ASKED = "Are phone calls recorded?"
OPENING = "**/v1/conversations"
# The page waits thirty seconds for an answer; a test has not that long.
HASTY = """
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  window.waits = new Set();
  AbortSignal.timeout = (milliseconds) => { waits.add(milliseconds); return timeout(milliseconds / 50); };
"""
# What a visitor can see of each message: its reply beneath it, or where it stands.
SEEN = """all => all.map((one) => one.nextElementSibling?.localName === "privacy-reply" ? "answered"
  : one.querySelector(".state button") ? "try again" : one.dataset.state ?? "lost")"""


def lost_before(route: Route) -> None:
    route.abort("connectionrefused")


def lost_after(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


def refused_with(status: int) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=status, headers={"Retry-After": "1"}, body="{}")


FAULTS = (lost_before, lost_after, refused_with(500), refused_with(503), refused_with(429), refused_with(408))


def test_eight_messages_sent_at_once_over_a_way_that_fails_are_each_answered_once_and_in_order(guest: Visitor) -> None:
    tries: Counter[str] = Counter()

    def every_message_fails_at_first(route: Route) -> None:
        turn = json.loads(route.request.post_data or "")["turn_id"]
        tries[turn] += 1
        if tries[turn] == 1:
            FAULTS[len(tries) % len(FAULTS)](route)
        else:
            route.continue_()

    guest.page.route("**/messages", every_message_fails_at_first)
    meant = [f"Hello, for the {number}. time" for number in range(8)]
    for text in meant:
        guest.sends(text)
    again = guest.find(".mine").get_by_role("button", name="Try again")
    while guest.replies.count() < len(meant):
        assert "lost" not in guest.find(".mine").evaluate_all(SEEN)
        again.or_(guest.find(".entries > :last-child:is(privacy-reply)")).first.wait_for()
        if again.count():
            again.click()
    assert guest.find(".mine").evaluate_all(SEEN) == ["answered"] * len(meant)
    assert guest.find(".mine > p").all_inner_texts() == guest.stored() == meant
    assert list(tries.values()) == [2] * len(meant)


def test_two_visitors_of_a_service_that_hangs_lose_nothing_and_double_nothing(visit: Visit, service: Service) -> None:
    visitors = [visit("about:blank"), visit("about:blank")]
    for visitor in visitors:
        visitor.page.add_init_script(HASTY)
        visitor.page.goto(f"{service.chat}/widget/")
        visitor.is_greeted()
    meant = [f"Hello, for the {number}. time" for number in range(8)]
    with service.paused():
        for visitor in visitors:
            for text in meant:
                visitor.sends(text)
        for visitor in visitors:
            expect(visitor.find(".mine").first).to_contain_text("Not sent.")
            assert set(visitor.find(".mine").evaluate_all(SEEN)) <= {"try again", "sending", "waiting"}
            assert visitor.page.evaluate("[...waits]") == [30_000]
    for visitor in visitors:
        again = visitor.find(".mine").get_by_role("button", name="Try again")
        while again.or_(visitor.find(".entries > :last-child:is(privacy-reply)")).first.text_content() == "Try again":
            again.click()
        visitor.is_answered(len(meant))
        assert visitor.find(".mine").evaluate_all(SEEN) == ["answered"] * len(meant)
        assert visitor.stored() == meant


def test_who_writes_on_has_what_failed_before_sent_too(guest: Visitor) -> None:
    guest.page.route("**/messages", lambda route: route.abort(), times=1)
    guest.sends(ASKED)
    expect(guest.find(".mine")).to_contain_text("Not sent.")
    guest.sends("Hello")
    expect(guest.replies).to_have_count(2)
    assert guest.stored() == [ASKED, "Hello"]


def test_trying_again_leaves_the_keyboard_in_the_box(guest: Visitor) -> None:
    guest.page.route("**/messages", lambda route: route.abort(), times=2)
    guest.sends(ASKED)
    guest.find(".mine").get_by_role("button", name="Try again").press("Enter")
    expect(guest.box).to_be_focused()
    guest.find(".mine").get_by_role("button", name="Take back").press("Enter")
    expect(guest.box).to_be_focused()


def test_what_comes_back_stands_before_what_was_typed_since(guest: Visitor) -> None:
    held: list[Route] = []
    guest.page.route("**/messages", lambda route: held.append(route), times=1)  # noqa: PLW0108 - a built-in is refused
    with guest.page.expect_request("**/messages"):
        guest.sends("First")
    guest.box.fill("Second")
    held[0].fulfill(status=422, body="{}")
    expect(guest.box).to_have_value("First\nSecond")
    expect(guest.find(".line")).to_contain_text("cannot be taken as it is")


def test_a_code_taken_back_goes_into_its_field_and_never_into_the_box(guest: Visitor) -> None:
    guest.say("Please delete all my data")
    guest.find("input[type=email]").fill("riya@example.com")
    guest.find("privacy-field [type=submit]").click()
    guest.reply(1)
    guest.chooses("Yes")
    guest.page.route("**/messages", lambda route: route.abort())
    code = guest.find("input[name=verification_code]")
    code.fill("1234 5678")
    code.press("Enter")
    guest.find(".mine").get_by_role("button", name="Take back").click()
    expect(code).to_have_value("1234 5678")
    expect(guest.box).to_have_value("")


def test_a_message_written_before_the_greeting_comes_is_in_the_one_conversation(visit: Visit) -> None:
    visitor = visit("about:blank")
    held: list[Route] = []
    visitor.page.route(OPENING, lambda route: held.append(route))  # noqa: PLW0108 - a built-in is refused
    with visitor.page.expect_request(OPENING):
        visitor.page.goto(f"{visitor.service.chat}/widget/")
    visitor.sends(ASKED)
    expect(visitor.find(".typing")).to_be_visible()
    held[0].continue_()
    visitor.reply(0)
    order = visitor.find(".entries > *").evaluate_all("all => all.map(one => one.className.split(' ')[0])")
    assert order == ["disclosure", "reply", "mine", "reply"]
    assert len(held) == 1
    visitor.page.reload()
    expect(visitor.reply(0)).to_contain_text("telephone line")


def test_who_comes_back_in_a_busy_moment_finds_the_conversation_after_it(guest: Visitor) -> None:
    guest.say(ASKED)
    guest.page.route(f"{OPENING}/*", refused_with(503), times=1)
    guest.page.reload()
    guest.find(".notice").get_by_role("button", name="Try again").click()
    expect(guest.reply(0)).to_contain_text("telephone line")
    assert guest.find(".notice").count() == 0


def test_deleting_while_a_message_is_on_its_way_takes_it_along(guest: Visitor) -> None:
    opened: list[Request] = []
    guest.page.on("request", lambda request: opened.append(request) if request.url.endswith("/conversations") else None)
    held: list[Route] = []
    guest.page.route("**/messages", lambda route: held.append(route))  # noqa: PLW0108 - a built-in is refused
    with guest.page.expect_request("**/messages"):
        guest.sends(ASKED)
    with guest.page.expect_event("requestfailed", lambda request: request.url.endswith("/messages")):
        guest.picks("Delete this conversation")
        guest.find("dialog").get_by_role("button", name="Delete").click()
    guest.find(".receipt").wait_for()
    guest.page.unroute_all()
    assert opened == []
    assert guest.find(".entries > *").count() == 1
    guest.say("Hello")
    assert guest.stored() == ["Hello"]


def test_where_deleting_fails_what_was_on_its_way_is_sent_after_all(guest: Visitor) -> None:
    guest.page.route("**/messages", lambda _: None, times=1)
    guest.page.route(f"{OPENING}/*", lambda route: route.abort(), times=1)
    with guest.page.expect_request("**/messages"):
        guest.sends(ASKED)
    guest.picks("Delete this conversation")
    guest.find("dialog").get_by_role("button", name="Delete").click()
    expect(guest.find(".line")).to_have_text("It could not be deleted just now. Please try again.")
    expect(guest.reply(0)).to_contain_text("telephone line")
    assert guest.stored() == [ASKED]


def test_a_new_conversation_does_not_wait_for_what_the_old_one_had_on_its_way(guest: Visitor) -> None:
    guest.page.route("**/messages", lambda _: None, times=1)
    with guest.page.expect_request("**/messages"):
        guest.sends("Hello")
    guest.picks("New conversation")
    guest.is_greeted()
    assert guest.say(ASKED).is_visible()
    assert guest.stored() == [ASKED]


def test_a_reply_that_cannot_be_drawn_is_said_in_its_bare_words(guest: Visitor) -> None:
    def odd(route: Route) -> None:
        reply = route.fetch().json()
        ticket = {"reference": "HL-1", "kind": "inquiry", "right": None, "status": "received", "severity": None}
        reply["tickets"] = [{**ticket, "due_at": "some day", "due_basis": None, "first_answer_due_at": None}]
        route.fulfill(json=reply)

    guest.page.route("**/messages", odd, times=1)
    expect(guest.say(ASKED)).to_contain_text("Recordings of the telephone line are not made.")
    assert guest.trouble == ["error: Invalid time value"]
    guest.trouble.clear()
    assert guest.say("Hello").is_visible()


def test_a_page_that_forgets_goes_into_the_browsers_cache_empty_and_comes_out_of_it_anew(visit: Visit) -> None:
    """The driver sees no frame of a page that comes out of that cache: it is told here that it went in, and came out."""
    visitor = visit("about:blank")
    visitor.page.goto(f"{visitor.service.chat}/widget/?forget=close")
    visitor.is_greeted()
    visitor.say("Hello, this is Riya")
    moves = "kind => dispatchEvent(new PageTransitionEvent(kind, { persisted: true }))"
    with visitor.page.expect_response(lambda response: response.request.method == "DELETE") as erased:
        visitor.page.evaluate(moves, "pagehide")
        assert visitor.find(".entries > *, .dock > *").count() == 0
    assert erased.value.status == 200
    visitor.page.evaluate(moves, "pageshow")
    visitor.is_greeted()
    assert visitor.replies.count() == 0
