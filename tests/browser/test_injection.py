"""Markup stays text: as a message, in a reply, in the policy. No script runs, nothing foreign is fetched, no policy is hit."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Route, expect

from assistant.organisation import Organisation
from integrations.app import create_app, listen, server_config
from knowledge.clause import Clause, PolicyVersion, Section
from tests.browser.conftest import Visit
from tests.browser.payloads import payloads
from tests.browser.visiting import Visitor
from tests.fakes.assistant import FakeAssistant, FakeLibrary, fake_assistant, fake_compare, policy_versions

ALL = payloads()
# Neither a keyboard nor a published text has a NUL in it; the doors are tested with it.
WRITTEN = tuple(payload for payload in ALL if "\0" not in payload)
TO_A_MESSAGE = 5
WATCH = """
  window.violations = [];
  addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective + " " + event.sample));
"""


def harmed(visitor: Visitor) -> list[Any]:
    ran = visitor.page.evaluate("[window.__ran ?? null, window.violations]")
    return [*visitor.trouble, *([] if ran == [None, []] else ran)]


def test_there_are_250_of_them_and_no_two_alike() -> None:
    assert len(ALL) == len(set(ALL)) == 250


def test_as_messages(visit: Visit) -> None:
    """Put into the box and sent to the real service, a few to a message, each shown as it was written."""
    visitor = visit("about:blank", reduced_motion="reduce")
    visitor.page.add_init_script(WATCH)
    visitor.page.goto(f"{visitor.service.chat}/widget/")
    visitor.is_greeted()
    meant = [" ".join(WRITTEN[at : at + TO_A_MESSAGE]) for at in range(0, len(WRITTEN), TO_A_MESSAGE)]
    visitor.box.evaluate("(box, all) => all.forEach((text) => { box.value = text; box.form.requestSubmit(); })", meant)
    visitor.is_answered(len(meant))
    shown = visitor.find(".mine > p").all_text_contents()
    assert shown == meant
    visitor.page.reload()
    visitor.is_answered(len(meant))
    assert harmed(visitor) == []


def test_in_every_place_of_a_reply(visit: Visit) -> None:
    def answer(route: Route) -> None:
        turn = json.loads(route.request.post_data or "")["turn_id"]
        cited = [
            {"clause": text, "section": text, "quote": text, "start": 0, "end": 1, "policy_version": text, "url": text}
            for text in ALL
        ]
        kinds = ("quote", "note", "computed", "rephrased", "instruction", "contact", "question")
        parts = [{"kind": kinds[at % len(kinds)], "text": text, "citation": at} for at, text in enumerate(ALL)]
        tickets = [{"reference": text, "kind": text, "right": text, "status": text, "severity": text, "due_at": None,
                    "due_basis": None, "first_answer_due_at": None} for text in ALL]  # fmt: skip
        reply = {"turn_id": turn, "conversation_id": "c", "intent": "question", "outcome": "answered", "parts": parts,
                 "text": "", "citations": cited, "see_also": cited, "asks_for": None, "tickets": tickets, "rights": [],
                 "suggestions": ALL, "policy_version": "1", "other_intents": []}  # fmt: skip
        route.fulfill(json=reply)

    visitor = visit("about:blank", reduced_motion="reduce")
    visitor.page.add_init_script(WATCH)
    visitor.page.route("**/messages", answer)
    visitor.page.goto(f"{visitor.service.chat}/widget/")
    visitor.is_greeted()
    reply = visitor.say("Hello")
    expect(reply.locator("blockquote, .steps li, p")).not_to_have_count(0)
    for number in range(0, len(ALL), 25):
        reply.locator(".source").nth(number).evaluate("source => source.click()")
        panel = visitor.find("dialog")
        assert panel.locator("blockquote").text_content() == ALL[number]
        assert panel.get_by_role("link").get_attribute("href") == "/policy"
        visitor.page.keyboard.press("Escape")
    assert (
        visitor.find(
            "[role=log] :is(script, img, iframe, object, embed, video, audio, style, link, base, meta, math)"
        ).count()
        == 0
    )
    assert harmed(visitor) == []


def poisoned() -> PolicyVersion:
    """A policy of which every clause and every heading is an attempt."""
    sections = []
    for number, start in enumerate(range(0, len(WRITTEN), 10), 1):
        paragraph = tuple(
            Clause(number, 1, at, WRITTEN[number], text, 0, len(text))
            for at, text in enumerate(WRITTEN[start : start + 10], 1)
        )
        sections.append(Section(number, WRITTEN[number], (paragraph,)))
    return replace(policy_versions()[-1], title=WRITTEN[0], sections=tuple(sections))


@contextmanager
def served(assistant: FakeAssistant) -> Iterator[str]:
    with listen("127.0.0.1", 0) as listening:
        port: int = listening.getsockname()[1]
        app = create_app(assistant, compare=fake_compare)
        server = uvicorn.Server(server_config(app, host="127.0.0.1", port=port))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


def named_badly(organisation: Organisation) -> Organisation:
    return organisation.model_copy(update={"name": WRITTEN[0], "greeting": ALL[1], "suggestions": tuple(ALL[:50])})


def test_as_the_text_of_the_policy_and_the_name_of_the_company(visit: Visit, tmp_path: Path) -> None:
    assistant = fake_assistant()
    assistant.policies = FakeLibrary((poisoned(),))
    assistant.organisation = named_badly(assistant.organisation)
    assistant.front_desk.policy = poisoned()
    with served(assistant) as address:
        visitor = visit("about:blank")
        visitor.page.add_init_script(WATCH)
        visitor.page.goto(f"{address}/policy")
        shown = visitor.page.locator(".clause").all_text_contents()
        assert shown == list(WRITTEN)
        assert harmed(visitor) == []
        visitor.page.goto(f"{address}/")
        assert harmed(visitor) == []
        visitor.page.goto(f"{address}/widget/")
        visitor.find(".composer").wait_for()
        expect(visitor.say("Hello")).to_contain_text(ALL[-1])
        assert harmed(visitor) == []
