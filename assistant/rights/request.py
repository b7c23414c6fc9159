"""The request as the dialogue knows it so far: a frozen value, and its JSON form for the sealed row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from assistant.dialogue.addresses import Address, address_of
from assistant.reply import Right
from assistant.rights.details import WANT_DETAILS, lacks_details
from assistant.rights.subjects import NEED_AUTHORITY, Claim, Subject

LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Request:
    """`asked` is what was said, masked; `details` and `behalf` are as typed. `subject` is None while it must be asked.

    `references` and `opened_at` come with the tickets, `handed` with the ticket of the person who looks after it.
    """

    rights: tuple[Right, ...] = ()
    subject: Subject | None = Subject.SELF
    authority: bool | None = None
    behalf: str | None = field(default=None, repr=False)
    details: str | None = field(default=None, repr=False)
    details_done: bool = False
    email: str | None = field(default=None, repr=False)
    asked: str = field(default="", repr=False)
    references: tuple[str, ...] = ()
    to_prove: tuple[str, ...] = ()
    opened_at: datetime | None = None
    handed: str | None = None

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        known = {name: data[name] for name in cls.__slots__ if name in data}
        known["rights"] = tuple(Right(right) for right in known.get("rights", ()))
        known["subject"] = Subject(known["subject"]) if known.get("subject") else None
        known["references"] = tuple(known.get("references", ()))
        known["to_prove"] = tuple(known.get("to_prove", ()))
        known["opened_at"] = datetime.fromisoformat(known["opened_at"]) if known.get("opened_at") else None
        return cls(**known)

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "opened_at": self.opened_at.isoformat() if self.opened_at else None}

    @property
    def address(self) -> Address | None:
        read = address_of(self.email) if self.email else None
        return read if isinstance(read, Address) else None

    @property
    def needs_code(self) -> tuple[Right, ...]:
        """To stop marketing is harmless, so that is the one right that needs no proof."""
        return tuple(right for right in self.rights if right is not Right.MARKETING_OPT_OUT)

    @property
    def lacks_details(self) -> bool:
        wanting = WANT_DETAILS & set(self.rights)
        return bool(wanting) and not self.details_done

    @property
    def lacks_authority(self) -> bool:
        return self.subject in NEED_AUTHORITY and self.authority is not True

    def with_rights(self, rights: tuple[Right, ...], said: str, in_clear: str) -> Self:
        """These rights; what was said may hold the details that they need."""
        request = replace(self, rights=rights).with_words(said)
        if request.lacks_details and not lacks_details(rights, said):
            return replace(request, details=in_clear, details_done=True)
        return request

    def with_claim(self, claim: Claim | None) -> Self:
        return replace(self, subject=claim.subject if claim else None, authority=claim.authority if claim else None)

    def with_words(self, said: str) -> Self:
        """What the desk will read, masked: each message that said something about the request."""
        return replace(self, asked="\n".join(filter(None, (self.asked, said)))[:LONGEST_TEXT])

    def reopened(self) -> Self:
        """The request before it had tickets, to be confirmed once more."""
        return replace(self, references=(), to_prove=(), opened_at=None)
