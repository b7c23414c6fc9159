import sys

import pytest

from assistant.redaction.folding import Canonical, fold


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("४८२९ ١٢٣ １２３", "4829 123 123"),
        ("ｒａｖｉ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ravi@example.com"),
        ("4\u200b8\u20602\ufeff9\u00ad", "4829"),
        ("4\u03018\u20e3\ufe0f2", "482"),
        ("48\u00a029\u200929\u3000x", "48 29 29 x"),
        ("48\u201329\u221229\u2011x", "48-29-29-x"),
        ("a\tb\r\nc\u2028d\x00e\x1b", "a b\n\nc\nde"),
        ("1·2•3", "1.2.3"),
    ],
)
def test_characters_are_read_in_one_spelling(typed: str, read: str) -> None:
    assert fold(typed).text == read


@pytest.mark.parametrize("typed", ["plain", "4\u200b829", "ﷺ and ﬃ", "\ud800x\udfff", "", "e\u0301é", "a\nb"])
def test_offsets_rise_and_end_at_the_end_of_the_message(typed: str) -> None:
    canonical = fold(typed)
    assert len(canonical.offsets) == len(canonical.text) + 1
    assert list(canonical.offsets) == sorted(canonical.offsets)
    assert canonical.offsets[-1] == len(typed)


def test_clutter_inside_and_after_a_span_belongs_to_it() -> None:
    typed = "x 4\u200b8\u0301 y"
    canonical = fold(typed)
    start = canonical.text.index("48")
    assert canonical.original_span(start, start + 2) == (2, 6)


def test_a_span_that_ends_inside_an_expanded_character_takes_all_of_it() -> None:
    canonical = fold("ﬃx")
    assert canonical.text == "ffix"
    assert canonical.original_span(0, 2) == (0, 1)


def test_edits_keep_the_way_back() -> None:
    canonical = fold("ravi (at) home").replacing([(4, 9, "@"), (9, 10, "")])
    assert canonical.text == "ravi@home"
    assert canonical.original_span(4, 5) == (4, 10)
    assert canonical.original_span(5, 9) == (10, 14)


def test_nothing_of_a_message_shows_in_its_repr() -> None:
    assert repr(Canonical("ravi", range(5))) == "Canonical()"


def test_every_character_there_is_can_be_folded() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert fold(every).offsets[-1] == len(every)
