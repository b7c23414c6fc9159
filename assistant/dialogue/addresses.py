"""E-mail addresses as they are typed: which can be written to, how they are counted, and how they are shown.

Refuses what could add a recipient or a header, and what looks like another address. Knows no mail server.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_ADDRESS, LONGEST_LOCAL = 254, 64
_LOCAL = re.compile(r"[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ENDING = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_FEWEST_LABELS = 2
# Mailboxes whose provider does not see dots in the name, under every domain it has.
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


class Unusable(StrEnum):
    """Why an address cannot be taken."""

    MALFORMED = "malformed"
    SEVERAL = "several"
    LOOK_ALIKE = "look_alike"


@dataclass(frozen=True, slots=True)
class Address:
    """`value` is written to; `counted` is one spelling for all that reach one mailbox; `shown` may be stored in clear:
    the first letter and the domain, a foreign one in its ASCII form.
    """

    value: str = field(repr=False)
    counted: str = field(repr=False)
    shown: str


def address_of(typed: str) -> Address | Unusable:
    """The address that was typed, or why it is none that we write to."""
    text = unicodedata.normalize("NFKC", typed).strip()
    local, at, domain = text.rpartition("@")
    if not at or len(local) > LONGEST_LOCAL or _mixes_scripts(local) or not local.isascii():
        return Unusable.LOOK_ALIKE if at and not local.isascii() else Unusable.MALFORMED
    if any(_mixes_scripts(label) for label in _readable(domain).split(".")):
        return Unusable.LOOK_ALIKE
    domain = _plain(domain)
    if not _LOCAL.fullmatch(local) or not _is_domain(domain) or len(local) + 1 + len(domain) > LONGEST_ADDRESS:
        return Unusable.MALFORMED
    return Address(value=f"{local}@{domain}", counted=_counted(local, domain), shown=f"{local[0]}…@{domain}")


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    return (
        len(labels) >= _FEWEST_LABELS
        and all(_LABEL.fullmatch(label) for label in labels)
        and _ENDING.fullmatch(labels[-1]) is not None
    )


def _plain(domain: str) -> str:
    """The domain in ASCII, as mail servers know it; empty where it has no such form."""
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _readable(domain: str) -> str:
    """The domain in the letters that a person would see."""
    try:
        return domain.lower().encode("idna").decode("idna")
    except UnicodeError:
        return domain


def _mixes_scripts(label: str) -> bool:
    """Whether letters of several alphabets stand in one word: Cyrillic among Latin ones passes for Latin."""
    letters = (character for character in label if character.isalpha())
    return len({unicodedata.name(letter, "?").split(" ", 1)[0] for letter in letters}) > 1


def _counted(local: str, domain: str) -> str:
    mailbox = local.lower().split("+", 1)[0] or local.lower()
    if domain in _DOTLESS:
        mailbox, domain = mailbox.replace(".", ""), _DOTLESS[domain]
    return f"{mailbox}@{domain}"
