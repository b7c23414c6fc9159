import time

import pytest

from assistant.dialogue.wishes import reads_pass_on, takes_back


@pytest.mark.parametrize(
    "text",
    [
        "withdraw that request, I no longer need it",
        "withdraw it",
        "i want to cancel my deletion request",
        "cancel CM-1234-ABCD",
        "please drop the ticket",
    ],
)
def test_a_request_is_taken_back_where_it_is_named(text: str) -> None:
    assert takes_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "cancel it",
        "stop",
        "I withdraw my consent",
        "can I withdraw my request?",
        "how do I withdraw a request",
        "stop sending me requests",
        "withdraw it and send me a copy",
    ],
)
def test_nothing_is_taken_back_by_what_may_mean_something_else(text: str) -> None:
    assert not takes_back(text)


@pytest.mark.parametrize(
    "text", ["can you forward that to your team", "pass it on to a human being", "please ask someone", "aage bhej do"]
)
def test_a_question_is_passed_on_in_many_words(text: str) -> None:
    assert reads_pass_on(text)


@pytest.mark.parametrize("text", ["send me my data", "send that to my accountant", "give it to me", "ask a lawyer"])
def test_what_is_wanted_for_others_is_no_passing_on(text: str) -> None:
    assert not reads_pass_on(text)


def test_no_wish_takes_long_to_read() -> None:
    for text in ("withdraw " * 22, "cancel my the " * 14, "ask your " * 22, "pass it on " * 18):
        start = time.perf_counter()
        takes_back(f"{text}x"[:200])
        reads_pass_on(f"{text}x"[:200])
        assert time.perf_counter() - start < 1
