"""The widget on pages of others: foreign, hostile, strict, and ours."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.service import Service, Site, a_site
from tests.browser.visiting import Visitor

HEAD = '<!doctype html><html lang="en"><head><title>Shop</title></head><body><h1>Shop</h1><p>Good things.</p>'
HEARD = """<script>
  window.heard = [];
  addEventListener("message", (event) => { if (event.data?.type === "privacy-assistant:event") heard.push(event.data.name); });
</script>"""
QUESTION = "Are phone calls recorded?"


def line(service: Service, **attributes: str) -> str:
    given = "".join(f' data-{name}="{value}"' for name, value in attributes.items())
    return f'<script src="{service.chat}/widget.js"{given} async></script>'


def wish(visitor: Visitor, kind: str, **more: object) -> None:
    visitor.page.evaluate("wish => postMessage(wish, location.origin)", {"type": f"privacy-assistant:{kind}", **more})


def has_heard(visitor: Visitor) -> None:
    """Messages to a window come in the order they were sent: once this one has come, so have those before."""
    visitor.page.evaluate(
        """() => new Promise((done) => { addEventListener("message", ({ data }) => data === "last" && done());
        postMessage("last", location.origin); })"""
    )


def test_the_demonstration_installs_it_as_the_readme_says_from_another_origin(visit: Visit, service: Service) -> None:
    visitor = visit(f"{service.demo}/", viewport={"width": 1280, "height": 800})
    readme = '<script src="{origin}/widget.js" async></script>'
    expect(visitor.page.locator("pre code")).to_have_text(readme.format(origin=service.chat))
    visitor.opens_widget()
    frame = visitor.chat
    assert frame.evaluate("location.origin") == service.chat
    assert visitor.page.evaluate("location.origin") == service.demo
    expect(visitor.box).to_be_focused()
    expect(visitor.say(QUESTION)).to_contain_text("telephone line")
    visitor.page.keyboard.press("Escape")
    assert visitor.page.evaluate("document.activeElement.localName") == "privacy-assistant"
    visitor.page.keyboard.press("Enter")
    expect(visitor.box).to_be_focused()
    assert visitor.replies.count() == 1


def test_the_page_around_is_not_touched_shifted_or_stored_in(visit: Visit, site: Site, service: Service) -> None:
    watch = """<script>
      window.shifts = 0;
      const add = (entries) => entries.forEach((entry) => { shifts += entry.value; });
      window.watch = new PerformanceObserver((list) => add(list.getEntries()));
      watch.observe({ type: "layout-shift", buffered: true });
      const twoFrames = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      window.shifted = async () => { await twoFrames(); add(watch.takeRecords()); return shifts; };
      window.globals = 0;
      window.globals = Object.getOwnPropertyNames(window).length;
    </script>"""
    visitor = visit(site.put("/quiet", HEAD + watch + line(service)), viewport={"width": 1000, "height": 700})
    before = visitor.page.evaluate("document.querySelector('h1').getBoundingClientRect().toJSON()")
    visitor.opens_widget()
    assert visitor.page.evaluate("shifted()") == 0
    assert visitor.page.evaluate("document.querySelector('h1').getBoundingClientRect().toJSON()") == before
    assert visitor.page.evaluate("Object.getOwnPropertyNames(window).length - globals") == 0
    assert visitor.page.evaluate("document.cookie.length + localStorage.length + sessionStorage.length") == 0
    assert visitor.page.evaluate("[...document.head.children].map(one => one.localName)") == ["title"]
    assert visitor.page.evaluate("[...document.body.children].at(-1).localName") == "privacy-assistant"


def test_a_page_drives_it_by_messages_and_hears_that_something_happened_but_not_what(
    visit: Visit, site: Site, service: Service
) -> None:
    visitor = visit(site.put("/api", HEAD + HEARD + line(service)))
    visitor.page.locator("privacy-assistant").wait_for(state="attached")
    wish(visitor, "ask", text=QUESTION)
    visitor.meets_widget()
    expect(visitor.reply(0)).to_contain_text("telephone line")
    wish(visitor, "close")
    wish(visitor, "ask", text="About my record: ", draft=True)
    expect(visitor.box).to_have_value("About my record: ")
    assert visitor.replies.count() == 1
    wish(visitor, "remove")
    expect(visitor.page.locator("privacy-assistant")).to_have_count(0)
    assert visitor.page.evaluate("heard") == ["opened", "ready", "replied", "closed", "opened"]
    wish(visitor, "open")
    has_heard(visitor)
    expect(visitor.page.locator("privacy-assistant")).to_have_count(0)
    # The browser tells of a frame that has gone some time later.
    for _ in range(100):
        if len(visitor.page.frames) == 1:
            return
        visitor.page.wait_for_timeout(50)
    pytest.fail("The frame is there again.")


def test_it_loads_once_however_often_it_is_included(visit: Visit, site: Site, service: Service) -> None:
    visitor = visit(site.put("/thrice", HEAD + line(service) * 3))
    visitor.opens_widget()
    assert visitor.page.locator("privacy-assistant").count() == 1
    assert len(visitor.page.frames) == 2


def test_attributes_choose_label_side_colour_language_and_whether_it_is_open(
    visit: Visit, site: Site, service: Service
) -> None:
    chosen = line(service, label="Your data?", position="left", colour="#ffd400", lang="hi", open="true")
    visitor = visit(site.put("/chosen", HEAD + HOSTILE + chosen), viewport={"width": 1000, "height": 700})
    visitor.meets_widget()
    launcher = "() => { const { color, backgroundColor } = getComputedStyle(stolen.querySelector('button')); return [stolen.querySelector('button').textContent, backgroundColor, color]; }"
    assert visitor.page.evaluate(launcher) == ["Your data?", "rgb(255, 212, 0)", "rgb(0, 0, 0)"]
    assert visitor.chat.evaluate("document.documentElement.lang") == "hi"
    assert visitor.find("link[rel=stylesheet]").get_attribute("href") == "/widget/look.css?accent=ffd400"
    frame = visitor.chat
    box = frame.frame_element().bounding_box() if not isinstance(frame, type(visitor.page)) else None  # type: ignore[union-attr]
    assert box
    assert box["x"] < 100
    assert visitor.page.evaluate("document.activeElement.localName") == "body"


HOSTILE = """<script>
  window.taken = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) { const root = attach.call(this, { mode: "open" }); window.stolen = root; return root; };
  const post = MessagePort.prototype.postMessage;
  addEventListener("message", (event) => taken.push(JSON.stringify(event.data)));
  Object.defineProperty(Object.prototype, "from", { set() {}, get() { return "privacy-assistant"; }, configurable: true });
  delete Object.prototype.from;
