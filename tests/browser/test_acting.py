"""Rights requests, security reports, handing over, and deleting."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.service import Site
from tests.browser.visiting import Visitor

REFERENCE = re.compile(r"HL-[0-9A-Z]{4}-[0-9A-Z]{4}")
REPORT = "Somebody hacked my account and is leaking patient data right now"


def test_a_whole_rights_request_by_the_keyboard_alone(visit: Visit) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    visitor.is_greeted()
    keys = visitor.page.keyboard
    before = visitor.service.mails()
    visitor.box.focus()
    keys.type("Please delete all my data")
    keys.press("Enter")
    visitor.reply(0)
    email = visitor.find("input[type=email]")
    expect(email).to_be_focused()
    assert (email.get_attribute("inputmode"), email.get_attribute("autocomplete")) == ("email", "email")
    keys.type("not an address")
    keys.press("Enter")
    expect(visitor.find(".error")).to_have_text("Please enter one address, like name@example.com.")
    expect(email).to_be_focused()
    email.fill("")
    keys.type("riya@example.com")
    keys.press("Enter")
    expect(visitor.reply(1)).to_contain_text("r…@example.com")
    buttons = visitor.find("privacy-field button")
    assert buttons.all_inner_texts() == ["Yes", "No", "Cancel"]
    keys.press("Shift+Tab")
    for _ in range(2):
        keys.press("Shift+Tab")
    expect(buttons.first).to_be_focused()
    keys.press("Enter")
    card = visitor.reply(2).locator("privacy-ticket")
    expect(card.locator(".pill")).to_have_text("needs your code")
    code = visitor.find("input[name=verification_code]")
    assert (code.get_attribute("inputmode"), code.get_attribute("autocomplete")) == ("numeric", "one-time-code")
    expect(code).to_be_focused()
    sent = visitor.service.code(before)
    visitor.page.evaluate("text => navigator.clipboard.writeText(text)", f" {sent} ")
    keys.press("Control+V")
    keys.press("Enter")
    done = visitor.reply(3).locator("privacy-ticket")
    expect(done.locator(".pill")).to_have_text("received")
    expect(done).to_contain_text("Deletion of your data")
    expect(done).to_contain_text("our own target")
    expect(visitor.find(".mine").last).to_contain_text("••••••••")
    assert sent not in visitor.find(".entries").inner_text()
    reference = done.locator("code").inner_text()
    assert REFERENCE.fullmatch(reference)
    copy = done.get_by_role("button", name=f"Copy reference {reference}")
    copy.focus()
    keys.press("Enter")
    expect(copy).to_have_text("Copied")
    expect(visitor.find(".line")).to_have_text("Copied")
    assert visitor.page.evaluate("navigator.clipboard.readText()") == reference


def test_a_dialogue_can_be_left_with_one_press(guest: Visitor) -> None:
    guest.say("Please delete all my data")
    reply = guest.chooses("Cancel")
    expect(reply).to_be_visible()
    assert guest.find("privacy-field").count() == 0


def test_a_security_report_is_unmistakable_and_a_person_one_press_away(guest: Visitor) -> None:
    reply = guest.say(REPORT)
    expect(reply.locator(".banner")).to_have_text("Security matter: act now")
    call = reply.get_by_role("link", name="Call +49 30 5550 1234")
    assert call.get_attribute("href") == "tel:+493055501234"
    expect(reply.get_by_role("link", name="records@harbourlight.example").first).to_have_attribute(
        "href", "mailto:records@harbourlight.example"
    )
    expect(reply.locator("ol.steps li").first).to_be_visible()
    card = reply.locator("privacy-ticket")
    expect(card).to_contain_text("Security incident")
    expect(card).to_contain_text("critical")
    banner, link = reply.locator(".banner").bounding_box(), call.bounding_box()
    assert banner
    assert link
    assert banner["y"] < link["y"] < 700


def test_a_person_is_asked_for_and_the_address_may_be_left_out(guest: Visitor) -> None:
    reply = guest.say("I want to talk to a human")
    expect(reply.locator("privacy-ticket")).to_contain_text("Question to the privacy team")
    assert guest.chooses("Skip").is_visible()


@pytest.mark.parametrize(("locale", "item"), [("en-GB", "Talk to a person"), ("hi-IN", "किसी व्यक्ति से बात कीजिए")])
def test_a_person_can_be_had_from_the_menu_at_any_time(visit: Visit, locale: str, item: str) -> None:
    visitor = visit(locale=locale)
    visitor.is_greeted()
    visitor.picks(item)
    expect(visitor.reply(0).locator("privacy-ticket code")).to_have_text(REFERENCE)
    expect(visitor.find("privacy-field input[type=email]")).to_be_visible()


def test_deleting_asks_first_shows_its_receipt_and_leaves_nothing(guest: Visitor) -> None:
    kept = guest.say(REPORT).locator("code").inner_text()
    guest.picks("Delete this conversation")
    dialog = guest.find("dialog")
    expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
    dialog.get_by_role("button", name="Keep it").click()
    assert guest.replies.count() == 1
    guest.picks("Delete this conversation")
    guest.find("dialog").get_by_role("button", name="Delete").click()
    receipt = guest.find(".receipt")
    expect(receipt).to_contain_text("This conversation is deleted.")
    expect(receipt).to_contain_text(kept)
    assert guest.replies.count() == 0
    with guest.page.expect_download() as saved:
        receipt.get_by_role("button", name="Save receipt").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert "Signature: " in text
    assert kept in text
    assert guest.page.evaluate("Object.keys({...sessionStorage, ...localStorage}).length + document.cookie.length") == 0
    assert REPORT not in guest.page.content()
    guest.page.reload()
    guest.is_greeted()
    assert guest.replies.count() == 0
    guest.page.go_back()
    guest.page.go_forward()
    assert REPORT not in guest.page.content()


def test_after_deleting_one_may_ask_again_and_is_told_again_what_it_is(guest: Visitor) -> None:
    guest.say("Hello")
    guest.picks("Delete this conversation")
    guest.find("dialog").get_by_role("button", name="Delete").click()
    guest.find(".receipt").wait_for()
    assert guest.say("Are phone calls recorded?").is_visible()
    order = guest.find(".entries > *").evaluate_all("all => all.map(one => one.className.split(' ')[0])")
    assert order == ["receipt", "disclosure", "mine", "reply"]


def test_with_forget_on_close_nothing_is_there_for_the_next_visitor(visit: Visit, site: Site) -> None:
    page = '<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>'
    visitor = visit()
    script = f'<script src="{visitor.service.chat}/widget.js" data-forget="close" async></script>'
    visitor.page.goto(site.put("/forget", page + script))
    visitor.opens_widget()
    visitor.say("Hello, this is Riya")
    with visitor.page.expect_request(lambda request: request.method == "DELETE") as erased:
        visitor.find("button[aria-label='Close the chat']").click()
    response = erased.value.response()
    assert response is not None
    assert response.status == 200
    assert visitor.find(".entries > *").count() == 0
    visitor.page.keyboard.press("Enter")
    visitor.is_greeted()
    assert visitor.replies.count() == 0
    kept = "() => { try { return Object.keys({...sessionStorage, ...localStorage}).length; } catch { return 0; } }"
    assert visitor.chat.evaluate(kept) == 0


def test_two_tabs_are_two_conversations(visit: Visit) -> None:
    first = visit()
    first.is_greeted()
    first.say("Are phone calls recorded?")
    second = Visitor(first.page.context.new_page(), first.service)
    second.page.goto(f"{first.service.chat}/widget/")
    second.is_greeted()
    assert second.replies.count() == 0
    second.say("Who can read my record?")
    first.page.reload()
    expect(first.reply(0)).to_contain_text("telephone line")
    assert first.replies.count() == 1
    assert second.trouble == []


def test_a_tab_whose_conversation_was_deleted_in_its_copy_goes_on_in_a_new_one(visit: Visit) -> None:
    first = visit()
    first.is_greeted()
    first.say("Hello")
    with first.page.context.expect_page() as opened:
        first.page.evaluate("() => { window.open(location.href); }")
    copy = Visitor(opened.value, first.service)
    copy.reply(0)
    copy.picks("Delete this conversation")
    copy.find("dialog").get_by_role("button", name="Delete").click()
    copy.find(".receipt").wait_for()
    expect(first.say("Are phone calls recorded?")).to_contain_text("telephone line")
    expect(first.find(".divider")).to_have_text("The earlier conversation has ended. This is a new one.")
