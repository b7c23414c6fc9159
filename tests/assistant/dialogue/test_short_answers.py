import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.dialogue.addresses import Address, Unusable
from assistant.dialogue.answers import affirms, stops
from assistant.dialogue.short_answers import (
    asks_something,
    code_in,
    code_of,
    email_of,
    has_digits,
    is_bare,
    reads_cancel,
    reads_new_code,
    reads_no,
    reads_skip,
    reads_yes,
    says_yes_first,
    starts_with_no,
    without_codes,
)
from assistant.redaction.masking import mask
from assistant.visit import Visit


def visit(text: str) -> Visit:
    masked = mask(text)
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    return Visit(b"\0" * 32, "turn", masked.text, masked.found, now, ZoneInfo("UTC"))


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Yes!",
        "YES please",
        "yep",
        "ok",
        "haan",
        "Haan ji",
        "ji",
        "bilkul sahi hai",
        "that's right",
        "correct",
        "👍",
        "go ahead",
        "do it",
        "looks good",
        "kar do",
        "theek hai",
        "sure, go ahead",
        "yes, that is all correct",
        "confirm",
    ],
)
def test_a_yes_is_read_however_it_is_said(text: str) -> None:
    assert reads_yes(text)
    assert not reads_no(text)
    assert not reads_cancel(text)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "No.",
        "nope",
        "nahi",
        "nahin ji",
        "galat hai",
        "that's wrong",
        "not right",
        "not quite",
        "sahi nahi hai",
        "👎",
    ],
)
def test_a_no_is_read_however_it_is_said(text: str) -> None:
    assert reads_no(text)
    assert not reads_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        "cancel",
        "Cancel please",
        "stop",
        "never mind",
        "forget it",
        "rehne do",
        "mat karo",
        "nahi, rehne do",
        "chhodo",
        "please cancel my request",
        "I want to cancel this",
        "I changed my mind",
        "I've changed my mind",
        "no thanks",
        "don't do it",
        "I don't want this anymore",
        "withdraw my request",
        "cancel everything",
        "leave it",
    ],
)
def test_a_cancel_is_read_however_it_is_said(text: str) -> None:
    assert reads_cancel(text)
    assert not reads_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        "stop sending me newsletters",
        "withdraw my consent",
        "cancel my subscription",
        "yes but the address is wrong",
        "",
        "delete my account",
        "no, only the newsletter",
        "what if I cancel?",
        "x" * 5000,
        "yesterday",
        "know",
        "🙂",
    ],
)
def test_a_sentence_with_a_wish_is_no_short_answer(text: str) -> None:
    assert not reads_yes(text)
    assert not reads_no(text)
    assert not reads_cancel(text)
    assert not reads_skip(text)


def test_a_longer_yes_counts_where_nothing_takes_it_back() -> None:
    assert says_yes_first("Yes, please send me the code")
    assert not says_yes_first("yes, but use another address")
    assert not says_yes_first("haan lekin address galat hai")
    assert starts_with_no("no, delete only the newsletter data")


@pytest.mark.parametrize(
    "text", ["skip", "no email", "I don't have one", "I'd rather not", "nothing to add", "not now"]
)
def test_a_skip_is_read(text: str) -> None:
    assert reads_skip(text)


@pytest.mark.parametrize(
    "text",
    [
        "send a new code",
        "I did not get the mail",
        "code nahi aaya",
        "resend",
        "another code please",
        "dobara bhejo",
        "where is my code?",
        "nothing came yet",
    ],
)
def test_the_wish_for_another_code_is_read(text: str) -> None:
    assert reads_new_code(text)


@pytest.mark.parametrize("text", ["1234 5678", "use my other email address", "thanks", "where is my ticket"])
def test_other_words_ask_for_no_code(text: str) -> None:
    assert not reads_new_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "12345678",
        " 1234 5678 ",
        "1234-5678",
        "１２３４５６７８",
        "१२३४ ५६७८",
        "١٢٣٤٥٦٧٨",
        "the code is 1234 5678.",
        "1 2 3 4 5 6 7 8",
        "1234\u00a05678",
        "(1234 5678)",
        "12345678 is it, 1234 5678",
        "code:12345678",
    ],
)
def test_a_code_is_found_in_any_spacing_and_script(text: str) -> None:
    assert code_in(text) == "12345678"


@pytest.mark.parametrize(
    "text",
    [
        "1234567",
        "123456789",
        "1e7",
        "-1",
        "null",
        "[…]",
        "true",
        "1234 5678 or 8765 4321",
        "2026-10-12",
        "12/10/2026",
        "9" * 4000,
        "",
        "12345678901",
    ],
)
def test_fewer_more_or_several_digits_are_no_code(text: str) -> None:
    assert code_in(text) is None


