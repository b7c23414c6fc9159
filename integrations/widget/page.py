"""The chat page: a head, and one element that the scripts bring to life. Without scripts it says whom to write to."""

from assistant.organisation import Organisation
from assistant.words.book import languages
from integrations.pages.markup import Html, document, element
from integrations.widget.files import ENTRY, WidgetFiles
from integrations.widget.words import direction

# Languages that a conversation can be opened in; the interface may have more.
SPOKEN = frozenset(languages())


def chat_page(
    organisation: Organisation, widget: WidgetFiles, *, language: str, accent: str | None, icon: str, style: str
) -> bytes:
    """`accent` is the colour that a host chose, `#rrggbb`; `style` the address of the stylesheet of the look."""
    words = widget.words.languages[language]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element(
            "meta", name="viewport", content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        ),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="robots", content="noindex"),
        element("title", words["title"].replace("{name}", organisation.name)),
        element("link", rel="icon", href=icon, type="image/svg+xml"),
        element("link", rel="stylesheet", href=f"{style}?accent={accent.lstrip('#')}" if accent else style),
        *(element("link", rel="modulepreload", href=widget.address(name)) for name in widget.modules),
        element("script", type="module", src=widget.address(ENTRY)),
    )
    return document(
        language,
        head,
        element("body", _chat(organisation, widget, language), _without_scripts(organisation)),
        direction=direction(language),
    )


def _chat(organisation: Organisation, widget: WidgetFiles, language: str) -> Html:
    return element(
        "privacy-chat",
        data_words=widget.address(f"words/{language}.json"),
        data_language=language if language in SPOKEN else None,
        data_name=organisation.name,
        data_zone=organisation.time_zone,
        data_mail=organisation.privacy_contact.email,
        data_phone=organisation.urgent_contact.phone,
        data_urgent=organisation.urgent_contact.email,
    )


def _without_scripts(organisation: Organisation) -> Html:
    mail = organisation.privacy_contact.email
    said = element(
        "p",
        "The chat needs JavaScript. You can ",
        element("a", "read the policy", href="/policy"),
        " or write to ",
        element("a", mail, href=f"mailto:{mail}"),
        ".",
    )
    return element("noscript", element("main", element("h1", organisation.name), said))
