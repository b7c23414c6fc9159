"""`make bench-widget`: sizes, the time to open, findings and layout shift, written into docs/widget.md."""

import gzip
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import AXE, FLAGS
from tests.browser.service import ROOT, Service, chromium, serving
from tests.browser.visiting import Visitor

GUIDE = ROOT / "docs" / "widget.md"
SETTLED_MS = 500
OPENINGS = 15
_WATCH = """
  window.shifts = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) shifts += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
"""


def sizes(browser: Browser, service: Service) -> tuple[int, int]:
    """Bytes packed: the loader, and the whole chat page in English."""
    context = browser.new_context(locale="en-GB")
    page = context.request.get(f"{service.chat}/widget/").text()
    loads = set(re.findall(r'(?:href|src|data-words)="(/(?:widget|assets)/[^"]+)"', page))
    bodies = [page.encode(), *(context.request.get(service.chat + address).body() for address in loads)]
    loader = context.request.get(f"{service.chat}/widget.js").body()
    context.close()
    return _packed(loader), sum(map(_packed, bodies))


def openings(browser: Browser, service: Service) -> Iterator[float]:
    """Milliseconds from the press on the launcher to a box that can be typed in, each in a new browser context."""
    for _ in range(OPENINGS):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
        page = context.new_page()
        page.goto(f"{service.demo}/")
        page.locator("privacy-assistant").wait_for(state="attached")
        page.evaluate(
            """() => { window.ready = new Promise((done) => { let pressed = 0;
              addEventListener("message", ({ data }) => {
                if (data?.name === "opened") pressed = performance.now();
                if (data?.name === "ready") done(performance.now() - pressed); }); }); }"""
        )
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        yield float(page.evaluate("window.ready"))
        context.close()


def shift_and_findings(browser: Browser, service: Service) -> tuple[float, int]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.add_init_script(_WATCH)
    context.add_init_script(path=AXE)
    visitor = Visitor(context.new_page(), service)
    visitor.page.goto(f"{service.demo}/")
    visitor.opens_widget()
    visitor.say("Who can read my record?")
    shift = float(visitor.page.evaluate("shifts"))
    # What arrives fades in: half faded it has another contrast.
    visitor.page.wait_for_timeout(SETTLED_MS)
    found = visitor.chat.evaluate("axe.run()")
    context.close()
    return shift, len(found["violations"])


def table(browser: Browser, service: Service) -> str:
    loader, page = sizes(browser, service)
    times = sorted(openings(browser, service))
    shift, findings = shift_and_findings(browser, service)
    rows = (
        ("loader, packed", f"{loader / 1000:.1f} kB", "5 kB"),
        ("whole chat page, packed", f"{page / 1000:.1f} kB", "25 kB"),
        ("from the press to a box that can be used, median", f"{statistics.median(times):.0f} ms", "300 ms"),
        (f"the slowest of {OPENINGS}", f"{times[-1]:.0f} ms", ""),
        ("layout shift on the host's page", f"{shift:.3f}", "0"),
        ("findings of axe", str(findings), "0"),
    )
    lines = ["| what | measured | limit |", "| --- | --- | --- |", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as data,
        serving(Path(data)) as service,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        shown = table(browser, service)
        browser.close()
    sys.stdout.write(f"{shown}\n")
    guide = GUIDE.read_text(encoding="utf-8")
    block = f"<!-- bench -->\n{shown}\n<!-- /bench -->"
    GUIDE.write_text(
        re.sub(r"<!-- bench -->.*<!-- /bench -->", lambda _: block, guide, flags=re.DOTALL), encoding="utf-8"
    )


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))


if __name__ == "__main__":
    main()
