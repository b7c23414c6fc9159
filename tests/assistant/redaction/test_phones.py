import pytest

from assistant.redaction.masking import mask


def found(message: str) -> list[tuple[str, str]]:
    return [(f.kind, f.value) for f in mask(message).found]


@pytest.mark.parametrize(
    "typed",
    [
        "9876543210",
        "98765 43210",
        "98765-43210",
        "98765.43210",
        "987-654-3210",
        "9876 543 210",
        "9876 5432 10",
        "9 8 7 6 5 4 3 2 1 0",
        "(98765) 43210",
        "09876543210",
        "098765 43210",
        "919876543210",
        "+91 98765 43210",
        "+91-9876543210",
        "+91 (0) 98765 43210",
        "+919876543210",
        "0091 98765 43210",
        "९८७६५४३२१०",
        "९८७६५ ४३२१०",
        "987654321O",
        "nine eight seven six five four three two one zero",
        "98765 and then 43210",
    ],
)
def test_an_indian_mobile_is_found_without_context(typed: str) -> None:
    assert mask(f"please use {typed} instead").text == "please use [phone] instead"


def test_the_value_is_e164() -> None:
    assert found("098765-43210") == [("phone", "+919876543210")]
    assert found("+44 20 7946 0958") == [("phone", "+442079460958")]
    assert found("(415) 555-2671") == [("phone", "+14155552671")]
    assert found("011-23456789") == [("phone", "+911123456789")]


@pytest.mark.parametrize("typed", ["+1 415 555 2671", "+971501234567", "00971501234567", "+49 (0)30 901820"])
def test_a_number_abroad_is_found_by_its_prefix(typed: str) -> None:
    assert mask(f"or {typed}, please").text == "or [phone], please"


def test_a_short_number_is_found_after_the_word() -> None:
    assert found("call me on 2345 6789") == [("phone", "23456789")]
    assert found("2345 6789 were there") == []


def test_a_glued_word_stays() -> None:
    assert mask("mob9876543210").text == "mob[phone]"


def test_a_date_beside_a_number_stays() -> None:
    assert mask("98765 43210 12/03/2021").text == "[phone] 12/03/2021"
