import time

import numpy as np
import pytest

from assistant.beside import Beside
from assistant.reply import Intent, Right, Severity
from assistant.triage.triage import Triager, load_model
from assistant.triage.values import Subject
from knowledge.encoder.onnx import OnnxEncoder
from tests.assistant.triage.reading import NAMES, with_encoder, without_encoder


@pytest.fixture(scope="module")
def triager() -> Triager:
    return with_encoder()


@pytest.fixture(scope="module")
def unaided() -> Triager:
    return without_encoder()


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("Someone has taken over my account and changed the password, help!", Intent.SECURITY_REPORT),
        ("Please delete all the data you hold about me.", Intent.RIGHTS_REQUEST),
        ("Your staff were rude to me and nobody answers my letters. I expect an apology.", Intent.COMPLAINT),
        ("Can I talk to a real person please?", Intent.HUMAN_HANDOFF),
        ("Any news on my deletion request CM-7F3K-92QD?", Intent.TICKET_STATUS),
        ("How long do you keep invoices?", Intent.QUESTION),
        ("hello there", Intent.SMALL_TALK),
        ("What will the weather be like in Pune tomorrow?", Intent.OFF_TOPIC),
    ],
)
def test_each_intent_is_told_from_the_others(triager: Triager, message: str, intent: Intent) -> None:
    assert triager.triage(message).intents == (intent,)


@pytest.mark.parametrize(
    ("message", "right"),
    [
        ("Send me a copy of everything you have about me", Right.ACCESS),
        ("My surname is spelt wrong in your records, please correct it", Right.CORRECTION),
        ("mera sara data delete kar do please", Right.DELETION),
        ("unsubscribe me from the newsletter", Right.MARKETING_OPT_OUT),
        ("Export my data as JSON so that I can move to another provider", Right.PORTABILITY),
        ("Freeze my file and do not use it until our dispute is settled", Right.RESTRICTION),
        ("I object to you profiling me, stop it", Right.OBJECTION),
        ("I withdraw the consent I gave you last year", Right.CONSENT_WITHDRAWAL),
        ("I hereby file a formal grievance with your Grievance Officer under section 13", Right.GRIEVANCE),
        ("Please record my sister as my nominee for my data", Right.OTHER),
    ],
)
def test_each_right_is_told_from_the_others(triager: Triager, message: str, right: Right) -> None:
    assert triager.triage(message).rights == (right,)


def test_rights_come_in_the_order_in_which_tickets_are_opened(triager: Triager) -> None:
    triage = triager.triage("Erase everything about me, but first send me a copy of all my data.")
    assert triage.rights == (Right.ACCESS, Right.DELETION)


@pytest.mark.parametrize(
    "message",
    [
        "How do I delete my data?",
        "What happens if there is a data breach?",
        "If I asked you to erase my account, would the backups go too?",
        "I don't want you to delete anything, I only want to know where it is stored.",
        "Do you tell clients when data is leaked?",
        "What is the right to data portability?",
    ],
)
def test_a_question_about_a_right_or_an_incident_is_a_question(triager: Triager, message: str) -> None:
    triage = triager.triage(message)
    assert triage.intents == (Intent.QUESTION,)
    assert triage.rights == ()
    assert triage.severity is None


def test_a_question_beside_a_wish_is_handed_on_in_the_words_of_the_sender(triager: Triager) -> None:
    triage = triager.triage("Please delete my account. And how long do you keep invoices?")
    assert triage.intents == (Intent.RIGHTS_REQUEST, Intent.QUESTION)
    assert triage.question == "And how long do you keep invoices?"


def test_a_question_alone_is_not_handed_on_apart(triager: Triager) -> None:
    assert triager.triage("How long do you keep invoices?").question is None


def test_security_goes_before_a_right_in_the_same_message(triager: Triager) -> None:
    triage = triager.triage("My passport scan is publicly visible on your server! Delete my data at once.")
    assert triage.intents[:2] == (Intent.SECURITY_REPORT, Intent.RIGHTS_REQUEST)
    assert triage.rights == (Right.DELETION,)


