"""Mailbox codes: mails eight digits, and judges what comes back. It proves a mailbox, never a person.

Knows no ticket and no dialogue. Rules: eight random digits, ten minutes, five tries a code, three codes an address in
24 hours, single use, bound to a conversation and a purpose; a newer code ends the older and resets no count.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.db.base import Base
from assistant.db.database import Database
from assistant.dialogue import wording
from assistant.dialogue.addresses import Address
from assistant.dialogue.models import StoredProof
from assistant.dialogue.short_answers import CODE_DIGITS
from assistant.errors import Conflict
from assistant.organisation import Organisation
from assistant.outbox.service import Outbox
from assistant.outbox.values import Kind, Message
from assistant.sealing.sealer import Sealer
from assistant.words.book import Words, words_of

MOST_TRIES = 5
MOST_CODES_A_DAY = 3
LIFETIME = timedelta(minutes=10)
DAY = timedelta(hours=24)
_SALT_BYTES = 16
_PURPOSE_OF_ADDRESS, _PURPOSE_OF_CODE = "mailbox_proofs.address", "mailbox_proofs.code"

# Written once: a turn that opens a ticket waits for them in a row.
_PROOFS = Base.metadata.tables[StoredProof.__tablename__]
_ADD = insert(_PROOFS)
_END = (
    update(_PROOFS)
    .where(
        _PROOFS.c.conversation == bindparam("conversation_of"),
        _PROOFS.c.purpose == bindparam("purpose_of"),
        _PROOFS.c.digest.is_not(None),
    )
    .values(digest=None, salt=None)
)
_SLOTS = (
    select(_PROOFS.c.number, _PROOFS.c.slot, _PROOFS.c.sent_at)
    .where(_PROOFS.c.address == bindparam("of"))
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A code is queued for this address."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """The address had its codes for 24 hours: nothing is mailed, and the visitor is told the same words."""


@dataclass(frozen=True, slots=True)
class Right:
    """The code that was mailed; `end` it in the transaction that acts on it."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Another code; `left` is how many tries this one has yet."""

    left: int


@dataclass(frozen=True, slots=True)
class Expired:
    """The code is too old, or there is none."""


@dataclass(frozen=True, slots=True)
class Spent:
    """The code had all its tries."""


Sending = Sent | TooMany
Verdict = Right | Wrong | Expired | Spent


class ProofUsed(Conflict):
    def __init__(self) -> None:
        super().__init__("This code was used meanwhile: ask for a new one.")


class CodesRaced(Conflict):
    def __init__(self) -> None:
        super().__init__("Another code was sent to this address at the same moment: please try again.")


def random_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


