import pytest

from assistant.dialogue.addresses import Address, Unusable, address_of


def taken(text: str) -> Address:
    address = address_of(text)
    assert isinstance(address, Address)
    return address


def test_one_mailbox_is_counted_once_however_it_is_spelled() -> None:
    spellings = ["V.ictim+1@Gmail.com", "victim@gmail.com", "VICTIM+news@googlemail.com", "vic.tim@gmail.com"]
    assert {taken(spelling).counted for spelling in spellings} == {"victim@gmail.com"}
    assert taken("v.ictim@example.com").counted != taken("victim@example.com").counted


def test_the_mail_goes_to_what_was_typed_in_a_lower_case_domain() -> None:
    assert taken("V.ictim+1@Example.COM").value == "V.ictim+1@example.com"


def test_what_is_shown_has_the_first_letter_and_the_domain_in_ascii() -> None:
    assert taken("ravi@bücher.example").shown == "r…@xn--bcher-kva.example"
    assert taken("x@xn--80ak6aa92e.com").shown == "x…@xn--80ak6aa92e.com"


def test_full_width_letters_are_the_plain_ones() -> None:
    assert taken("ｒａｖｉ＠example.com").value == "ravi@example.com"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "a@b",
        "a@b..c",
        "a@-b.co",
        "a@b.c1",
        "a@b.co\r\nBcc: v@x.de",
        "a@b.c,v@x.de",
        "a b@c.de",
        "a@[::1]",
        "a@@b.co",
        "a" * 65 + "@example.com",
        "a@" + "b" * 64 + ".com",
        "a@" + "b." * 126 + "com",
        ".a@b.co",
        "a..b@c.de",
        "a@b.co\0",
    ],
)
def test_what_mail_servers_would_not_take_is_refused(text: str) -> None:
    assert address_of(text) is Unusable.MALFORMED


@pytest.mark.parametrize("text", ["аdmin@example.com", "ravi@exаmple.com", "ravi@paypа1.com"])
def test_mixed_alphabets_are_refused(text: str) -> None:
    assert address_of(text) is Unusable.LOOK_ALIKE
