import time
from pathlib import Path

import pytest

from assistant.dialogue import answers, wishes
from assistant.reply import Right
from assistant.rights.spoken import repeats_of

WRITTEN = Path(__file__).parent / "answers"


def written(name: str) -> list[str]:
    lines = (WRITTEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("text", written("affirmations"))
def test_an_agreement_is_read_in_whatever_shape(text: str) -> None:
    assert (answers.affirms(text), answers.stops(text), answers.denies(text)) == (True, False, False)


@pytest.mark.parametrize("text", written("stops"))
def test_a_stop_is_read_in_whatever_shape(text: str) -> None:
    assert (answers.stops(text), answers.affirms(text)) == (True, False)


@pytest.mark.parametrize("text", written("denials"))
def test_that_something_is_wrong_is_neither_a_yes_nor_a_stop(text: str) -> None:
    assert (answers.denies(text), answers.affirms(text), answers.stops(text)) == (True, False, False)


@pytest.mark.parametrize("text", written("neither"))
def test_other_words_agree_to_nothing_and_stop_nothing(text: str) -> None:
    assert (answers.affirms(text), answers.stops(text), answers.denies(text)) == (False, False, False)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("yes, delete", Right.DELETION),
        ("yes delete it all", Right.DELETION),
        ("ok delete it", Right.DELETION),
        ("yes a copy", Right.ACCESS),
        ("fine, just the copy", Right.ACCESS),
        ("Yes, just the list", Right.MARKETING_OPT_OUT),
        ("parked, yes", Right.RESTRICTION),
        ("ok freeze it", Right.RESTRICTION),
    ],
)
def test_the_request_may_be_said_again_in_agreement(text: str, right: Right) -> None:
    assert answers.affirms(text, repeats=repeats_of([right]))


@pytest.mark.parametrize(
    "text",
    [
        "at work rn, can't open my private mail, will do tonight",
        "i'll do it tomorrow",
        "later",
        "one sec",
        "let me check my mail",
        "baad mein",
    ],
)
def test_an_answer_may_be_put_off(text: str) -> None:
    assert answers.puts_off(text)


def test_what_cannot_wait_is_not_put_off() -> None:
    assert not answers.puts_off("someone changed the password, i can't open my mail now")


@pytest.mark.parametrize(
    "text", ["no i wont give you my email again", "i'd rather not give my address", "no email please"]
)
def test_what_is_held_back_is_known(text: str) -> None:
    assert answers.refuses(text)


@pytest.mark.parametrize(
    "text", ["the same e-mail", "same address", "under the same mail", "the one i gave", "wahi email"]
)
def test_an_address_that_was_given_is_pointed_to(text: str) -> None:
    assert answers.means_same_address(text)


@pytest.mark.parametrize("text", ["the usual one", "u already have it", "my address", "14 Rosewood Lane"])
def test_no_address_is_pointed_to_by_other_words(text: str) -> None:
    assert not answers.means_same_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "can you stop the deletion, I want to keep my profile",
        "hmm they just rescinded the offer 😭 can you stop the deletion, I want to keep my profile",
        "undo please! i talked to the study nurse and want to stay in, take my request back",
        "don't delete my data",
        "arre ruko, mat karo delete, mummy ki photos hai usme. request wapas lelo",
        "please call off the erasure",
    ],
)
def test_a_request_is_called_off_in_a_longer_message(text: str) -> None:
    assert wishes.calls_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "how do I cancel my request?",
        "stop sending me newsletters",
        "cancel my account",
        "withdraw my consent",
        "stop",
        "no thanks",
        "cancel my request and send me a copy instead",
    ],
)
def test_other_wishes_call_nothing_off(text: str) -> None:
    assert not wishes.calls_off(text)


@pytest.mark.parametrize("word", ["wait ", "ok, no, ", "i will do ", "can you ", "please stop ", "no don't "])
def test_a_long_answer_is_read_quickly(word: str) -> None:
    text = (word * 1000)[:4000]
    began = time.perf_counter()
    for reads in (answers.affirms, answers.stops, answers.denies, answers.puts_off, wishes.calls_off):
        reads(text)
        reads(text[:190])
    assert time.perf_counter() - began < 2
