"""The frame that every page stands in. Knows the organisation's name and the assets, nothing of what a page says."""

from assistant.organisation import Organisation
from integrations.pages.assets import Assets
from integrations.pages.markup import Content, Html, document, element, join

LANGUAGE = "en"


def page(
    *content: Content,
    title: str,
    organisation: Organisation,
    assets: Assets,
    script: str | None = None,
    style: str | None = None,
    kind: str,
) -> bytes:
    """A whole page; `kind` names it for the stylesheet, `style` is a stylesheet of its own."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{title} · {organisation.name}"),
        element("link", rel="icon", href=assets.url("icon.svg"), type="image/svg+xml"),
        element("link", rel="stylesheet", href=assets.url("look.css")),
        element("link", rel="stylesheet", href=assets.url("page.css")),
        element("link", rel="stylesheet", href=assets.url(style)) if style else "",
        element("script", src=assets.url(script), type="module") if script else "",
    )
    return document(LANGUAGE, head, element("body", _skip(), _header(organisation), *content, class_=kind))


def dated(*facts: tuple[str, Content]) -> Html:
    """A list of names and values."""
    return element("dl", *(join(element("dt", name), element("dd", value)) for name, value in facts), class_="facts")


def _skip() -> Html:
    return element("a", "Skip to the content", href="#content", class_="skip")


def _header(organisation: Organisation) -> Html:
    links = element(
        "nav", element("a", "Home", href="/"), element("a", "Privacy policy", href="/policy"), aria_label="Site"
    )
    return element("header", element("a", organisation.name, href="/", class_="brand"), links, class_="top")
