"""A question, its answer with citations, and what can be done with both."""

import json
import re
from pathlib import Path

from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import Visitor

QUESTION = "Are phone calls recorded?"
CLAUSE = "Recordings of the telephone line are not made."
UNSTATED = "Are your buildings watched by cameras?"
QUICK: dict[str, object] = {
    "turn_id": "t", "conversation_id": "c", "intent": "small_talk", "outcome": "chatted", "parts": [], "text": "",
    "citations": [], "see_also": [], "asks_for": None, "tickets": [], "suggestions": [],
}  # fmt: skip
ANNOUNCED = """() => { const said = []; const line = document.querySelector(".line");
  new MutationObserver(() => said.push(line.textContent)).observe(line, { childList: true }); return said; }"""


def test_it_says_what_it_is_before_anything_is_typed(guest: Visitor) -> None:
    expect(guest.find(".disclosure")).to_contain_text("automated assistant")
    expect(guest.find(".greeting")).to_contain_text("Welcome to Harbourlight")
    assert guest.find(".dock button").all_inner_texts() == ["Who can read my record?"]


def test_a_suggested_question_is_asked_with_one_press(guest: Visitor) -> None:
    reply = guest.chooses("Who can read my record?")
    expect(reply).to_contain_text("Your therapist and our two receptionists can open your record.")
    expect(guest.find(".mine")).to_contain_text("Who can read my record?")


def test_a_citation_opens_the_clause_and_gives_the_focus_back(guest: Visitor) -> None:
    reply = guest.say(QUESTION)
    mark = reply.get_by_role("button", name="Source 1: clause 3.1.3, 3. How long we keep it")
    assert mark.inner_text() == "1"
    mark.focus()
    guest.page.keyboard.press("Enter")
    panel = guest.find("dialog")
    expect(panel.get_by_role("heading")).to_have_text("3. How long we keep it")
    assert panel.locator("blockquote").inner_text() == CLAUSE
    expect(panel).to_contain_text("Version")
    link = panel.get_by_role("link", name="Read it in the policy")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == ("/policy#3.1.3", "noopener noreferrer")
    guest.page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert mark.evaluate("mark => mark === document.activeElement")


def test_what_the_policy_does_not_say_looks_different_and_can_be_passed_on(guest: Visitor) -> None:
    reply = guest.say(UNSTATED)
    expect(reply.locator(".banner")).to_have_text("Not in the policy")
    assert "not-stated" in (reply.get_attribute("class") or "")
    assert reply.locator("blockquote").count() == 0
    handed = guest.chooses("Pass my question on to a person")
    expect(handed.locator("privacy-ticket")).to_contain_text("Question to the privacy team")
    expect(guest.find("privacy-field input[type=email]")).to_be_visible()


def test_a_reply_is_rated_and_a_poor_one_with_a_reason(guest: Visitor) -> None:
    reply = guest.say(QUESTION)
    with guest.page.expect_response("**/feedback") as rated:
        reply.get_by_role("button", name="Helpful", exact=True).click()
    assert rated.value.status == 204
    expect(reply.get_by_role("status")).to_have_text("Thank you.")
    reply.get_by_role("button", name="Not helpful").click()
    reply.get_by_role("textbox", name="What was missing?").fill("Only calls, not video.")
    with guest.page.expect_response(lambda response: "comment" in (response.request.post_data or "")) as reasoned:
        reply.get_by_role("button", name="Send").click()
    assert json.loads(reasoned.value.request.post_data or "") == {"helpful": False, "comment": "Only calls, not video."}
    expect(reply.get_by_role("button", name="Not helpful")).to_be_focused()


def test_a_rating_that_did_not_arrive_is_not_thanked_for(guest: Visitor) -> None:
    reply = guest.say(QUESTION)
    guest.page.route("**/feedback", lambda route: route.abort())
    thumb = reply.get_by_role("button", name="Helpful", exact=True)
    thumb.click()
    expect(guest.find(".line")).to_have_text("Not sent.")
    expect(reply.get_by_role("status")).to_have_text("")
    assert thumb.get_attribute("aria-pressed") == "false"