class MailboxProof:
    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        sealer: Sealer,
        clock: Clock,
        organisation: Organisation,
        *,
        new_code: Callable[[], str] = random_code,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._sealer = sealer
        self._clock = clock
        self._organisation = organisation
        self._new_code = new_code

    def begin(
        self,
        session: Session,
        *,
        address: Address,
        conversation: bytes,
        purpose: str,
        now: datetime,
        reference: str | None = None,
        language: str | None = None,
    ) -> Sending:
        """End the older codes of this conversation and purpose, and queue a mail with a new one, in this language.

        `reference` is the ticket that the mail is listed under. Where the address had its codes, TooMany: then the
        older codes are ended all the same.
        """
        self.end(session, conversation=conversation, purpose=purpose)
        if reference:
            self._outbox.drop_waiting(session, reference=reference, purposes={"code"})
        blind = self._sealer.blind(address.counted, purpose=_PURPOSE_OF_ADDRESS)
        slot = _free_slot(session, blind, now)
        if slot is None:
            return TooMany()
        code, salt = self._new_code(), secrets.token_bytes(_SALT_BYTES)
        digest = self._digest(code, salt, conversation, purpose)
        bound = {"conversation": conversation, "purpose": purpose, "address": blind, "slot": slot}
        code_row = {"salt": salt, "digest": digest, "tries": 0, "sent_at": now, "expires_at": now + LIFETIME}
        try:
            session.connection().execute(_ADD, {**bound, **code_row})
        except IntegrityError as error:
            raise CodesRaced from error
        self._outbox.put(session, self._mail(address, code, reference, words_of(language)), at=now)
        return Sent()

    def check(self, *, conversation: bytes, purpose: str, code: str, now: datetime | None = None) -> Verdict:
        """Judge a code. The try is counted and committed before anything is compared, in a transaction of its own."""
        at = now or self._clock()
        row = self._database.write(lambda session: _count_try(session, conversation, purpose, at))
        if not isinstance(row, _Counted):
            return row
        given = self._digest(code, row.salt, conversation, purpose)
        if hmac.compare_digest(given, row.digest):
            return Right()
        return Wrong(MOST_TRIES - row.tries) if row.tries < MOST_TRIES else Spent()

    def end(self, session: Session, *, conversation: bytes, purpose: str, used: bool = False) -> None:
        """Make the codes of this conversation and purpose prove nothing any more. `used`: one of them has just been
        found right; ProofUsed where it was used or replaced meanwhile.
        """
        ended = session.connection().execute(_END, {"conversation_of": conversation, "purpose_of": purpose})
        if used and not _rows(ended):
            raise ProofUsed

    def forget(self, session: Session, conversation: bytes) -> int:
        """Blank what ties codes to this conversation, and return how many there were; the counts of a day stay."""
        blank = update(StoredProof).where(StoredProof.conversation == conversation)
        return _rows(session.execute(blank.values(conversation=None, purpose="", digest=None, salt=None)))

    def sweep(self, session: Session, now: datetime) -> int:
        """Blank every code that is too old, and every address that no count needs any more; how many rows."""
        old = update(StoredProof).where(StoredProof.expires_at <= now, StoredProof.digest.is_not(None))
        idle = update(StoredProof).where(StoredProof.sent_at <= now - DAY, StoredProof.slot.is_not(None))
        expired = _rows(session.execute(old.values(digest=None, salt=None)))
        return expired + _rows(session.execute(idle.values(address=None, slot=None)))

    def _digest(self, code: str, salt: bytes, conversation: bytes, purpose: str) -> bytes:
        bound = f"{conversation.hex()}\0{purpose}\0{salt.hex()}\0{code}"
        return self._sealer.blind(bound, purpose=_PURPOSE_OF_CODE)

    def _mail(self, address: Address, code: str, reference: str | None, words: Words) -> Message:
        minutes = int(LIFETIME.total_seconds() // 60)
        return Message(
            kind=Kind.MAIL,
            to=address.value,
            subject=wording.code_subject(words, self._organisation),
            body=wording.code_body(words, self._organisation, code, minutes=minutes),
            purpose="code",
            reference=reference,
            priority=0,
        )


@dataclass(frozen=True, slots=True)
class _Counted:
    tries: int
    salt: bytes
    digest: bytes


def _count_try(session: Session, conversation: bytes, purpose: str, now: datetime) -> _Counted | Expired | Spent:
    newest = select(StoredProof).where(_of(conversation, purpose)).order_by(StoredProof.number.desc()).limit(1)
    row = session.scalar(newest.with_for_update())
    if row is None or row.digest is None or row.salt is None or not row.sent_at <= now < row.expires_at:
        return Expired()
    if row.tries >= MOST_TRIES:
        return Spent()
    row.tries += 1
    session.flush()
    return _Counted(tries=row.tries, salt=row.salt, digest=row.digest)


def _free_slot(session: Session, address: bytes, now: datetime) -> int | None:
    """A slot that no code of the last 24 hours holds; an older code gives its own up."""
    connection = session.connection()
    rows = connection.execute(_SLOTS, {"of": address}).all()
    if old := [row.number for row in rows if row.sent_at <= now - DAY]:
        connection.execute(update(_PROOFS).where(_PROOFS.c.number.in_(old)).values(address=None, slot=None))
    taken = {row.slot for row in rows if row.sent_at > now - DAY}
    return next((slot for slot in range(MOST_CODES_A_DAY) if slot not in taken), None)


def _of(conversation: bytes, purpose: str) -> Any:
    return (StoredProof.conversation == conversation) & (StoredProof.purpose == purpose)


def _rows(result: Any) -> int:
    return int(result.rowcount)
