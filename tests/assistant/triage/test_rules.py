import pytest

from assistant.reply import Intent, Right
from assistant.triage.rules import Guard, Rulebook

RULEBOOK = Rulebook.load()


@pytest.mark.parametrize(
    "message",
    [
        "We've been hacked",
        "our website was defaced this morning",
        "Someone is inside my admin panel",
        "mera account hack ho gaya",
        "customer data is publicly visible",
        "your API key is in a public GitHub repo",
        "I can see another customer's invoices",
        "a fake mail in your name is going round",
        "I gave him my OTP",
        "my laptop was stolen",
        "I found a SQL injection on your site",
        "Is this mail really from you?",
    ],
)
def test_a_plain_report_fires(message: str) -> None:
    assert {rule.intent for rule in RULEBOOK.firing(message)} == {Intent.SECURITY_REPORT}


@pytest.mark.parametrize(
    ("message", "right"),
    [
        ("delete my data", Right.DELETION),
        ("Please send me a copy of all my records", Right.ACCESS),
        ("unsubscribe me", Right.MARKETING_OPT_OUT),
        ("stop sending me newsletters", Right.MARKETING_OPT_OUT),
        ("pls correct my name", Right.CORRECTION),
        ("I withdraw my consent", Right.CONSENT_WITHDRAWAL),
        ("I object to the profiling", Right.OBJECTION),
        ("freeze my account", Right.RESTRICTION),
        ("do not sell my data", Right.OTHER),
        ("I wish to file a formal grievance", Right.GRIEVANCE),
    ],
)
def test_a_plain_request_fires(message: str, right: Right) -> None:
    assert {rule.right for rule in RULEBOOK.firing(message)} == {right}


@pytest.mark.parametrize(
    "message",
    [
        "How do I delete my data?",
        "if I say delete my data, what happens",
        "I don't want you to delete my data",
        'my friend told you "delete my data", is that enough',
        "what if my laptop was stolen",
        "My laptop was stolen in 2021 and recovered",
        "my Facebook account was hacked",
        "we have not been hacked",
        "can you see who opened my file?",
    ],
)
def test_guards_hold_a_rule_back(message: str) -> None:
    assert list(RULEBOOK.firing(message)) == []


def test_a_message_can_say_something_against_itself() -> None:
    assert Guard.NEGATED_WISH in RULEBOOK.held("I am not asking you to delete anything")
    assert Guard.NEGATED_INCIDENT in RULEBOOK.held("nothing was leaked, I am only curious")
    assert Guard.CLOSED in RULEBOOK.held("that was settled in May")
    assert RULEBOOK.held("please delete my data") == frozenset()
