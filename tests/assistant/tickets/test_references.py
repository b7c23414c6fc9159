import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.tickets.references import new_reference, read_reference

MADE = st.integers(0, 2**32).map(lambda _: new_reference("CM"))


def test_a_reference_is_forty_random_bits_in_crockfords_letters() -> None:
    made = {new_reference("CM") for _ in range(2000)}
    assert len(made) == 2000
    assert all(re.fullmatch(r"CM-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", each) for each in made)
    # Every place takes every one of the 32 signs.
    assert [len({each[place] for each in made}) for place in (3, 4, 5, 6, 8, 9, 10, 11)] == [32] * 8


@given(made=MADE, between=st.sampled_from(["", "-", " ", " - ", "–"]), lower=st.booleans(), bare=st.booleans())
def test_what_is_typed_in_any_way_is_read_as_what_was_given(
    *, made: str, between: str, lower: bool, bare: bool
) -> None:
    typed = made.replace("-", between)
    typed = typed[2:] if bare else typed
    assert read_reference(f" {typed.lower() if lower else typed} ", prefix="CM") == made


def test_letters_that_look_like_digits_are_read_as_these() -> None:
    assert read_reference("cm-o1il-0O1I", prefix="CM") == "CM-0111-0011"
    assert read_reference("ＣＭ７Ｆ３Ｋ９２ＱＤ", prefix="CM") == "CM-7F3K-92QD"


@pytest.mark.parametrize("typed", ["", "CM", "CM-7F3K-92Q", "XX-7F3K-92QD", "CM-7F3K-92QU", "CM-7F3K-92QDD", "🙂" * 8])
def test_what_cannot_be_a_reference_is_none(typed: str) -> None:
    assert read_reference(typed, prefix="CM") is None


@given(st.text(max_size=40))
def test_reading_never_fails(typed: str) -> None:
    found = read_reference(typed, prefix="CM")
    assert found is None or read_reference(found, prefix="CM") == found
