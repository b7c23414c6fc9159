import pytest

from assistant.redaction.masking import mask


def found(message: str) -> list[tuple[str, str]]:
    return [(f.kind, f.value) for f in mask(message).found]


@pytest.mark.parametrize(
    "typed",
    [
        "asha.k+x@Mail.Example.org",
        "asha.k+x [at] mail [dot] example [dot] org",
        "asha.k+x＠mail．example．org",
        "asha.k+x@mail.\u200bexample.org",
    ],
)
def test_an_email_address_is_found(typed: str) -> None:
    assert found(f"write to <{typed}>, please") == [("email", "asha.k+x@mail.example.org")]


def test_the_sentence_after_an_address_stays() -> None:
    assert mask("It is asha@example.com. Thanks").text == "It is [email]. Thanks"
    assert mask("It is asha@example.com.Thanks").text == "It is [email].Thanks"


def test_an_address_with_combining_marks_never_becomes_the_address_without_them() -> None:
    assert found("jose\u0301@example.com") == [("email", "jose\u0301@example.com")]
    assert found("josé@example.com") == [("email", "josé@example.com")]


@pytest.mark.parametrize(
    "typed", ["ravi@okhdfcbank", "9876543210@ybl", "ravi [at] oksbi", "ravi at okaxis", "ravi @ ybl"]
)
def test_a_upi_address_is_found(typed: str) -> None:
    assert [kind for kind, _ in found(typed)] == ["upi"]


@pytest.mark.parametrize(
    "message", ["@example wrote", "https://example.com/@asha", "a@b", "5@6", "mail@2.0", "see you @ 5"]
)
def test_a_sign_without_a_mailbox_is_left(message: str) -> None:
    assert mask(message).text == message


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("192.168.1.10", "192.168.1.10"),
        ("192[.]168[.]1[.]10", "192.168.1.10"),
        ("१९२.१६८.१.१०", "192.168.1.10"),
        ("192.168.001.010", "192.168.1.10"),
        ("2001:DB8::1", "2001:db8::1"),
        ("fe80::1", "fe80::1"),
    ],
)
def test_an_ip_address_is_found(typed: str, value: str) -> None:
    assert found(f"from {typed} at night") == [("ip", value)]


@pytest.mark.parametrize(
    "message",
    ["version 10.2.3.4", "v12.2.3.4", "Section 4.2.1.3", "4.2.1.3", "1.2.3", "10:30:45", "std::string", "300.1.1.1"],
)
def test_numbers_with_dots_or_colons_are_no_address(message: str) -> None:
    assert mask(message).text == message


def test_a_hardware_address_is_found() -> None:
    assert found("00-1A-2B-3C-4D-5E") == [("mac", "00:1a:2b:3c:4d:5e")]
