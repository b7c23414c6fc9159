import pytest

from assistant.redaction.canonical import canonicalise


@pytest.mark.parametrize(
    "typed",
    [
        "ravi [at] example [dot] com",
        "ravi(at)example(dot)com",
        "ravi {at} example.com",
        "ravi at example dot com",
        "ravi AT example DOT com",
        "ravi at the rate example dot com",
        "ravi @ example . com",
        "ravi＠example．com",
        "ravi_at_example_dot_com",
        "ravi%40example.com",
        "ravi@example dot com",
    ],
)
def test_a_spelled_address_is_read_as_an_address(typed: str) -> None:
    assert canonicalise(typed).text == "ravi@example.com"


@pytest.mark.parametrize(
    "typed",
    [
        "ravi dot k at yahoo dot co dot in",
        "ravi.k at yahoo dot co dot in",
        "ravi . k @ yahoo . co . in",
    ],
)
def test_dots_are_read_on_both_sides(typed: str) -> None:
    assert canonicalise(typed).text == "ravi.k@yahoo.co.in"


@pytest.mark.parametrize(
    "typed",
    [
        "my mail is ravi at example.com",
        "ravi at example.com",
        "write to ravi at example.com",
    ],
)
def test_a_plain_at_before_a_domain_counts_after_a_word_that_announces_an_address(typed: str) -> None:
    assert canonicalise(typed).text.endswith("ravi@example.com")


@pytest.mark.parametrize(
    "typed",
    [
        "look at the dot com boom",
        "I have an account at example.com",
        "email me at example.com",
        "we met at noon",
        "the price @ checkout",
        "see look_at_file.txt",
        "one or two of the three, or all four",
    ],
)
def test_ordinary_words_stay_words(typed: str) -> None:
    assert canonicalise(typed).text == typed


def test_a_sentence_after_an_address_is_no_domain() -> None:
    assert canonicalise("ravi @ example . com . Please go").text == "ravi@example.com . Please go"


@pytest.mark.parametrize(
    "said",
    [
        "nine eight seven six five four three two one zero",
        "nine-eight-seven-six-five-four-three-two-one-zero",
        "Nine, eight, seven, six, five, four, three, two, one, oh",
        "nau aath saat chhe paanch char teen do ek shunya",
    ],
)
def test_digits_said_aloud_are_digits(said: str) -> None:
    assert canonicalise(said).text == "9876543210"


def test_double_and_triple_repeat_the_next_digit() -> None:
    assert canonicalise("triple nine double four five six one").text == "99944561"


def test_and_then_joins_two_halves_of_a_number() -> None:
    assert canonicalise("98765 and then 43210").text == "98765 43210"


def test_the_way_back_leads_through_what_was_spelled() -> None:
    typed = "is it ravi at example dot com ?"
    canonical = canonicalise(typed)
    start = canonical.text.index("ravi@example.com")
    first, last = canonical.original_span(start, start + len("ravi@example.com"))
    assert typed[first:last] == "ravi at example dot com"
