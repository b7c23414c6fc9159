from datetime import UTC, datetime, timedelta

import pytest

from assistant.redaction.masking import mask


def found(message: str) -> list[tuple[str, str]]:
    return [(f.kind, f.value) for f in mask(message).found]


@pytest.mark.parametrize(
    "typed",
    [
        "234123412346",
        "2341 2341 2346",
        "2341-2341-2346",
        "2341.2341.2346",
        "2341/2341/2346",
        "2341 - 2341 - 2346",
        "2341  2341  2346",
        "2341\u00a02341\u00a02346",
        "2341\u200b2341\u200b2346",
        "२३४१ २३४१ २३४६",
        "２３４１２３４１２３４６",
        "234 123 412 346",
        "2 3 4 1 2 3 4 1 2 3 4 6",
        "id_234123412346",
        "UID234123412346",
        "2341 2341 2346.",
        "(2341 2341 2346)",
    ],
)
def test_twelve_digits_that_check_are_an_aadhaar_however_they_are_typed(typed: str) -> None:
    assert found(f"you hold {typed} of mine") == [("aadhaar", "234123412346")]


def test_the_letter_o_is_a_zero_among_digits() -> None:
    assert found("5OO1 2345 O123") == found("5001 2345 0123")


def test_twelve_digits_that_do_not_check_are_an_order() -> None:
    assert found("order 234123412347") == []


def test_a_mistyped_aadhaar_is_masked_where_the_words_say_what_it_is() -> None:
    assert found("my aadhaar number is 2341 2341 2347") == [("aadhaar", "234123412347")]
    assert found("2341 2341 2347 is my aadhaar") == [("aadhaar", "234123412347")]
    assert found("मेरा आधार नंबर 2341 2341 2347 है") == [("aadhaar", "234123412347")]


@pytest.mark.parametrize(
    "typed",
    ["4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "4111.1111.1111.1111", "4111  1111  1111  1111"],
)
def test_a_card_is_masked_in_every_grouping(typed: str) -> None:
    assert found(f"paid with {typed}") == [("card", "4111111111111111")]


def test_an_american_express_card_has_its_own_grouping() -> None:
    assert found("3782 822463 10005") == [("card", "378282246310005")]


def test_a_card_that_does_not_check_is_a_number_only_after_the_word() -> None:
    assert found("4111 1111 1111 1112") == []
    assert found("my card 4111 1111 1111 1112") == [("number", "4111111111111112")]


def test_an_amount_before_a_card_does_not_hide_it() -> None:
    assert found("I paid Rs 500 4111 1111 1111 1111") == [("card", "4111111111111111")]


def test_an_account_is_known_by_its_label() -> None:
    assert found("a/c no. 50100123456789") == [("account", "50100123456789")]
    assert found("50100123456781") == []


def test_an_account_is_known_by_the_branch_code_beside_it() -> None:
    assert found("HDFC0001234, 501001234567") == [("ifsc", "HDFC0001234"), ("account", "501001234567")]
    assert found("the IFSC is HDFC0001234") == []


def test_an_american_social_security_number_is_known_by_its_form() -> None:
    assert found("mine is 123-45-6789") == [("ssn", "123456789")]


@pytest.mark.parametrize(
    "message",
    [
        "my project ended on 12/03/2021",
        "31-03-2022",
        "31.3.22 and 31 / 03 / 2022",
        "2021-03-15 10:30",
        "2021-03-15 1030 and 20210315 103000",
        "31 03 2022 10 30",
        "01.04.2020-31.03.2021",
        "01/04/2020 - 31/03/2021",
        "2020-04-01/2021-03-31",
        "in 2019-2020 and FY 2019-20 2020-21",
        "2019 2020 2021, 2019/2020/2021 and 2019-2020-2021",
        "12/2021 03/2022",
        "within 72 hours, after 7 years, 30 days",
        "10 000 users or 7 000 000 000 people",
        "between 60000-70000 rupees",
        "Section 4.2.1 and clause 7.1.3",
        "windows 10.0.19045.3803, version 9.8.7.6",
        "₹ 1,23,456.50, Rs. 99 999, $ 123 456 789",
        "550e8400-e29b-41d4-a716-446655440000",
        "e83c5163316f89bfbde7d9ab23ca2e25604af290",
        "order 402-1234567-8901234",
        "order no. 9876543210, #9876543210, ORD9876543210",
        "1700000000 and 1700000000000",
        "12.971598, 77.594566",
        "10 11 12 13 14 15",
        "1. delete 2. export 3. correct 4. opt out 5. access 6. object 7. nominate 8. complain",
        "MH12AB1234 and MH 12 AB 1234",
        "pin code 560001",
    ],
)
def test_digits_that_identify_nobody_stay_as_typed(message: str) -> None:
    assert mask(message).text == message


def test_no_day_and_time_of_a_century_is_an_aadhaar() -> None:
    moments = [
        datetime(1990, 1, 1, tzinfo=UTC) + timedelta(days=17 * number, minutes=77 * number) for number in range(800)
    ]
    forms = (
        "%d/%m/%Y %H%M",
        "%Y-%m-%d %H %M",
        "%Y%m%d %H%M",
        "%d%m%Y-%H%M",
        "%d %m %Y %H %M",
        "%d.%m.%y %H.%M.%S",
        "%m/%Y",
    )
    for moment in moments:
        for form in forms:
            assert found(moment.strftime(form)) == []


@pytest.mark.parametrize(
    "message",
    ["my card number begins with 4716 5511", "my aadhaar starts 9840 0436", "and the rest of it is 4001 3813, ok?"],
)
def test_half_of_a_number_is_hidden_where_it_is_said_to_be_half(message: str) -> None:
    assert "[number]" in mask(message).text


def test_the_rest_of_an_order_is_no_half_of_a_card() -> None:
    assert mask("the rest of my order 20241234").found == ()
