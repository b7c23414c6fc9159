from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from assistant.answering.answer import Question
from assistant.bootstrap import Assistant
from assistant.conversation.routing import Asked, Router, Staff
from assistant.dialogue.pending import DialogueKind, Pending
from assistant.reply import AsksFor, Intent, Outcome, Part, PartKind, Piece, Right
from assistant.triage.values import Triage
from assistant.visit import Visit
from assistant.words.book import words_of
from knowledge.clause import PolicyVersion

PASS_ON = words_of("en")("answering.pass_on")
OPEN = Pending(DialogueKind.RIGHTS, "email")
ASKED_FOR_EMAIL = Pending(DialogueKind.HANDOVER, "email")


def piece(intent: Intent, outcome: Outcome, words: str, asks: AsksFor | None = None) -> Piece:
    return Piece(intent, outcome, (Part(PartKind.NOTE, words),), asks_for=asks)


@dataclass
class Talk:
    """A dialogue desk that takes only what it is told to take, and notes what it was asked."""

    takes: str = ""
    missed: Piece | None = None
    reminds: bool = True
    asked: list[str] = field(default_factory=list)

    def go_on(self, visit: Visit, pending: Pending) -> Piece | None:
        return piece(Intent.RIGHTS_REQUEST, Outcome.NEEDS_INPUT, "went on") if visit.text == self.takes else None

    def not_an_answer(self, visit: Visit, pending: Pending) -> Piece | None:
        return self.missed

    def reminder(self, visit: Visit, pending: Pending) -> Piece | None:
        reminded = piece(Intent.RIGHTS_REQUEST, Outcome.NEEDS_INPUT, "reminded", AsksFor.EMAIL)
        return reminded if self.reminds else None

    def begin(self, visit: Visit, rights: tuple[Right, ...], subject: str) -> Piece:
        self.asked.append(f"begin {','.join(rights)} for {subject}")
        return piece(Intent.RIGHTS_REQUEST, Outcome.NEEDS_INPUT, "begun", AsksFor.EMAIL)

    def take_note(self, visit: Visit, pending: Pending) -> Piece | None:
        return None

    def take_back(self, visit: Visit) -> Piece | None:
        return piece(Intent.RIGHTS_REQUEST, Outcome.CANCELLED, "taken back")

    def pass_on(self, visit: Visit, question: str) -> Piece:
        self.asked.append(f"pass on {question}")
        return piece(Intent.QUESTION, Outcome.HANDED_OVER, "passed on")

    def person(self, visit: Visit) -> Piece:
        return piece(Intent.HUMAN_HANDOFF, Outcome.HANDED_OVER, "a person")

    def complaint(self, visit: Visit) -> Piece:
        return piece(Intent.COMPLAINT, Outcome.HANDED_OVER, "a complaint")

    def status(self, visit: Visit) -> Piece:
        return piece(Intent.TICKET_STATUS, Outcome.TICKET_STATUS, "a status")


class Answers:
    outcome = Outcome.ANSWERED

    def __init__(self) -> None:
        self.foreseen: list[str] = []
        self.questions: list[str] = []

    def foresee(self, text: str, _: object) -> None:
        self.foreseen.append(text)

    def answer(self, question: Question) -> Piece:
        self.questions.append(question.text)
        return piece(Intent.QUESTION, self.outcome, "answered")


@dataclass
class House:
    router: Router
    talk: Talk
    answers: Answers
    asked: Callable[..., Asked]

    def words(self, text: str, **left: Any) -> list[str]:
        return [part.text for one in self.router.route(self.asked(text, **left)).pieces for part in one.parts]


@pytest.fixture
def house(clinic: Assistant) -> Callable[..., House]:
    version: PolicyVersion = clinic.policies.current(date(2026, 11, 22))

    def build(triage: Triage, *, pending: Pending | None = None, talk: Talk | None = None) -> House:
        desk, answers = talk or Talk(), Answers()
        staff = Staff(
            triage=cast("Any", SimpleNamespace(triage=lambda _, **_leaning: triage)),
            answerer=answers,
            rights=desk,
            handover=desk,
            security=cast(
                "Any",
                SimpleNamespace(report=lambda *_: piece(Intent.SECURITY_REPORT, Outcome.TICKET_OPENED, "an incident")),
            ),
            dialogues=cast("Any", SimpleNamespace(load=lambda _: pending)),
            urgent=lambda _words: Part(PartKind.CONTACT, "urgent"),
        )

        def asked(text: str, **left: Any) -> Asked:
            visit = Visit(b"c", "t", text, (), datetime(2026, 11, 22, tzinfo=UTC), ZoneInfo("Europe/Dublin"))
            return Asked(visit, version, left)

        return House(Router(staff), desk, answers, asked)

    return build


QUESTION = Triage((Intent.QUESTION,))
RIGHTS = Triage((Intent.RIGHTS_REQUEST,), rights=(Right.DELETION,))


def test_a_plain_question_is_answered(house: Callable[..., House]) -> None:
    assert house(QUESTION).words("how long is it kept?") == ["answered"]


def test_a_message_that_may_ask_something_is_looked_up_ahead_and_a_bare_one_is_not(
    house: Callable[..., House],
) -> None:
    built = house(QUESTION)
    built.words("how long is it kept?")
    built.words("yes")
    assert built.answers.foreseen == ["how long is it kept?"]


