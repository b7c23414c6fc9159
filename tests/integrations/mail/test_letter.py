import re
from email import message_from_bytes
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.outbox.values import Delivery, Kind, Message, Refused
from integrations.mail.letter import compose, sender
from tests.integrations.mail.conftest import SENDER, START, delivery

CODE = "Your code for the request:\n\n1234 5678\n\nIt is good for 10 minutes.\n"


def raw(body: str) -> bytes:
    return compose(delivery(body), sent_by=SENDER).as_bytes()


def body_of(sent: bytes) -> str:
    return sent.partition(b"\r\n\r\n")[2].decode("ascii")


def read(sent: bytes) -> str:
    content = message_from_bytes(sent, policy=SMTP).get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def test_a_mail_says_who_sent_it_and_that_a_machine_did() -> None:
    letter = message_from_bytes(raw("Hello.\n"), policy=SMTP)
    (sender_,) = letter["From"].addresses
    assert (sender_.display_name, sender_.addr_spec) == ("Bläu & Co, Ltd.", "privacy@example.org")
    assert letter["To"] == "ana@example.com"
    assert letter["Subject"] == "Your code"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == "<a1b2@example.org>"
    assert letter["Date"].datetime == START.replace(microsecond=0)
    assert letter.get_content_type() == "text/plain"
    assert not letter.is_multipart()


def test_every_attempt_is_the_same_mail() -> None:
    first, second = (compose(delivery(attempt=attempt), sent_by=SENDER) for attempt in (1, 7))
    assert first.as_bytes() == second.as_bytes()


def test_plain_english_is_readable_in_the_raw_mail_with_the_code_on_a_line_of_its_own() -> None:
    sent = raw(CODE)
    assert b"Content-Transfer-Encoding: 7bit" in sent
    assert "\r\n1234 5678\r\n" in body_of(sent)
    assert re.findall(r"\d{6,}", body_of(sent)) == []


def test_other_letters_are_quoted_printable_and_the_code_stays_as_it_is() -> None:
    text = "Zdravím – „kód“ pro Vás:\n\n1234 5678\n\nDěkujeme, आपका कोड.\n"
    sent = raw(text)
    assert b"Content-Transfer-Encoding: quoted-printable" in sent
    assert "\r\n1234 5678\r\n" in body_of(sent)
    assert read(sent) == text


def test_no_encoding_makes_digits_of_letters() -> None:
    # ’ is =E2=80=99 and would run into the year.
    text = "’2026 and é12345 and \xa01234\xa05678\n" * 5
    assert re.findall(r"\d{6,}", body_of(raw(text))) == []
    assert read(raw(text)) == text


@given(st.text(alphabet=st.sampled_from("ab 1289\n.=é’\xa0क–\u2028"), max_size=400))
def test_whatever_is_written_arrives_and_is_never_base64(text: str) -> None:
    sent = raw(text)
    assert b"base64" not in sent.lower()
    assert [line for line in body_of(sent).split("\r\n") if len(line) > 998] == []
    shown = "".join(f"{line}\n" for line in text.splitlines())
    assert read(sent) == (shown or "\n")
    longest_of_ours = max((len(run) for run in re.findall(r"\d+", text)), default=0)
    assert max((len(run) for run in re.findall(r"\d+", body_of(sent))), default=0) <= max(longest_of_ours, 5)


def test_what_no_mail_may_carry_is_replaced() -> None:
    assert read(raw("a\0b\x1b[2Jc\ud800d\n")) == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[2Jc?d\n"


def test_very_long_lines_are_folded() -> None:
    sent = raw("x" * 5000)
    assert max(map(len, body_of(sent).split("\r\n"))) <= 78
    assert read(sent) == "x" * 5000 + "\n"


@pytest.mark.parametrize("to", ["a..b@example.com", "jürgen@example.com", "a@.com", "a@b..c", f"a@{'x' * 70}.com"])
def test_an_address_that_cannot_be_written_in_a_header_is_refused(to: str) -> None:
    with pytest.raises(Refused, match="bad-address"):
        compose(delivery(to=to), sent_by=SENDER)


def test_a_domain_of_other_letters_travels_in_its_ascii_form() -> None:
    assert compose(delivery(to="ana@exämple.com"), sent_by=SENDER)["To"] == "ana@xn--exmple-cua.com"


def test_no_header_can_be_smuggled_in_past_the_first_check() -> None:
    forged = Message(Kind.MAIL, "ana@example.com", "Hello", "Hi", "code")
    object.__setattr__(forged, "subject", "Hello\r\nBcc: eve@example.net")
    with pytest.raises(Refused):
        compose(Delivery("a1", 1, START, forged), sent_by=SENDER)
    object.__setattr__(forged, "subject", "Hello")
    object.__setattr__(forged, "to", "ana@example.com\r\nBcc: eve@example.net")
    with pytest.raises(Refused):
        compose(Delivery("a1", 1, START, forged), sent_by=SENDER)


def test_a_sender_of_several_lines_becomes_one() -> None:
    assert sender("Two\nLines", "privacy@example.org").display_name == "Two Lines"