</script>"""


def test_a_hostile_page_reads_nothing_of_the_chat(visit: Visit, site: Site, service: Service) -> None:
    visitor = visit(site.put("/hostile", HEAD + HOSTILE + line(service)))
    visitor.opens_widget()
    visitor.say("Please delete the data of riya@example.com")
    read = visitor.page.evaluate(
        """() => {
          const frame = stolen.querySelector("iframe");
          const tries = [() => frame.contentDocument.body, () => frame.contentWindow.document, () => frame.contentWindow.sessionStorage,
            () => frame.contentWindow.localStorage, () => frame.contentWindow.eval("1"), () => frame.contentWindow["privacy-chat"]];
          return tries.map((attempt) => { try { return attempt() ? "read" : "nothing"; } catch { return "refused"; } });
        }"""
    )
    assert "read" not in read
    told = " ".join(visitor.page.evaluate("taken"))
    assert "riya" not in told
    assert "deletion" not in told
    assert "token" not in told


def test_messages_from_other_frames_and_with_a_wrong_number_do_nothing(
    visit: Visit, site: Site, service: Service
) -> None:
    stranger = site.put("/stranger", "<!doctype html><title>Stranger</title>")
    visitor = visit(site.put("/many", HEAD + HOSTILE + line(service) + f'<iframe src="{stranger}"></iframe>'))
    visitor.page.locator("privacy-assistant").wait_for(state="attached")
    wish(visitor, "open")
    visitor.meets_widget()
    nonce = visitor.page.evaluate("new URL(stolen.querySelector('iframe').src).hash.slice(1)")
    forged: list[Any] = [
        {"type": "privacy-assistant:remove"},
        {"type": "privacy-assistant:ask", "text": "forged"},
        {"from": "privacy-assistant", "type": "close"},
        {"from": "privacy-assistant", "nonce": "0" * 32, "type": "ask", "text": "forged"},
        {"from": "privacy-assistant", "nonce": "", "type": "ask", "text": "forged", "draft": False},
        {"from": "privacy-assistant", "nonce": None, "type": "closed"},
        None,
        7,
        "ask",
        [],
        {"from": {"toString": "x"}},
        {"type": ["privacy-assistant:close"]},
        # The number of this frame, which the page around may read and hand on: who sends it counts as well.
        {"from": "privacy-assistant", "nonce": nonce, "type": "ask", "text": "forged"},
        {"from": "privacy-assistant", "nonce": nonce, "type": "close"},
    ]
    fuzz = (forged * 15)[:200]
    other = next(frame for frame in visitor.page.frames if frame.url == stranger)
    other.evaluate(
        """all => { const chat = parent.stolen.querySelector("iframe").contentWindow;
        for (const one of [...all, "done"]) { parent.postMessage(one, "*"); chat.postMessage(one, "*"); } }""",
        fuzz,
    )
    visitor.page.wait_for_function("""taken.includes('"done"')""")
    visitor.page.evaluate(
        """all => all.filter((one) => one?.nonce !== all[12].nonce && !one?.type?.startsWith?.("privacy-assistant:"))
        .forEach((one) => stolen.querySelector("iframe").contentWindow.postMessage(one, "*"))""",
        fuzz,
    )
    wish(visitor, "ask", text="The last word", draft=True)
    expect(visitor.box).to_have_value("The last word")
    assert visitor.find(".mine").count() == 0
    assert visitor.page.evaluate("stolen.querySelector('iframe').className") == "open"


def test_a_page_with_a_strict_policy_needs_two_words_for_it(visit: Visit, site: Site, service: Service) -> None:
    strict = (
        f"default-src 'none'; script-src {service.chat}; frame-src {service.chat}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    html = HEAD + line(service)
    visitor = visit(site.put("/strict", html, Content_Security_Policy=strict))
    visitor.opens_widget()
    expect(visitor.say(QUESTION)).to_contain_text("telephone line")


def test_a_site_that_is_not_on_the_list_gets_no_frame_and_no_answer(browser: Browser, service: Service) -> None:
    with a_site() as foreign:
        page = browser.new_context().new_page()
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(foreign.put("/", HEAD + line(service, open="true")))
        assert [frame.locator(".composer").count() for frame in page.frames] == [0, 0]
        answer = page.evaluate(
            """(home) => fetch(home + "/v1/conversations", { method: "POST", body: "{}", mode: "no-cors" })
            .then((got) => got.type, () => "kept from it")""",
            service.chat,
        )
        assert answer == "kept from it"
        status = page.request.post(
            f"{service.chat}/v1/conversations",
            headers={"Origin": foreign.origin, "Content-Type": "application/json"},
            data=json.dumps({"channel": "web"}),
        ).status
        assert status == 403
        page.context.close()


@pytest.mark.parametrize("origin", ["null", "http://127.0.0.1.evil.example", "https://localhost"])
def test_the_interface_answers_403_to_a_foreign_origin(browser: Browser, service: Service, origin: str) -> None:
    context = browser.new_context()
    for path in ("/widget/", "/widget.js", "/v1/policy"):
        assert context.request.get(service.chat + path, headers={"Origin": origin}).status == 403
    context.close()
