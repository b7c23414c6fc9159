"""Addresses as the queue handles them: how one is shown in a list, and the one spelling it is looked up by."""

from assistant.outbox.values import mailbox
from assistant.sealing.sealer import Sealer
from assistant.tickets.models import DIGEST_BYTES

_PURPOSE = "contact"
_LONGEST_ADDRESS = 254
# What is sealed where an address may still come: blanks that its letters and its index take the place of.
NO_ADDRESS_YET = " " * (_LONGEST_ADDRESS + DIGEST_BYTES)


def masked(address: str) -> str:
    """Like r…@example.com."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}…{at}{domain}" if at else "…"


def blind_of(sealer: Sealer, address: str) -> bytes:
    """What stands for an address in the index; the same however its case is typed."""
    return sealer.blind(mailbox(address), purpose=_PURPOSE)


def filled_up(address: str) -> str:
    """The address as it is sealed in the place of `NO_ADDRESS_YET`: the row becomes no longer by it."""
    return address.ljust(_LONGEST_ADDRESS)
