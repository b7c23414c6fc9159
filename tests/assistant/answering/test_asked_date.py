"""After the assistant asked for a date: the date is taken, and another question is another question."""

import pytest

from assistant.bootstrap import Assistant

ASKED = "I was last there on 31/02/2021, how many years do you keep my treatment file?"


@pytest.fixture
def chat(clinic: Assistant) -> str:
    chat = clinic.front_desk.open(channel="web", language=None).id
    assert clinic.front_desk.take_turn(chat, None, ASKED)["asks_for"] == "date"
    return chat


@pytest.mark.parametrize("said", ["2 April 2021", "it was the 2nd of April 2021"])
def test_the_date_takes_the_place_of_the_one_that_did_not_do(clinic: Assistant, chat: str, said: str) -> None:
    reply = clinic.front_desk.take_turn(chat, None, said)
    assert (reply["citations"][0]["clause"], reply["asks_for"]) == ("3.1.1", None)
    assert "2 April 2031" in reply["parts"][-1]["text"]


@pytest.mark.parametrize(
    ("said", "clauses"),
    [
        ("are phone calls recorded since 2 April 2021?", ["3.1.3"]),
        ("what does a massage cost on Monday?", []),
    ],
)
def test_a_question_with_a_date_in_it_is_more_than_the_date(
    clinic: Assistant, chat: str, said: str, clauses: list[str]
) -> None:
    reply = clinic.front_desk.take_turn(chat, None, said)
    assert [cited["clause"] for cited in reply["citations"]][:1] == clauses


def test_another_question_is_answered_for_itself(clinic: Assistant, chat: str) -> None:
    reply = clinic.front_desk.take_turn(chat, None, "are phone calls recorded?")
    assert (reply["citations"][0]["clause"], reply["asks_for"]) == ("3.1.3", None)
