import pytest

from assistant.triage.sentences import asks, sentences


def test_sentences_keep_their_words_and_order() -> None:
    text = "Delete my data. How long will it take?\nThanks"
    assert sentences(text) == ["Delete my data.", "How long will it take?", "Thanks"]


def test_a_title_does_not_end_a_sentence() -> None:
    assert sentences("I act for Mr. Pym. He wants his file.") == ["I act for Mr. Pym.", "He wants his file."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Where is it stored?",
        "and how long do you keep it",
        "kindly tell which tools you use",
        "batao kitne din lagenge",
    ],
)
def test_a_question_is_known_by_its_form(sentence: str) -> None:
    assert asks(sentence)


@pytest.mark.parametrize("sentence", ["Delete my data.", "I want a copy of my file", "thanks a lot", "stop it now!"])
def test_a_wish_is_no_question(sentence: str) -> None:
    assert not asks(sentence)
