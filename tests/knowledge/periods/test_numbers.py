import re

import pytest

from knowledge.periods.numbers import AMOUNT, read_amount


@pytest.mark.parametrize(
    ("written", "value"),
    [("30", 30), ("a", 1), ("Twelve", 12), ("seventeen", 17), ("forty-five", 45), ("seventy two", 72), ("ninety", 90)],
)
def test_an_amount_is_read_whole(written: str, value: int) -> None:
    assert re.fullmatch(AMOUNT, written, re.IGNORECASE)
    assert read_amount(written) == value


@pytest.mark.parametrize("written", ["several", "oneself", "12345"])
def test_what_is_no_amount_does_not_match(written: str) -> None:
    assert not re.fullmatch(AMOUNT, written)
