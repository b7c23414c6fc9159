"""Whole conversations in Hindi: every part that is no quotation is in Devanagari, and so are the mails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.answer import Answerer, Question
from assistant.bootstrap import Assistant, build_assistant
from assistant.languages import HINDI, language_of
from assistant.outbox.values import Delivery, Kind
from assistant.reply import Outcome
from assistant.words.book import words_of
from knowledge.periods.table import PeriodTable
from tests.conftest import FrozenClock, take_over
from tests.databases import settings_for

IN_HINDI = """
[translations.hi]
greeting = "नमस्ते। आप अपने रिकॉर्ड के बारे में क्या जानना चाहेंगे?"
suggestions = ["मेरा रिकॉर्ड कौन पढ़ सकता है?"]
phone_words = "आपातकालीन पर्ची पर दिया गया नंबर"
email_words = "आपातकालीन पर्ची पर दिया गया पता"
"""
ADDRESS = "asha@example.com"
# What stays in Latin letters: names, addresses, references, zones, clauses and the titles of the policy's sections.
LATIN = re.compile(r"Harbourlight(?: Physiotherapy)?|\S+@\S+|HL-\w{4}-\w{4}|Europe/Berlin|CET|“[^”]+” \([\d., ]+\)")


@dataclass
class Post:
    """Keeps what the outbox sends by mail."""

    sent: list[Delivery] = field(default_factory=list)

    def send(self, delivery: Delivery) -> None:
        self.sent.append(delivery)


@dataclass
class Talk:
    assistant: Assistant
    post: Post
    id: str

    def say(self, text: str) -> dict[str, Any]:
        reply = self.assistant.front_desk.take_turn(self.id, None, text)
        assert_in_hindi(reply)
        return reply

    def mails(self, to: str = ADDRESS) -> list[str]:
        while self.assistant.dispatcher.run_once():
            pass
        mails = [delivery.message for delivery in self.post.sent if delivery.message.to == to]
        return [f"{mail.subject}\n{mail.body}" for mail in mails]


@pytest.fixture
def talk(indexed_clinic: Assistant, clinic_folder: Path, tmp_path: Path, frozen: FrozenClock) -> Iterator[Talk]:
    path, post = clinic_folder / "organisation.toml", Post()
    path.write_text(path.read_text(encoding="utf-8") + IN_HINDI, encoding="utf-8")
    settings = settings_for(tmp_path / "var", policy=str(clinic_folder))
    assistant = build_assistant(settings, transports={Kind.MAIL: post}, server=True, clock=frozen)
    take_over(indexed_clinic, assistant)
    yield Talk(assistant, post, assistant.front_desk.open(channel="web", language="hi").id)
    assistant.close()


def latin_in(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", LATIN.sub(" ", text))


def assert_in_hindi(reply: dict[str, Any]) -> None:
    for part in reply["parts"]:
        if part["kind"] not in {"quote", "rephrased"}:
            assert latin_in(part["text"]) == []
    assert [line for line in reply["suggestions"] if latin_in(line)] == []


def notes(reply: dict[str, Any]) -> list[str]:
    return [part["text"] for part in reply["parts"] if part["kind"] == "note"]


def test_a_conversation_opens_in_hindi(talk: Talk) -> None:
    opened = talk.assistant.front_desk.open(channel="web", language="hi")
    assert latin_in(" ".join([opened.greeting, opened.disclosure, *opened.suggestions])) == []


def test_a_suggestion_that_is_sent_back_is_answered_in_the_policys_words_with_a_note(talk: Talk) -> None:
    reply = talk.say("मेरा रिकॉर्ड कौन पढ़ सकता है?")
    assert reply["outcome"] == "answered"
    assert notes(reply) == ["गोपनीयता नीति अंग्रेज़ी में लिखी है; नीचे ठीक उसी के शब्द हैं।"]
    assert reply["parts"][1]["text"] == "Your therapist and our two receptionists can open your record."
    (turn,) = talk.assistant.front_desk.transcript(talk.id).turns
    assert turn.text == "मेरा रिकॉर्ड कौन पढ़ सकता है?"


def test_a_date_is_computed_in_hindi(talk: Talk) -> None:
    reply = talk.assistant.front_desk.take_turn(
        talk.id, None, "my last visit was on 3 March 2020, how many years do you keep my treatment records?"
    )
    (computed,) = [part["text"] for part in reply["parts"] if part["kind"] == "computed"]
    assert "3 मार्च 2020" in computed
    assert "3 मार्च 2030" in computed


def test_a_question_that_the_policy_does_not_answer_can_be_passed_on(talk: Talk) -> None:
    reply = talk.say("do you have cameras in the waiting room?")
    assert reply["outcome"] == "not_stated"
    assert notes(reply)[0] == "गोपनीयता नीति में यह नहीं बताया गया है।"
    (offer,) = reply["suggestions"]
    passed = talk.say(offer)
    assert (passed["outcome"], passed["asks_for"]) == ("handed_over", "email")
    assert "समय-सीमा: " in passed["text"]
    assert talk.say(ADDRESS)["outcome"] == "handed_over"


def test_a_whole_rights_request_with_its_mails(talk: Talk) -> None:
    begun = talk.say("मेरा डेटा मिटा दें")
    assert (begun["intent"], begun["rights"], begun["asks_for"]) == ("rights_request", ["deletion"], "email")
    summary = talk.say(ADDRESS)
    assert summary["asks_for"] == "confirmation"
    assert "• आपका डेटा मिटाना" in summary["text"]
    opened = talk.say(summary["suggestions"][0])
    assert (opened["outcome"], opened["asks_for"]) == ("ticket_opened", "verification_code")
    assert opened["suggestions"] == ["नया कोड भेजें", "रद्द करें"]
    assert "2 प्रयास" not in talk.say("0000 0000")["text"]
    (mail,) = talk.mails()
    assert latin_in(mail) == []
    code = re.search(r"^(\d{4} \d{4})$", mail, re.MULTILINE)
    assert code is not None
    proven = talk.say(code[1])
    assert proven["tickets"][0]["status"] == "received"
    receipt = talk.mails()[-1]
    assert latin_in(receipt) == []
    assert "आपका गोपनीयता अनुरोध प्राप्त हुआ" in receipt


def test_a_reply_of_the_desk_is_framed_in_the_language_of_the_request(talk: Talk) -> None:
    talk.say("विपणन संदेश बंद करें")
    talk.say(ADDRESS)
    (ticket,) = talk.say("हाँ")["tickets"]
    tickets = talk.assistant.tickets
    person = "desk:ravi"
    talk.assistant.database.write(lambda session: tickets.reply(session, ticket["reference"], "हो गया।", actor=person))
    assert latin_in(talk.mails()[-1]) == []


def test_a_request_is_stopped_and_taken_back_in_hindi(talk: Talk) -> None:
    talk.say("मेरे डेटा की प्रति दें")
    assert talk.say("रहने दीजिए")["outcome"] == "cancelled"
    talk.say("मेरे डेटा की प्रति दें")
    talk.say(ADDRESS)
    talk.say("हां, सही है।")
    assert talk.say("मेरा अनुरोध वापस ले लीजिए")["tickets"][0]["status"] == "withdrawn"


def test_a_security_report_is_answered_in_hindi(talk: Talk) -> None:
    reply = talk.say("my account was hacked, someone changed the password just now")
    assert reply["intent"] == "security_report"
    assert [part["kind"] for part in reply["parts"]][:3] == ["instruction", "instruction", "contact"]
    assert "गंभीरता: अत्यंत गंभीर" in reply["text"]


def test_a_person_a_complaint_and_a_status(talk: Talk) -> None:
    assert talk.say("मुझे किसी व्यक्ति से बात करनी है")["intent"] == "human_handoff"
    assert talk.say("छोड़ें")["outcome"] == "handed_over"
    complaint = talk.say("I want to complain, nobody answers my letters and I am very unhappy with you")
    assert complaint["intent"] == "complaint"
    assert notes(complaint)[0] == "खेद है कि आप संतुष्ट नहीं हैं।"
    assert talk.say("what is the status of my ticket?")["outcome"] == "ticket_status"


def test_small_talk_and_what_is_off_topic(talk: Talk) -> None:
    assert talk.say("नमस्ते")["outcome"] == "chatted"
    assert talk.say("what does a massage cost?")["outcome"] == "declined"
    assert talk.say("?!?")["outcome"] == "not_understood"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Wie lange speichern Sie meine Rechnungsdaten?", "I can only read questions in English"),
        ("Ich möchte, dass Sie alle meine Daten löschen.", "I can only read questions in English"),
        ("Как долго вы храните мои данные?", "I can only read questions in English"),
        ("आप मेरी जानकारी किन लोगों को दिखाते हैं?", "यहाँ सवाल केवल अंग्रेज़ी में"),
    ],
)
def test_another_language_is_handed_over_politely_in_words_that_can_be_read(talk: Talk, text: str, says: str) -> None:
    front_desk = talk.assistant.front_desk
    reply = front_desk.take_turn(front_desk.open(channel="web", language=None).id, None, text)
    assert (reply["outcome"], reply["citations"], reply["tickets"]) == ("not_understood", [], [])
    assert reply["parts"][0]["text"].startswith(says)
    assert reply["parts"][1]["kind"] == "contact"
    assert list(front_desk.ask(text)["parts"]) == reply["parts"]


def test_a_report_with_words_of_another_language_is_a_report(talk: Talk) -> None:
    front_desk = talk.assistant.front_desk
    chat = front_desk.open(channel="web", language=None).id
    reply = front_desk.take_turn(chat, None, "Hilfe, jemand ist in meinem Konto, my account was hacked!")
    assert reply["intent"] == "security_report"


def test_the_console_and_the_desk_speak_english(talk: Talk) -> None:
    reply = talk.assistant.front_desk.ask("do you have cameras in the waiting room?")
    assert reply["parts"][0]["text"] == "The privacy policy does not state this."


def test_a_message_in_devanagari_gets_the_note_in_an_english_conversation_too(talk: Talk) -> None:
    front_desk = talk.assistant.front_desk
    reply = front_desk.take_turn(front_desk.open(channel="web", language=None).id, None, "मेरा रिकॉर्ड कौन पढ़ सकता है?")
    assert notes(reply) == ["गोपनीयता नीति अंग्रेज़ी में लिखी है; नीचे ठीक उसी के शब्द हैं।"]
    assert reply["citations"][0]["clause"] == "2.1.1"


def test_questions_in_devanagari_are_answered_once_they_are_understood(talk: Talk) -> None:
    assistant = talk.assistant
    organisation, version = assistant.organisation, assistant.policies.versions()[0]
    asked_in_both = organisation.model_copy(update={"asked_in": ("en", "hi")})
    taught = Answerer(assistant.indexing.room, asked_in_both, lambda _: PeriodTable(()), None)
    question = Question("कृपया मुझे यह बात साफ़-साफ़ बताइए: who can read my record?", version, assistant.clock())
    assert language_of(question.text) == HINDI
    answer = taught.answer(question)
    assert answer.outcome is not Outcome.NOT_UNDERSTOOD
    assert answer.parts[0].text == words_of("hi")("answering.quoted")


def test_an_english_conversation_has_no_note(talk: Talk) -> None:
    front_desk = talk.assistant.front_desk
    reply = front_desk.take_turn(front_desk.open(channel="web", language=None).id, None, "Who can read my record?")
    assert notes(reply) == []