def test_a_code_that_masking_took_for_a_number_is_still_found() -> None:
    assert code_of(visit("my phone code 1234 5678")) == "12345678"


def test_what_is_stored_has_no_digits_of_a_code() -> None:
    assert without_codes("it is 1234 5678!") == "it is [code]!"
    assert without_codes("１２３４５６７８") == "[code]"
    assert not has_digits("in 3 days")


def test_a_question_is_told_from_an_answer() -> None:
    assert asks_something("how long do you keep invoices")
    assert asks_something("aap data kitne din rakhte ho?")
    assert not asks_something("delete it")


@pytest.mark.parametrize("text", ["ravi@example.com", "it's <Ravi@EXAMPLE.com>, thanks", "mailto:ravi@example.com"])
def test_the_one_address_of_a_message_is_taken(text: str) -> None:
    found = email_of(visit(text))
    assert isinstance(found, Address)
    assert found.shown.endswith("…@example.com")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a@b", Unusable.MALFORMED),
        ("a@b..c", Unusable.MALFORMED),
        ("a@[127.0.0.1]", Unusable.MALFORMED),
        ('"a b"@example.com', Unusable.MALFORMED),
        ("a@example.com\r\nBcc: v@example.org", Unusable.SEVERAL),
        ("a@example.com,v@example.org", Unusable.SEVERAL),
        ("a@example.com%0aTo:v", Unusable.MALFORMED),
        ("a" * 250 + "@example.com", Unusable.MALFORMED),
        ("аdmin@example.com", Unusable.LOOK_ALIKE),
    ],
)
def test_an_address_that_could_reach_another_is_refused(text: str, why: Unusable) -> None:
    assert email_of(visit(text)) is why


def test_a_message_without_an_address_has_none() -> None:
    assert email_of(visit("I have none")) is None


@pytest.mark.parametrize(
    "text",
    [
        "nah forget it, cancel",
        "never mind. cancel it",
        "cancel it yaar, I will ask my account manager",
        "stop it because I found it myself",
    ],
)
def test_a_stop_may_be_said_twice_or_with_its_reason(text: str) -> None:
    assert reads_cancel(text)


@pytest.mark.parametrize(
    "text",
    ["stop, I get too many newsletters", "don't do it, I only want a copy", "cancel, it must be another address"],
)
def test_a_stop_that_goes_on_with_a_wish_is_none(text: str) -> None:
    assert not reads_cancel(text)


@pytest.mark.parametrize("text", ["no email, skip", "rather not say, skip it", "i have only my moms, skip"])
def test_a_skip_is_read_at_the_end_too(text: str) -> None:
    assert reads_skip(text)
    assert is_bare(text, asked=False)


def test_a_stop_is_a_bare_answer_only_where_something_was_asked_and_no_reason_is_given() -> None:
    assert is_bare("cancel", asked=True)
    assert not is_bare("stop", asked=False)
    assert not is_bare("stop it, I was hacked", asked=True)
    assert is_bare("its [email]", asked=False)
    assert not is_bare("[email] was hacked", asked=True)


def test_no_answer_takes_long_to_read() -> None:
    for text in ("stop it please, " * 12, "cancel my the " * 14, "don't want it any more, " * 8, "no " * 66):
        start = time.perf_counter()
        reads_cancel(f"{text}x"[-200:])
        assert time.perf_counter() - start < 1


@pytest.mark.parametrize("text", ["हाँ", "जी हां", "ठीक है", "सही है", "कर दीजिए", "यस"])
def test_a_yes_in_devanagari(text: str) -> None:
    assert reads_yes(text)
    assert not reads_no(text)


@pytest.mark.parametrize("text", ["नहीं", "नहीं, गलत है", "नो"])
def test_a_no_in_devanagari(text: str) -> None:
    assert reads_no(text)
    assert not reads_yes(text)


STOPS_IN_HINDI = (
    "रद्द करो",
    "रद्द करें",
    "रद्द कर दें",
    "रद्द",
    "इसे रद्द कर दो",
    "कैंसिल करें",
    "रहने दो",
    "रहने दें",
    "मत करो",
    "मत कीजिए",
    "छोड़ दो",
    "छोड़िए",
    "रुकिए",
    "radd kar do",
    "cancel karo",
)


@pytest.mark.parametrize("text", STOPS_IN_HINDI)
def test_a_stop_in_hindi_is_no_yes_whatever_stands_before(text: str) -> None:
    assert stops(text)
    for said in (text, f"हाँ {text}", f"हाँ, {text}", f"haan {text}"):
        assert not affirms(said)
        assert not reads_yes(said)
        assert not says_yes_first(said)


def test_a_code_that_has_not_come_in_devanagari() -> None:
    assert reads_new_code("कोड नहीं आया")
    assert reads_new_code("नया कोड भेजो")
