import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.security.wording_alerts import LONGEST_WORDS, without_links


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example.com/login?x=1",
        "http://10.0.0.1/x",
        "www.evil.example",
        "evil.example.com/path",
        "evil[.]example[.]com",
        "evil(.)com",
        "javascript:alert(1)",
        "mailto:x@evil.example",
        "ftp://evil.example",
        "//evil.example/x",
        "evil。com",
    ],
)
def test_no_link_is_left_to_click_on(link: str) -> None:
    assert without_links(f"they sent {link} to me") == "they sent [link] to me"


def test_a_line_of_words_and_the_masks_in_it_stay_as_they_are() -> None:
    words = "Mail from [email] on 3.10.: pay 1.5 lakh, or else!"
    assert without_links(words) == words


def test_control_signs_line_breaks_and_markup_are_taken_out() -> None:
    assert without_links("a\r\nBcc: b\x1b]52;c\u202e <b>c</b> [d](e)") == "a Bcc: b ]52;c b c /b [d] e"


@given(st.text(max_size=2000))
def test_it_is_one_short_line(text: str) -> None:
    line = without_links(text)
    assert len(line) <= LONGEST_WORDS
    assert not re.search(r"[\r\n\x00-\x1f]", line)
