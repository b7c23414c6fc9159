"""Erasing a conversation or a person: gone from the tables in one transaction, entered in the ledger with it, gone
from the files.

Knows no table of conversations or tickets: who keeps something forgets it.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from assistant.clock import Clock, utc_now
from assistant.db.database import Database
from assistant.erasure.belongings import Belongings
from assistant.erasure.ledger import Ledger
from assistant.erasure.purge import Purge
from assistant.erasure.receipt import Receipt, ReceiptSigner
from assistant.erasure.transcripts import Transcripts
from assistant.tickets.values import Kept


class Eraser:
    def __init__(
        self,
        database: Database,
        transcripts: Transcripts,
        belongings: Belongings,
        *,
        secret: bytes,
        transcript_days: int,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._transcripts = transcripts
        self._belongings = belongings
        self._ledger = Ledger(database, secret)
        self._signer = ReceiptSigner(secret)
        self._purge = Purge(database, transcripts, belongings, days=transcript_days)
        self._clock = clock

    @property
    def public_key(self) -> bytes:
        """What `verify_receipt` checks this installation's receipts with."""
        return self._signer.public_key

    def erase(self, conversation_id: str) -> Receipt:
        """Erase the conversation and return the receipt once no byte of it is left in the files of the database.

        NotFound for an id that is unknown or erased already. Unavailable: nothing is erased, or, when the sentence
        says so, it is erased and its last bytes go once whoever reads them is done.
        """
        now = self._clock()

        def work(session: Session) -> tuple[bytes, tuple[Kept, ...]]:
            digest = self._transcripts.forget(session, conversation_id)
            self._ledger.enter(session, digest, at=now)
            return digest, self._belongings.let_go(session, digest, at=now)

        digest, kept = self._database.write(work)
        self._ledger.enter_in_file(digest, at=now)
        self._database.clear_traces()
        shown = tuple(dict(ticket.as_json()) for ticket in kept)
        return self._signer.issue(conversation_id, erased_at=now, kept=shown)

    def erase_address(self, address: str, *, actor: str) -> tuple[Kept, ...]:
        """Erase what names the person behind an address that was proven; which tickets stay, and why.

        What is still open keeps the address until it is answered. Unavailable as for `erase`.
        """
        now = self._clock()
        digest = self._belongings.digest_of_address(address)

        def work(session: Session) -> tuple[Kept, ...]:
            self._ledger.enter(session, digest, at=now)
            return self._belongings.forget_address(session, address, actor=actor, at=now)

        kept = self._database.write(work)
        self._ledger.enter_in_file(digest, at=now)
        self._database.clear_traces()
        return kept

    def purge(self, now: datetime) -> int:
        """Erase the conversations whose last turn is older than the days of retention; how many there were."""
        return self._purge.run(now)

    def reapply(self) -> int:
        """Erase again what the ledger names, before anything is served: a restored backup may still hold it.

        Returns how many conversations and tickets were found and erased.
        """
        marks = self._ledger.reconcile()
        if not marks:
            return 0
        now = self._clock()

        def is_meant(digest: bytes) -> bool:
            return self._ledger.mark(digest) in marks

        count = self._database.write(
            lambda session: (
                self._transcripts.forget_where(session, is_meant)
                + self._belongings.forget_where(session, is_meant, at=now)
            )
        )
        if count:
            self._database.clear_traces()
        return count