def test_security_stands_first_then_the_right_then_the_answer_to_the_question(house: Callable[..., House]) -> None:
    triage = Triage(
        (Intent.SECURITY_REPORT, Intent.RIGHTS_REQUEST, Intent.QUESTION),
        rights=(Right.DELETION,),
        question="how long do you keep it?",
    )
    built = house(triage)
    assert built.words("hacked, delete me, how long do you keep it?") == ["an incident", "begun", "answered"]
    assert built.answers.questions == ["how long do you keep it?"]
    assert built.talk.asked == ["begin deletion for self"]


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        (Intent.COMPLAINT, "a complaint"),
        (Intent.HUMAN_HANDOFF, "a person"),
        (Intent.TICKET_STATUS, "a status"),
    ],
)
def test_each_wish_goes_to_its_desk(house: Callable[..., House], intent: Intent, words: str) -> None:
    assert house(Triage((intent,))).words("anything") == [words]


def test_an_answer_to_the_open_question_goes_on_with_the_dialogue(house: Callable[..., House]) -> None:
    assert house(QUESTION, pending=OPEN, talk=Talk(takes="mine")).words("mine") == ["went on"]


def test_a_question_in_between_is_answered_and_the_open_one_repeated(house: Callable[..., House]) -> None:
    assert house(QUESTION, pending=OPEN).words("how long?") == ["answered", "reminded"]


def test_a_question_that_may_stay_open_is_not_repeated(house: Callable[..., House]) -> None:
    built = house(QUESTION, pending=ASKED_FOR_EMAIL, talk=Talk(reminds=False))
    assert built.words("how long?") == ["answered"]


def test_a_request_that_holds_an_address_is_not_taken_for_the_address_alone(house: Callable[..., House]) -> None:
    text = "delete my data, I am ana"
    assert house(RIGHTS, pending=ASKED_FOR_EMAIL, talk=Talk(takes=text, reminds=False)).words(text) == ["begun"]
    assert house(RIGHTS, pending=OPEN, talk=Talk(takes=text)).words(text) == ["went on"]
    bare = "write to me at ana"
    assert house(RIGHTS, pending=ASKED_FOR_EMAIL, talk=Talk(takes=bare, reminds=False)).words(bare) == ["went on"]


def test_a_report_in_between_comes_before_the_answer(house: Callable[..., House]) -> None:
    triage, told = Triage((Intent.SECURITY_REPORT,)), "someone hacked my account"
    assert house(triage, pending=OPEN, talk=Talk(takes=told)).words(told) == ["an incident", "went on"]
    assert house(triage, pending=OPEN).words(told) == ["an incident", "reminded"]


def test_an_answer_that_only_reads_like_a_report_out_of_its_dialogue_is_none(house: Callable[..., House]) -> None:
    told = "the number in the mail was [code]"
    built = house(Triage((Intent.SECURITY_REPORT,)), pending=OPEN, talk=Talk(takes=told))
    assert built.words(told) == ["went on"]


def test_what_nobody_can_read_counts_as_an_unusable_answer(house: Callable[..., House]) -> None:
    built = house(QUESTION, pending=OPEN, talk=Talk(missed=piece(Intent.RIGHTS_REQUEST, Outcome.NEEDS_INPUT, "missed")))
    built.answers.outcome = Outcome.NOT_UNDERSTOOD
    assert built.words("asdf qwer") == ["missed"]


def test_the_offer_to_pass_a_question_on_is_taken_up_by_its_own_words(house: Callable[..., House]) -> None:
    built = house(QUESTION)
    assert built.words(PASS_ON.upper(), question="who audits you?") == ["passed on"]
    assert built.talk.asked == ["pass on who audits you?"]
    assert built.words(PASS_ON) == ["answered"]
    assert house(QUESTION, pending=ASKED_FOR_EMAIL).words(PASS_ON, question="why?") == ["passed on"]


def test_the_offer_is_taken_up_in_other_words_too(house: Callable[..., House]) -> None:
    assert house(QUESTION).words("can you forward that to your team?", question="who audits you?") == ["passed on"]
    assert house(QUESTION).words("send me my invoices", question="who audits you?") == ["answered"]


def test_a_report_is_heard_although_the_rest_of_the_message_is_no_answer(house: Callable[..., House]) -> None:
    missed = piece(Intent.RIGHTS_REQUEST, Outcome.NEEDS_INPUT, "missed")
    built = house(Triage((Intent.SECURITY_REPORT,)), pending=OPEN, talk=Talk(missed=missed))
    assert built.words("I just got a fake invoice") == ["an incident", "reminded"]


def test_a_bare_answer_is_no_report_whatever_triage_makes_of_it(house: Callable[..., House]) -> None:
    for bare in ("skip", "yes", "nope", "nah forget it, cancel", "mail is [email]"):
        built = house(Triage((Intent.SECURITY_REPORT,)), pending=OPEN, talk=Talk(takes=bare))
        assert built.words(bare) == ["went on"]
    assert house(RIGHTS).words("[email]") == ["answered"]


def test_a_request_is_taken_back_though_nothing_is_asked(house: Callable[..., House]) -> None:
    text = "withdraw that request, I no longer need it"
    assert house(RIGHTS).words(text) == ["taken back"]
    assert house(RIGHTS, pending=OPEN, talk=Talk(takes=text)).words(text) == ["went on"]


def test_one_question_for_the_desk_begins_nothing(house: Callable[..., House]) -> None:
    built = house(RIGHTS)
    asked = built.asked("delete me")
    routed = built.router.answer_only("delete me", asked.version, asked.visit.now, is_current=True)
    assert [one.intent for one in routed.pieces] == [Intent.RIGHTS_REQUEST]
    assert routed.pieces[0].rights == (Right.DELETION,)
    assert built.talk.asked == []
