"""What a visitor does in the chat, wherever it stands; and what must not happen meanwhile."""

import json
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Frame, Locator, Page, Request, expect

from tests.browser.service import Service

# What a browser says of a request that failed as a test wanted.
FAILED_REQUEST = "Failed to load resource"
LOCAL = ("127.0.0.1", "localhost")


class Visitor:
    """`trouble` is what no page may do: an error in a script, a refusal by a policy, a call to a foreign host."""

    def __init__(self, page: Page, service: Service) -> None:
        self.page = page
        self.service = service
        self.trouble: list[str] = []
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and FAILED_REQUEST not in message.text:
            self.trouble.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.hostname not in LOCAL:
            self.trouble.append(f"request: {request.url}")

    @property
    def chat(self) -> Page | Frame:
        """The page that the chat is in: the frame of the widget, or the page itself."""
        frames = [frame for frame in self.page.frames if urlsplit(frame.url).path == "/widget/"]
        return frames[0] if frames else self.page

    def find(self, selector: str) -> Locator:
        return self.chat.locator(selector)

    @property
    def replies(self) -> Locator:
        return self.find("privacy-reply")

    @property
    def box(self) -> Locator:
        return self.chat.get_by_role("textbox", name="Your message")

    def is_greeted(self) -> None:
        expect(self.find(".greeting")).to_be_visible()

    def opens_widget(self) -> None:
        """By the keyboard: the launcher is the last thing on the page."""
        self.page.locator("privacy-assistant").wait_for(state="attached")
        self.page.keyboard.press("Shift+Tab")
        self.page.keyboard.press("Enter")
        self.meets_widget()

    def meets_widget(self) -> None:
        """The frame has come and greets."""
        for _ in range(500):
            if self.chat is not self.page:
                break
            self.page.wait_for_timeout(10)
        self.is_greeted()

    def say(self, text: str) -> Locator:
        """The reply to it."""
        before = self.replies.count()
        self.box.fill(text)
        self.box.press("Enter")
        return self.reply(before)

    def reply(self, number: int) -> Locator:
        reply = self.replies.nth(number)
        expect(reply).to_be_visible()
        return reply

    def sends(self, text: str) -> None:
        """Without waiting for what comes of it."""
        self.box.fill(text)
        self.box.press("Enter")

    def is_answered(self, times: int) -> None:
        """However slow the machine is: no answer takes longer than our patience, counted from the one before."""
        came = self.replies.count()
        while came < times:
            self.reply(came)
            came = self.replies.count()
        expect(self.replies).to_have_count(times)

    def stored(self) -> list[str]:
        """Every message of this conversation as the assistant has it."""
        held = json.loads(self.chat.evaluate("sessionStorage.getItem('privacy-assistant')"))
        answer = self.page.request.get(
            f"{self.service.chat}/v1/conversations/{held['id']}", headers={"Authorization": f"Bearer {held['token']}"}
        )
        return [turn["text"] for turn in answer.json()["turns"]]

    def chooses(self, name: str) -> Locator:
        """The reply to a button of the dock."""
        before = self.replies.count()
        self.find(".dock").get_by_role("button", name=name, exact=True).click()
        return self.reply(before)

    def picks(self, item: str) -> None:
        """From the menu."""
        self.find("[popovertarget]").click()
        self.find("#menu").get_by_role("button", name=item, exact=True).click()

    def has_focus(self) -> str:
        """What the keyboard speaks to: its name, or its tag."""
        return str(
            self.chat.evaluate("() => { const at = document.activeElement; return at.name || at.id || at.localName; }")
        )
