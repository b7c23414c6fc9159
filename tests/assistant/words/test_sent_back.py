from collections.abc import Callable

import pytest

from assistant.dialogue import short_answers, wishes
from assistant.words.book import words_of
from assistant.words.sent_back import SentBack

ENGLISH, HINDI = words_of("en"), words_of("hi")
SENT_BACK = SentBack({"मैं अपना डेटा कैसे मिटवाऊँ?": "How can I have my data deleted?"})


@pytest.mark.parametrize("key", ENGLISH.under("rights.suggestions"))
def test_every_button_is_read_as_the_english_one_in_its_place(key: str) -> None:
    assert tuple(map(SENT_BACK.in_english, HINDI.each(key))) == ENGLISH.each(key)


@pytest.mark.parametrize("key", ["skip", "new_code", "cancel", "a_person"])
def test_the_buttons_of_the_handover_desk_are_read(key: str) -> None:
    assert SENT_BACK.in_english(HINDI(f"handover.{key}")) == ENGLISH(f"handover.{key}")


def test_the_suggestions_of_an_organisation_are_read() -> None:
    assert SENT_BACK.in_english("मैं अपना डेटा कैसे मिटवाऊँ") == "How can I have my data deleted?"


@pytest.mark.parametrize(
    ("heard", "reads"),
    [
        ("yes", short_answers.reads_yes),
        ("no", short_answers.reads_no),
        ("cancel", short_answers.reads_cancel),
        ("leave_it", short_answers.reads_cancel),
        ("skip", short_answers.reads_skip),
        ("new_code", short_answers.reads_new_code),
        ("pass_on", wishes.reads_pass_on),
        ("take_back", wishes.takes_back),
    ],
)
def test_whatever_hindi_is_listed_means_to_the_rooms_what_it_is_listed_for(
    heard: str, reads: Callable[[str], bool]
) -> None:
    lines = HINDI.each(f"heard.{heard}")
    assert [line for line in lines if not reads(SENT_BACK.in_english(line))] == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("हाँ।", "Yes"),
        ("हां!!", "Yes"),
        ("  जी   हाँ  ", "Yes"),
        ("हाँ, सही है", "Yes"),
        ("जी, सब सही है, दर्ज करें", "Yes, Yes, Yes"),
        ("जरूर", "Yes"),
        ("नहीं, रद्द करें", "No, Cancel"),
        ("मेरा सवाल आगे भेज दीजिए", "Pass my question on to a person"),
    ],
)
def test_spelling_and_punctuation_do_not_matter(typed: str, read: str) -> None:
    assert SENT_BACK.in_english(typed) == read


@pytest.mark.parametrize("typed", ["yes", "haan ji", "हाँ, पर केवल न्यूज़लेटर", "मेरा खाता हैक हो गया", "।", "", "हाँ " * 90])
def test_anything_else_is_left_as_it_is(typed: str) -> None:
    assert SENT_BACK.in_english(typed) == typed


def test_no_line_is_listed_for_two_things() -> None:
    english = {line: key for key in ENGLISH.under("heard") for line in ENGLISH.each(key)}
    pairs = [(line, key) for key in HINDI.under("heard") for line in HINDI.each(key)]
    assert english
    assert [line for line, key in pairs if SENT_BACK.in_english(line) != ENGLISH.each(key)[0]] == []
