"""What the support desk hands in to open a ticket, and what it refuses beyond what the queue refuses."""

import json
from dataclasses import dataclass, field

from assistant.errors import Conflict, Invalid
from assistant.reply import Right, Severity
from assistant.tickets.values import Kind


class RightMisplaced(Invalid):
    def __init__(self) -> None:
        super().__init__("A rights_request needs a `right`, and no other kind has one.")


class SeverityMisplaced(Invalid):
    def __init__(self) -> None:
        super().__init__("Only a security_incident has a `severity`.")


class AddressUnusable(Invalid):
    def __init__(self) -> None:
        super().__init__("The `email` is not an address that can be written to: check it, or leave it out.")


class StillOpening(Conflict):
    def __init__(self) -> None:
        super().__init__("The first call with this Idempotency-Key is still being worked on: repeat it in a moment.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A ticket that the desk opens for someone. `text` is as typed: it is masked before it is kept in clear."""

    kind: Kind
    text: str = field(repr=False)
    right: Right | None = None
    email: str | None = field(default=None, repr=False)
    severity: Severity | None = None
    on_behalf_of: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if (self.kind is Kind.RIGHTS_REQUEST) is not (self.right is not None):
            raise RightMisplaced
        if self.severity is not None and self.kind is not Kind.SECURITY_INCIDENT:
            raise SeverityMisplaced

    def as_payload(self) -> bytes:
        """What a repeated call must bring again."""
        said = (self.kind, self.right, self.email, self.text, self.severity, self.on_behalf_of)
        return json.dumps(said).encode()
