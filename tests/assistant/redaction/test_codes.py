import pytest

from assistant.redaction.masking import mask


def found(message: str) -> list[tuple[str, str]]:
    return [(f.kind, f.value) for f in mask(message).found]


@pytest.mark.parametrize(
    "typed",
    [
        "ABCPK1234F",
        "abcpk1234f",
        "ABCPK 1234 F",
        "ABCPK-1234-F",
        "ABCPK.1234.F",
        "ABCP K123 4F",
        "A B C P K 1 2 3 4 F",
        "ＡＢＣＰＫ１２３４Ｆ",
        "ABCPK१२३४F",
        "ABCPK\u200b1234\u200bF",
        "ABCPKl234F",
        "id_ABCPK1234F",
        "UIDABCPK1234F",
    ],
)
def test_a_pan_is_found_however_it_is_typed(typed: str) -> None:
    assert found(f"mine is {typed} you know") == [("pan", "ABCPK1234F")]


def test_a_longer_word_is_no_pan_unless_it_is_called_one() -> None:
    assert found("ABCPK1234FX") == []
    assert found("my PAN is ABCPK1234FX") == [("pan", "ABCPK1234FX")]


@pytest.mark.parametrize(
    "message",
    ["since 2021 a new law", "SINCE 2021 A NEW LAW HOLDS", "In MARCH 2021 A new law", "case FR-LPA7-707E", "PAN card"],
)
def test_a_word_a_year_and_a_letter_are_no_pan(message: str) -> None:
    assert mask(message).text == message


@pytest.mark.parametrize(
    "typed",
    [
        "27AAPFU0939F1ZV",
        "27aapfu0939f1zv",
        "27 AAPFU 0939 F1ZV",
        "27AA PFU0 939F 1ZV",
        "27-AAPFU-0939-F-1ZV",
        "GSTIN27AAPFU0939F1ZV",
        "27AAPFUO939F1ZV",
    ],
)
def test_a_gstin_is_found_and_not_the_pan_in_it(typed: str) -> None:
    assert found(typed) == [("gstin", "27AAPFU0939F1ZV")]


@pytest.mark.parametrize(
    "typed",
    [
        "GB29NWBK60161331926819",
        "GB29 NWBK 6016 1331 9268 19",
        "gb29 nwbk 6016 1331 9268 19",
        "GB29-NWBK-6016-1331-9268-19",
        "GB29NWBK6O161331926819",
        "IBANGB29NWBK60161331926819",
    ],
)
def test_an_iban_is_found_by_its_check_digits(typed: str) -> None:
    assert found(f"pay {typed} please") == [("iban", "GB29NWBK60161331926819")]


def test_a_card_inside_an_iban_is_the_iban() -> None:
    assert found("DE89370400440532013000") == [("iban", "DE89370400440532013000")]


def test_an_iban_that_does_not_check_is_left() -> None:
    assert found("DE88370400440532013000 is wrong") == []


@pytest.mark.parametrize("typed", ["MH1220110012345", "MH-12-2011-0012345", "MH12 20110012345"])
def test_a_driving_licence_is_known_by_its_form(typed: str) -> None:
    assert found(typed) == [("driving_licence", "MH1220110012345")]


def test_a_voter_id_and_a_passport_need_the_word() -> None:
    assert found("TCK4829104 and K1234567") == []
    assert found("voter id TCK4829104") == [("voter_id", "TCK4829104")]
    assert found("passport no. is K 1234567") == [("passport", "K1234567")]


def test_an_old_licence_is_known_by_the_word() -> None:
    assert found("driving licence KA/05/123456/2010") != []


def test_a_ticket_reference_is_no_code() -> None:
    for reference in ("CM-7F3K-92QD", "CM7F3K92QD", "cm-abc1-234f", "CM-1234-5678", "CM12345678"):
        assert found(f"what is the status of {reference}?") == []
    assert found("the status of ticket CMABC1234F") == []
