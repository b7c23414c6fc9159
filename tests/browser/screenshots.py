"""`make screenshots`: the widget's main states on the shipped policy, into docs/widget/."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from assistant.policy_folder import policy_folder
from tests.browser.conftest import FLAGS
from tests.browser.service import ROOT, Service, chromium, serving
from tests.browser.visiting import Visitor

FOLDER = ROOT / "docs" / "widget"
QUESTION = "Do you share my data with third parties?"
REPORT = "Someone hacked my account and is leaking customer data right now"
PHONE, FRAME, DESKTOP = {"width": 320, "height": 640}, {"width": 420, "height": 720}, {"width": 1280, "height": 800}
Act = Callable[[Visitor], None]


def _opens(visitor: Visitor) -> None:
    visitor.is_greeted()


def _asks(text: str) -> Act:
    def act(visitor: Visitor) -> None:
        visitor.is_greeted()
        before = visitor.replies.count()
        visitor.find("#box").fill(text)
        visitor.find("#box").press("Enter")
        visitor.reply(before)

    return act


def _clause(visitor: Visitor) -> None:
    _asks("How long do you keep invoices?")(visitor)
    visitor.find(".mark").first.click()


def _code(visitor: Visitor) -> None:
    _asks("Please delete all my data")(visitor)
    visitor.find("input[type=email]").fill("asha@example.com")
    visitor.find("privacy-field [type=submit]").click()
    visitor.reply(1)
    visitor.chooses("Yes")
    visitor.find("input[name=verification_code]").wait_for()


def _receipt(visitor: Visitor) -> None:
    _asks(REPORT)(visitor)
    visitor.picks("Delete this conversation")
    visitor.find("dialog").get_by_role("button", name="Delete").click()
    visitor.find(".receipt").wait_for()


def _demo(visitor: Visitor) -> None:
    visitor.opens_widget()
    visitor.say(QUESTION)


def _policy(visitor: Visitor) -> None:
    visitor.page.locator("privacy-assistant").wait_for(state="attached")


def _states(service: Service) -> dict[str, tuple[str, dict[str, Any], Act]]:
    chat = f"{service.chat}/widget/"
    return {
        "demo": (f"{service.demo}/", {"viewport": DESKTOP}, _demo),
        "policy": (f"{service.chat}/policy#7.1.3", {"viewport": DESKTOP}, _policy),
        "opened": (chat, {"viewport": FRAME}, _opens),
        "answer": (chat, {"viewport": FRAME}, _asks(QUESTION)),
        "clause": (chat, {"viewport": FRAME}, _clause),
        "not-stated": (chat, {"viewport": FRAME}, _asks("Are your buildings watched by cameras?")),
        "request": (chat, {"viewport": FRAME}, _code),
        "security": (chat, {"viewport": FRAME}, _asks(REPORT)),
        "receipt": (chat, {"viewport": FRAME}, _receipt),
        "dark": (chat, {"viewport": FRAME, "color_scheme": "dark"}, _asks(QUESTION)),
        "hindi-320": (chat, {"viewport": PHONE, "locale": "hi-IN"}, _asks("How long do you keep invoices?")),
    }


def take(browser: Browser, service: Service, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, (address, context, act) in _states(service).items():
        given = {"locale": "en-GB", "device_scale_factor": 1.5, "reduced_motion": "reduce", **context}
        page = browser.new_context(**given).new_page()
        page.goto(address)
        act(Visitor(page, service))
        page.wait_for_timeout(400)
        page.screenshot(path=folder / f"{name}.png")
        page.context.close()


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as data,
        serving(Path(data), policy=policy_folder("codemites")) as service,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        take(browser, service, FOLDER)
        browser.close()


if __name__ == "__main__":
    main()
