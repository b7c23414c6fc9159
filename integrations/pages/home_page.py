"""The page at `/`: one text box, answers with their sources. The script fills in what is said."""

from assistant.organisation import Organisation
from integrations.api.schemas import MAX_MESSAGE
from integrations.pages.markup import Html, element


def home_content(organisation: Organisation) -> Html:
    suggestions = [
        element("button", question, type="button", class_="suggestion") for question in organisation.suggestions
    ]
    return element(
        "main",
        element("h1", "Questions about our privacy policy"),
        element("p", organisation.greeting, class_="greeting"),
        element("div", id="log", role="log", aria_label="Conversation", tabindex="0"),
        element("div", *suggestions, id="suggestions", role="group", aria_label="Suggested questions"),
        _form(),
        element("p", id="status", role="status"),
        element("p", _foot(), class_="foot"),
        element("noscript", element("p", "Asking needs JavaScript; ", element("a", "read the policy", href="/policy"))),
        id="content",
    )


def _form() -> Html:
    box = element(
        "textarea",
        id="text",
        name="text",
        rows="2",
        maxlength=str(MAX_MESSAGE),
        autocomplete="off",
        placeholder="For example: how long do you keep my data?",
        required=True,
    )
    label = element("label", "Your question", for_="text")
    return element("form", label, box, element("button", "Ask", type="submit", id="send"), id="ask")


def _foot() -> Html:
    return element(
        "span",
        "Answers quote the ",
        element("a", "published policy", href="/policy"),
        ". ",
        element("button", "Erase this conversation", type="button", id="erase", class_="plain", hidden=True),
    )
