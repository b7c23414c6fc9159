"""The page at `/`: an ordinary company's site with the widget on it, installed by the line that the README gives.

The company is invented around the organisation's name; only the last words and the policy link are real.
"""

from assistant.organisation import Organisation
from integrations.pages.markup import Html, element, join

_OFFERS = (
    ("Planned with care", "We begin with a conversation, write down what was agreed, and keep to it."),
    ("Built to last", "Small teams, tested work, and documentation that the next person can read."),
    ("Looked after", "We answer the phone, fix what breaks, and tell you before something expires."),
)
_FIGURES = (("12", "years in business"), ("48", "people"), ("4.9", "of 5 stars from clients"))


def demo_content(organisation: Organisation, script: str) -> Html:
    """`script` is the address of the loader."""
    return join(
        element("main", _hero(organisation), _offers(), _figures(), _installed(script), id="content"),
        element("footer", _foot(organisation), class_="site-foot"),
        element("script", src=script, async_=True),
        element("noscript", element("p", _without_scripts(organisation), class_="without")),
    )


def _hero(organisation: Organisation) -> Html:
    return element(
        "section",
        element("p", organisation.name, class_="kicker"),
        element("h1", "Good work begins with trust."),
        element("p", "We treat your project, and what you tell us about it, as if it were our own.", class_="lead"),
        element(
            "p",
            element("a", "What we do", href="#offers", class_="button"),
            " ",
            element("a", "Read our privacy policy", href="/policy", class_="button plain"),
        ),
        class_="hero",
    )


def _offers() -> Html:
    cards = [element("li", element("h3", title), element("p", text)) for title, text in _OFFERS]
    return element("section", element("h2", "What we do", id="offers"), element("ul", *cards, class_="cards"))


def _figures() -> Html:
    shown = [element("div", element("dt", what), element("dd", figure)) for figure, what in _FIGURES]
    return element("dl", *shown, class_="figures")


def _installed(script: str) -> Html:
    line = f'<script src="{script}" async></script>'
    return element(
        "section",
        element("h2", "About this page"),
        element("p", "This is a demonstration: an ordinary website with the privacy assistant installed by one line."),
        element("pre", element("code", line), tabindex="0", aria_label="The line that installs the assistant"),
        class_="about",
    )


def _foot(organisation: Organisation) -> Html:
    mail = organisation.privacy_contact.email
    return element(
        "p",
        f"{organisation.name} · demonstration · ",
        element("a", "Privacy policy", href="/policy"),
        " · ",
        element("a", "Ask the privacy assistant", href="/widget/"),
        " · ",
        element("a", mail, href=f"mailto:{mail}"),
    )


def _without_scripts(organisation: Organisation) -> Html:
    mail = organisation.privacy_contact.email
    return element(
        "span",
        "Privacy questions: ",
        element("a", mail, href=f"mailto:{mail}"),
        " · ",
        element("a", "privacy policy", href="/policy"),
    )
