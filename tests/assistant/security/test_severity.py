import time

import pytest

from assistant.reply import Severity
from assistant.security.severity import IncidentKind, assess, worse
from assistant.words.book import words_of

CRITICAL = [
    ("Someone hacked my account and changed the password", IncidentKind.TAKEOVER),
    ("account hack ho gaya hai madad karo", IncidentKind.TAKEOVER),
    ("a stranger is reading my mailbox and sending messages to my clients", IncidentKind.TAKEOVER),
    ("sombody is in my acount rn", IncidentKind.TAKEOVER),
    ("I gave the caller my OTP", IncidentKind.MONEY_OR_CODE),
    ("maine otp bata diya usko, ab kya karu", IncidentKind.MONEY_OR_CODE),
    ("I paid the invoice of 40,000 rupees and the bank account isn't yours", IncidentKind.MONEY_OR_CODE),
    ("your aws keys are in a public github repo", IncidentKind.LIVE_SECRET),
    ("there is a [secret] hard-coded in your javascript", IncidentKind.LIVE_SECRET),
    ("Your customer database is for sale on telegram", IncidentKind.EXPOSURE),
    ("I can see other customers' invoices when I log in", IncidentKind.OTHERS_DATA),
    ("photos of my daughter are on your website without my consent", IncidentKind.CHILD_DATA),
    ("all our files are encrypted and there's a note asking for bitcoin", IncidentKind.RANSOMWARE),
]
HIGH = [
    ("I lost my laptop with the project files on the train", IncidentKind.LOST_DEVICE),
    ("someone is sending fake invoices in your name", IncidentKind.IMPERSONATION),
    ("I clicked the link in the strange email but did not type anything", IncidentKind.IMPERSONATION),
    ("your login page is vulnerable to SQL injection", IncidentKind.VULNERABILITY),
    ("you emailed me another client's contract by mistake", IncidentKind.OTHERS_DATA),
    ("kisi aur ka invoice dikh raha hai mere account me", IncidentKind.OTHERS_DATA),
    ("my data is visible on google and anyone can read it", IncidentKind.EXPOSURE),
    ("mera data leak ho gaya hai", IncidentKind.EXPOSURE),
    ("I keep getting login codes I did not request", IncidentKind.TAKEOVER),
    ("a man claiming to be from you asked for my card number, I did not give it", IncidentKind.IMPERSONATION),
    ("hello please look at this asap", IncidentKind.UNCLEAR),
]
NORMAL = [
    ("I got a mail claiming to be from CodeMites, is this really you?", IncidentKind.SUSPICIOUS),
    ("Did you send me an SMS about an invoice?", IncidentKind.SUSPICIOUS),
    ("kya ye mail aapne bheja hai?", IncidentKind.SUSPICIOUS),
    ("weird email came today with your logo", IncidentKind.SUSPICIOUS),
    ("I've reused the same password on several sites, should I worry", IncidentKind.HYGIENE),
    ("your certificate expired yesterday", IncidentKind.HYGIENE),
]
WORST = (
    "my account ",
    "someone is in the ",
    "(is this ",
    "otp gave the ",
    "a-",
    "all the names of ",
    "he's in my ",
    "\u2003",
)


@pytest.mark.parametrize(
    ("text", "kind", "severity"),
    [
        (text, kind, severity)
        for severity, table in ((Severity.CRITICAL, CRITICAL), (Severity.HIGH, HIGH), (Severity.NORMAL, NORMAL))
        for text, kind in table
    ],
)
def test_a_report_has_its_kind_and_severity(text: str, kind: IncidentKind, severity: Severity) -> None:
    found = assess(text)
    assert (found.kind, found.severity) == (kind, severity)


def test_the_worst_of_several_things_counts() -> None:
    both = assess("I lost my phone, and somebody hacked my account with it")
    assert (both.kind, both.severity) == (IncidentKind.TAKEOVER, Severity.CRITICAL)


def test_what_did_not_happen_does_not_make_it_worse() -> None:
    assert assess("a fake caller wanted the code, I did not share the OTP").severity is Severity.HIGH
    assert assess("a fake caller wanted the code and I shared the OTP").severity is Severity.CRITICAL


def test_no_opinion_changes_nothing_and_the_worse_of_two_wins() -> None:
    assert worse(Severity.NORMAL, None) is Severity.NORMAL
    assert worse(Severity.NORMAL, Severity.CRITICAL) is Severity.CRITICAL
    assert worse(Severity.HIGH, Severity.NORMAL) is Severity.HIGH


def test_every_kind_has_its_instructions() -> None:
    assert set(words_of("en").under("security.now")) == {f"security.now.{kind}" for kind in IncidentKind}


@pytest.mark.parametrize("piece", WORST)
def test_the_longest_message_is_judged_in_bounded_time(piece: str) -> None:
    text = (piece * 4000)[:4000]
    assess("warm")
    begun = time.process_time()
    assess(text)
    assert time.process_time() - begun < 0.5
