"""The front desk with everything real behind it, on the invented organisation."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.bootstrap import Assistant
from assistant.conversation.front_desk import BlankMessage, MessageTooLong, NoVersionThatDay
from assistant.conversation.store import TurnReused
from assistant.errors import NotFound
from tests.assistant.db.opening import found_in
from tests.conftest import FrozenClock


@pytest.fixture
def chat(clinic: Assistant) -> str:
    return clinic.front_desk.open(channel="web", language=None).id


def test_an_answer_quotes_the_clause_byte_for_byte(clinic: Assistant, chat: str) -> None:
    reply = clinic.front_desk.take_turn(chat, "t1", "how many years do you keep my treatment file?")
    published = clinic.policies.published_text(clinic.policies.versions()[0])
    (cited,) = reply["citations"]
    assert cited["clause"] == "3.1.1"
    assert published[cited["start"] : cited["end"]] == cited["quote"] == reply["parts"][0]["text"]
    assert (reply["outcome"], reply["turn_id"], reply["conversation_id"]) == ("answered", "t1", chat)


def test_an_exception_comes_along_with_its_rule(clinic: Assistant, chat: str) -> None:
    reply = clinic.front_desk.take_turn(chat, None, "how quickly do I get a copy of my record?")
    assert [cited["clause"] for cited in reply["citations"]][:2] == ["4.1.2", "4.1.3"]


def test_what_the_policy_does_not_state_is_said_with_the_nearest_clauses_and_the_contact(
    clinic: Assistant, chat: str
) -> None:
    reply = clinic.front_desk.take_turn(chat, None, "do you have cameras in the waiting room?")
    assert reply["outcome"] == "not_stated"
    assert reply["citations"] == []
    assert reply["see_also"]
    assert "records@harbourlight.example" in reply["text"]


@pytest.mark.parametrize(
    ("message", "outcome"),
    [
        ("hello", "chatted"),
        ("what does a massage cost?", "declined"),
        ("?!?", "not_understood"),
    ],
)
def test_what_is_no_question_about_privacy_gets_one_line_and_no_citation(
    clinic: Assistant, chat: str, message: str, outcome: str
) -> None:
    reply = clinic.front_desk.take_turn(chat, None, message)
    assert (reply["outcome"], len(reply["parts"]), reply["citations"]) == (outcome, 1, [])


def test_what_triage_alone_takes_for_off_topic_beside_a_small_bank_is_declined_with_the_contact(
    clinic: Assistant, chat: str
) -> None:
    reply = clinic.front_desk.take_turn(chat, None, "which team won the rugby on Sunday?")
    assert (reply["outcome"], reply["citations"]) == ("declined", [])
    assert "records@harbourlight.example" in reply["text"]


def test_the_first_organisation_is_named_nowhere(clinic: Assistant, chat: str) -> None:
    for message in ("hello", "what does a massage cost?", "do you use cookies?", "who reads my file?", "I was hacked!"):
        assert "codemites" not in str(clinic.front_desk.take_turn(chat, None, message)).lower()


def test_trouble_becomes_an_incident_with_the_urgent_contact(clinic: Assistant, chat: str) -> None:
    reply = clinic.front_desk.take_turn(chat, None, "help, someone hacked my account and is writing to my doctor")
    assert (reply["intent"], reply["outcome"]) == ("security_report", "ticket_opened")
    assert [ticket["kind"] for ticket in reply["tickets"]] == ["security_incident"]
    assert "+49 30 5550 1234 (the number on the emergency sheet)" in reply["text"]


def test_a_follow_up_is_understood_from_the_turn_before(clinic: Assistant, chat: str) -> None:
    clinic.front_desk.take_turn(chat, None, "do you send text message reminders?")
    reply = clinic.front_desk.take_turn(chat, None, "and how long do you keep them?")
    assert reply["citations"][0]["clause"] == "3.1.2"


def test_a_repeated_turn_gets_the_stored_reply_and_is_recorded_once(clinic: Assistant, chat: str) -> None:
    first = clinic.front_desk.take_turn(chat, "same", "are phone calls recorded?")
    assert clinic.front_desk.take_turn(chat, "same", "are phone calls recorded?") == first
    assert len(clinic.front_desk.transcript(chat).turns) == 1


def test_the_same_turn_id_with_another_text_is_refused(clinic: Assistant, chat: str) -> None:
    clinic.front_desk.take_turn(chat, "same", "are phone calls recorded?")
    with pytest.raises(TurnReused):
        clinic.front_desk.take_turn(chat, "same", "who reads my file?")


def test_twenty_deliveries_at_once_are_one_turn(clinic: Assistant, chat: str) -> None:
    replies: list[object] = []
    threads = [
        threading.Thread(target=lambda: replies.append(clinic.front_desk.take_turn(chat, "x", "who reads my file?")))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == 20
    assert all(reply == replies[0] for reply in replies)
    assert len(clinic.front_desk.transcript(chat).turns) == 1


def test_only_the_masked_text_is_stored(clinic: Assistant, chat: str, tmp_path: Path) -> None:
    clinic.front_desk.take_turn(chat, None, "I am pat@canary-mail.example, +49 30 901820, who reads my file?")
    (turn,) = clinic.front_desk.transcript(chat).turns
    assert "[email]" in turn.text
    assert "[phone]" in turn.text
    clinic.database.write(lambda session: None)
    assert found_in(tmp_path / "var", ["canary-mail", "901820"]) == []


def test_an_erased_conversation_leaves_no_byte_behind(clinic: Assistant, chat: str, tmp_path: Path) -> None:
    clinic.front_desk.take_turn(chat, "q", "my aunt Zebulonia Quark wants to know who reads her file")
    clinic.front_desk.feedback(chat, "q", helpful=False, comment="Zebulonia is not amused")
    assert found_in(tmp_path / "var", ["Zebulonia"])
    assert clinic.eraser.erase(chat).conversation_id == chat
    assert found_in(tmp_path / "var", ["Zebulonia"]) == []
    with pytest.raises(NotFound):
        clinic.front_desk.take_turn(chat, "later", "hello")


@pytest.mark.parametrize("message", ["", "   \n", "\u200b\u200d", "\0", "\u202e"])
def test_an_empty_message_is_refused(clinic: Assistant, chat: str, message: str) -> None:
    with pytest.raises(BlankMessage):
        clinic.front_desk.take_turn(chat, None, message)


def test_four_thousand_characters_are_taken_and_one_more_is_not(clinic: Assistant, chat: str) -> None:
    question = "who reads my file? ".ljust(4_000, ".")
    assert clinic.front_desk.take_turn(chat, None, question)["turn_id"]
    with pytest.raises(MessageTooLong):
        clinic.front_desk.take_turn(chat, None, question + ".")


@pytest.mark.parametrize(
    "message",
    [
        "\ud800 who reads my file",
        "who\0reads my file",
        "\u202ewho reads my file",
        "e" + "\u0301" * 3_000,
        "{{7*7}}",
        "🧾" * 900,
    ],
)
def test_strange_text_is_answered_like_any_other(clinic: Assistant, chat: str, message: str) -> None:
    assert clinic.front_desk.take_turn(chat, None, message)["outcome"]


def test_asking_leaves_no_trace(clinic: Assistant) -> None:
    reply = clinic.front_desk.ask("who reads my file?")
    assert (reply["turn_id"], reply["conversation_id"]) == (None, None)


def test_a_day_before_the_first_version_has_none(clinic: Assistant) -> None:
    with pytest.raises(NoVersionThatDay, match="no version is known for that day"):
        clinic.front_desk.ask("who reads my file?", as_of=date(2024, 12, 31))


def test_a_transcript_past_its_retention_is_purged(clinic: Assistant, chat: str, frozen: FrozenClock) -> None:
    clinic.front_desk.take_turn(chat, None, "who reads my file?")
    frozen.now += timedelta(days=91)
    assert clinic.eraser.purge(frozen.now) == 1
    with pytest.raises(NotFound):
        clinic.front_desk.transcript(chat)