def test_a_clause_of_an_earlier_version_is_read_in_that_version(guest: Visitor) -> None:
    facts = {"version": "1", "effective": "2026-03-01", "retrieved": None, "current": False}
    guest.page.route("**/v1/policy/versions", lambda route: route.fulfill(json={"versions": [facts]}))
    guest.say(QUESTION).locator(".mark").click()
    panel = guest.find("dialog")
    expect(panel).to_contain_text("Effective from 1 March 2026", use_inner_text=True)
    expect(panel.get_by_role("link")).to_have_attribute("href", re.compile(r"/policy\?version=1#3\.1\.3$"))


def test_a_transcript_is_saved_as_text(guest: Visitor) -> None:
    guest.say(QUESTION)
    with guest.page.expect_download() as saved:
        guest.picks("Download transcript")
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "Harbourlight Physiotherapy" in text
    assert f"You: {QUESTION}" in text
    assert f"Assistant: {CLAUSE}" in text
    assert "[1] 3.1.3 3. How long we keep it" in text


def test_waiting_is_shown_after_300_milliseconds_and_announced_once(visit: Visit) -> None:
    visitor = visit("about:blank")
    clock = visitor.page.clock
    clock.install(time=0)
    visitor.page.goto(f"{visitor.service.chat}/widget/")
    visitor.is_greeted()
    clock.pause_at(3_600_000)
    said = visitor.page.evaluate_handle(ANNOUNCED)
    held: list[Route] = []
    visitor.page.route("**/messages", lambda route: held.append(route))  # noqa: PLW0108 - a built-in is refused
    visitor.sends(QUESTION)
    clock.run_for(299)
    expect(visitor.find(".typing")).to_be_hidden()
    clock.run_for(1)
    expect(visitor.find(".typing")).to_be_visible()
    visitor.sends("Who can read my record?")
    clock.run_for(5_000)
    expect(visitor.find(".typing")).to_be_visible()
    assert said.json_value() == ["The assistant is looking it up…"]
    assert len(held) == 1


def test_a_second_message_waits_its_turn(guest: Visitor) -> None:
    held: list[Route] = []
    guest.page.route("**/messages", lambda route: held.append(route), times=1)  # noqa: PLW0108 - a built-in is refused
    guest.sends(QUESTION)
    guest.sends("Who can read my record?")
    expect(guest.find(".mine").nth(1)).to_contain_text("Waits for the answer before")
    expect(guest.find(".typing")).to_be_visible()
    assert len(held) == 1
    held[0].continue_()
    expect(guest.reply(0)).to_contain_text(CLAUSE)
    expect(guest.reply(1)).to_contain_text("can open your record")
    expect(guest.find(".typing")).to_be_hidden()
    order = guest.find(".entries > .mine, .entries > privacy-reply").evaluate_all(
        "all => all.map(one => one.localName)"
    )
    assert order == ["div", "privacy-reply", "div", "privacy-reply"]


def test_a_quick_answer_is_not_announced_as_waited_for(guest: Visitor) -> None:
    guest.say("Hello")
    said = guest.page.evaluate_handle(ANNOUNCED)
    guest.page.route("**/messages", lambda route: route.fulfill(json=QUICK))
    guest.say("Hello")
    assert said.json_value() == []


def test_the_log_announces_each_entry_once(visit: Visit) -> None:
    visitor = visit()
    visitor.is_greeted()
    assert visitor.find("[role=log]").count() == 1
    visitor.say(QUESTION)
    visitor.page.reload()
    expect(visitor.find("[role=log]")).to_have_attribute("aria-live", "off")
    expect(visitor.reply(0)).to_contain_text(CLAUSE)
    expect(visitor.find("[role=log]")).not_to_have_attribute("aria-live", "off")


def test_a_reload_keeps_the_conversation_and_a_new_one_leaves_it(guest: Visitor) -> None:
    guest.say(QUESTION)
    guest.page.reload()
    expect(guest.reply(0)).to_contain_text(CLAUSE)
    guest.picks("New conversation")
    guest.is_greeted()
    assert guest.replies.count() == 0
    guest.page.reload()
    guest.is_greeted()
    assert guest.replies.count() == 0
