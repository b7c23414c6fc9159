"""What hangs on a conversation or an address outside the transcripts: dialogues, codes, tickets, mail that waits.

Works in the session of the eraser's own transaction, and says what stays and why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail
from assistant.dialogue.pending import DialogueStore
from assistant.dialogue.proof import MailboxProof
from assistant.outbox.service import Outbox
from assistant.tickets.service import TicketService
from assistant.tickets.values import Kept

# Nobody comes back to a question that stood open this long; its tickets know nothing of it.
IDLE_CHUNK = 500


class Belongings(Protocol):
    def let_go(self, session: Session, conversation: bytes, *, at: datetime) -> tuple[Kept, ...]:
        """Forget what the conversation left, and cut its tickets from it; those stay."""

    def forget_address(self, session: Session, address: str, *, actor: str, at: datetime) -> tuple[Kept, ...]:
        """Forget what names the person behind a proven address; which tickets stay, and why."""

    def forget_where(self, session: Session, is_meant: Callable[[bytes], bool], *, at: datetime) -> int:
        """Forget again the addresses whose index is meant, after a restore; how many tickets were touched."""

    def digest_of_address(self, address: str) -> bytes:
        """What stands for an address in the index."""

    def purge(self, session: Session, *, before: datetime, now: datetime) -> int:
        """Blank dialogues left open since before then, codes and dead mail past their time; how many."""


@dataclass(frozen=True, slots=True)
class OfficeBelongings:
    dialogues: DialogueStore
    proof: MailboxProof
    tickets: TicketService
    outbox: Outbox
    audit: AuditTrail

    def let_go(self, session: Session, conversation: bytes, *, at: datetime) -> tuple[Kept, ...]:
        self.dialogues.end(session, conversation)
        self.proof.forget(session, conversation)
        kept = self.tickets.let_go(session, conversation)
        self.audit.record(session, actor="visitor", action="conversation.erased", subject="conversation", at=at)
        return kept

    def forget_address(self, session: Session, address: str, *, actor: str, at: datetime) -> tuple[Kept, ...]:
        self.outbox.forget(session, to=address)
        kept = self.tickets.forget_contact(session, address, at=at)
        self.audit.record(session, actor=actor, action="address.erased", subject="address", at=at)
        return kept

    def forget_where(self, session: Session, is_meant: Callable[[bytes], bool], *, at: datetime) -> int:
        return self.tickets.forget_contacts_where(session, is_meant, at=at)

    def digest_of_address(self, address: str) -> bytes:
        return self.tickets.contact_digest(address)

    def purge(self, session: Session, *, before: datetime, now: datetime) -> int:
        idle = self.dialogues.forget_idle(session, before=before, limit=IDLE_CHUNK)
        return idle + self.proof.sweep(session, now) + self.outbox.purge(session, now=now)
