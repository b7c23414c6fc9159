import pytest

from assistant.triage.urgency import sounds_urgent


@pytest.mark.parametrize(
    "message",
    [
        "I think my account got hacked last night",
        "we received a phishing mail in your company's name",
        "someone is calling our customers pretending to be from your team",
        "I clicked on a fake invoice that came from you",
        "our database is on the dark web, data is exposed",
        "your staging bucket is open, anyone can see the files in the public repo",
        "I can see another client's invoices in my dashboard",
        "lost my laptop with your project files on it",
        "I gave them my OTP, what now",
        "found a SQL injection on your contact form",
        "ransomware on the server you host for us",
        "mera account hack ho gaya hai",
        "security problem, please call me asap",
        "Somebody changed my password and now I'm locked out",
    ],
)
def test_what_is_happening_now_sounds_urgent(message: str) -> None:
    assert sounds_urgent(message)


@pytest.mark.parametrize(
    "message",
    [
        "How long do you keep invoices?",
        "What happens if there is a data breach?",
        "how do you protect our database from being hacked?",
        "Do you tell clients when data is leaked?",
        "is my password stored encrypted",
        "which security measures do you have",
        "Please delete my data",
        "what do you do if a laptop is stolen?",
        "Have you ever been hacked?",
        "thanks!!",
        "I want my data deleted immediately",
        "Can I get a copy of my records",
    ],
)
def test_a_question_about_such_things_does_not(message: str) -> None:
    assert not sounds_urgent(message)


def test_a_long_message_is_judged_in_little_time() -> None:
    assert not sounds_urgent("my i we " * 500)