@pytest.mark.parametrize(
    ("message", "severity"),
    [
        ("We found a live AWS key of yours on GitHub: [secret]", Severity.CRITICAL),
        ("A caller from your company took my OTP and the money is gone", Severity.CRITICAL),
        ("My laptop with your project files was stolen from my car", Severity.HIGH),
        ("Is this mail really from you? I have not clicked anything.", Severity.NORMAL),
    ],
)
def test_severity_follows_what_is_lost(triager: Triager, message: str, severity: Severity) -> None:
    assert triager.triage(message).severity is severity


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("Delete my data please", Subject.SELF),
        ("I am her lawyer. On behalf of my client I request erasure of her data, authority attached.", Subject.AGENT),
        ("My daughter is 9 and made an account in your app, I am her mother, please delete it", Subject.PARENT),
        ("My late father was your client. As his executor I ask you to erase his data.", Subject.NOMINEE),
        ("Remove my neighbour from your mailing list, he hasn't asked me but I find it annoying", Subject.OTHER),
        ("im 14 and i made an account without telling my parents pls delete it", Subject.CHILD),
    ],
)
def test_for_whom_a_right_is_asked(triager: Triager, message: str, subject: Subject) -> None:
    assert triager.triage(message).subject is subject


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("my account got hacked, somebody is logged in right now", Intent.SECURITY_REPORT),
        ("Your customer database is publicly exposed on the internet", Intent.SECURITY_REPORT),
        ("please delete all my data", Intent.RIGHTS_REQUEST),
        ("unsubscribe", Intent.RIGHTS_REQUEST),
        ("How do I delete my data?", Intent.QUESTION),
        ("I want to speak to a human", Intent.HUMAN_HANDOFF),
    ],
)
def test_what_must_not_be_missed_is_heard_without_the_encoder(unaided: Triager, message: str, intent: Intent) -> None:
    assert unaided.triage(message).intent is intent


def test_severity_and_rights_are_decided_without_the_encoder(unaided: Triager) -> None:
    assert unaided.triage("We found a live AWS key of yours on GitHub: [secret]").severity is Severity.CRITICAL
    assert unaided.triage("please delete all my data").rights == (Right.DELETION,)


def test_a_vector_that_the_caller_has_gives_the_same_decision(triager: Triager) -> None:
    message = "Kindly send me a copy of my file, and who can read it?"
    assert triager.triage(message, OnnxEncoder().encode([message])[0]) == triager.triage(message)


def test_with_the_vector_at_hand_the_encoder_is_left_alone(unaided: Triager) -> None:
    message = "Take me off your mailing list"
    assert unaided.triage(message, OnnxEncoder().encode([message])[0]).rights == (Right.MARKETING_OPT_OUT,)


def test_another_encoder_than_the_one_it_learned_with_is_not_asked() -> None:
    class Other(OnnxEncoder):
        def __init__(self) -> None:
            super().__init__()
            self.name = "another"

        def encode(self, *_: object, **__: object) -> np.ndarray:
            raise AssertionError("asked")

    assert Triager(Other(), load_model()).triage("delete my data").intent is Intent.RIGHTS_REQUEST


@pytest.mark.parametrize("message", ["", " ", "?", "...", "\n", "\u200b", "मेरा डेटा", "x" * 4_000, "- " * 2_000])
def test_text_that_says_nothing_still_has_an_intent(unaided: Triager, message: str) -> None:
    assert unaided.triage(message).intents


@pytest.mark.parametrize(
    "piece", ["my i we ", "please ", "i want you to ", "a", "? ", "not ", "section 1 and ", "[secret]"]
)
def test_a_long_message_is_judged_in_little_time(unaided: Triager, piece: str) -> None:
    message = (piece * 4_000)[:4_000]
    begin = time.process_time()
    unaided.triage(message)
    assert time.process_time() - begin < 1.0


def test_the_name_of_the_company_makes_no_difference() -> None:
    model = load_model()
    answers = {
        name: Triager(None, model, names=(name,)).triage(f"A man pretending to be from {name} wants my OTP")
        for name in ("Harbourlight", "Blue Kettle Bakery")
    }
    assert len(set(answers.values())) == 1


def test_it_reads_the_same_where_no_other_core_is_idle(triager: Triager) -> None:
    busy = Beside()
    busy.close()
    alone = Triager(OnnxEncoder(), load_model(), names=NAMES, beside=busy)
    for said in ("please delete my data. and who sees my invoices?", "someone calls in your name and wants my OTP"):
        assert alone.triage(said) == triager.triage(said)


@pytest.mark.parametrize(
    "message",
    [
        "I am not happy with how my papers were treated. Which office is there for such things?",
        "Is there somebody at your end who deals with privacy only?",
    ],
)
def test_a_complaint_or_the_wish_for_a_person_gives_way_to_what_the_message_rather_asks(
    triager: Triager, message: str
) -> None:
    assert triager.triage(message).intents == (Intent.QUESTION,)


@pytest.mark.parametrize("message", ["How do I delete my data?", "can my account be closed by my brother"])
def test_what_could_be_a_question_is_not_beside_the_point(triager: Triager, message: str) -> None:
    assert triager.triage(message).intents == (Intent.QUESTION,)
