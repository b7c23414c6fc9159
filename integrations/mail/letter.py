"""A message as an e-mail of one text/plain part. Decides headers and encoding, sends nothing."""

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.quoprimime import body_encode
from email.utils import format_datetime

from assistant.outbox.values import Delivery, Refused

# RFC 5321 allows lines of 998 characters; what is longer, or not ASCII, is sent quoted-printable.
LONGEST_LINE = 998
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# An escaped byte that ends in digits, before more digits: together they would look like one number.
_RUN_INTO_DIGITS = re.compile(r"(=[0-9A-F][0-9])(?=[0-9])")
_SOFT_BREAK = "=\n"


def sender(name: str, address: str) -> Address:
    """The organisation as the sender; ValueError for an address that is none."""
    return _address(address, name=" ".join(name.split()))


def compose(delivery: Delivery, *, sent_by: Address) -> EmailMessage:
    """The e-mail of a delivery, the same at each attempt; Refused when it cannot be addressed."""
    message = delivery.message
    letter = EmailMessage(policy=SMTP)
    try:
        letter["From"] = sent_by
        letter["To"] = _address(message.to)
        letter["Subject"] = message.subject
    except ValueError:
        raise Refused("bad-address") from None
    letter["Date"] = format_datetime(delivery.created_at)
    letter["Message-ID"] = f"<{delivery.id}@{sent_by.domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    _set_text(letter, _CONTROL.sub("\N{REPLACEMENT CHARACTER}", message.body))
    return letter


def _address(address: str, *, name: str = "") -> Address:
    local, _, domain = address.rpartition("@")
    # A domain of other letters travels in its ASCII form; Address refuses line breaks and what it cannot parse.
    try:
        return Address(display_name=name, addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except (MessageError, IndexError) as error:
        raise ValueError("not an address") from error


def _set_text(letter: EmailMessage, body: str) -> None:
    """Never base64: a text stays readable in the raw mail, and no encoding makes digits of it."""
    text = body.encode(errors="replace").decode()
    lines = text.splitlines()
    text = "".join(f"{line}\n" for line in lines)
    if text.isascii() and all(len(line) <= LONGEST_LINE for line in lines):
        letter.set_content(text, subtype="plain", charset="utf-8", cte="7bit")
        return
    letter["MIME-Version"] = "1.0"
    letter["Content-Type"] = 'text/plain; charset="utf-8"'
    letter["Content-Transfer-Encoding"] = "quoted-printable"
    letter.set_payload(_RUN_INTO_DIGITS.sub(rf"\1{_SOFT_BREAK}", _quoted(text)))


def _quoted(text: str) -> str:
    return body_encode(text.encode().decode("latin-1"), maxlinelen=76, eol="\n")
