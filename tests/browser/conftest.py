"""One browser and one service for all of these tests; every test has a page of its own and watches what happens in it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.service import Service, Site, a_site, chromium, serving
from tests.browser.visiting import Visitor

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
# Others may be at work on the machine.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def missing(what: str) -> None:
    """Skips, but where a check that is skipped counts as failed."""
    line = f"{what} is missing: run `make browser-tools`"
    if os.environ.get("CI"):
        pytest.fail(line)
    pytest.skip(line)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    """A site that may carry the widget."""
    with a_site() as site:
        yield site


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("service"), allowed=site.origin) as service:
        yield service


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser, service: Service) -> Iterator[Visit]:
    """Opens a page: `visit()` the chat alone, `visit(address)` another; what else is given is the browser's context."""
    visitors: list[Visitor] = []

    def arrive(address: str = "", *, axe: bool = False, **context: Any) -> Visitor:
        opened = browser.new_context(**{"viewport": {"width": 420, "height": 700}, "locale": "en-GB", **context})
        opened.set_default_timeout(PATIENCE_MS)
        if axe:
            if not AXE.exists():
                missing("axe-core")
            opened.add_init_script(path=AXE)
        visitor = Visitor(opened.new_page(), service)
        visitors.append(visitor)
        visitor.page.goto(address or f"{service.chat}/widget/")
        return visitor

    yield arrive
    for visitor in visitors:
        visitor.page.context.close()
    for visitor in visitors:
        assert visitor.trouble == []


@pytest.fixture
def guest(visit: Visit) -> Visitor:
    """A visitor in front of the chat page, greeted."""
    visitor = visit()
    visitor.is_greeted()
    return visitor
