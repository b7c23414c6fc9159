"""What a turn leaves for the next one, and comments that show nothing."""

import pytest

from assistant.bootstrap import Assistant


@pytest.mark.parametrize("comment", ["\u200b", " \n", "\u202e"])
def test_a_comment_that_shows_nothing_counts_as_none(clinic: Assistant, comment: str) -> None:
    chat = clinic.front_desk.open(channel="web", language=None).id
    clinic.front_desk.take_turn(chat, "q", "who reads my file?")
    clinic.front_desk.feedback(chat, "q", helpful=True, comment=comment)


def test_what_another_release_left_for_the_next_turn_does_not_stop_it(
    clinic: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = clinic.front_desk.open(channel="web", language=None).id
    left = {"question": "who reads it?", "clauses": ["2.1.1"]}
    monkeypatch.setattr("assistant.answering.answer.Before.as_json", lambda _before: left)
    clinic.front_desk.take_turn(chat, None, "who reads my file?")
    assert clinic.front_desk.take_turn(chat, None, "and my insurer?")["outcome"]
