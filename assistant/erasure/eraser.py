"""Erasing a conversation: gone from the tables in one transaction, entered in the ledger with it, gone from the files.

Knows no table of conversations: who keeps transcripts forgets them.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from assistant.clock import Clock, utc_now
from assistant.db.database import Database
from assistant.erasure.ledger import Ledger
from assistant.erasure.purge import Purge
from assistant.erasure.receipt import Receipt, ReceiptSigner
from assistant.erasure.transcripts import Transcripts


class Eraser:
    def __init__(
        self,
        database: Database,
        transcripts: Transcripts,
        *,
        secret: bytes,
        transcript_days: int,
        clock: Clock = utc_now,
    ) -> None:
        self._database = database
        self._transcripts = transcripts
        self._ledger = Ledger(database, secret)
        self._signer = ReceiptSigner(secret)
        self._purge = Purge(database, transcripts, days=transcript_days)
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

        def work(session: Session) -> bytes:
            digest = self._transcripts.forget(session, conversation_id)
            self._ledger.enter(session, digest, at=now)
            return digest

        digest = self._database.write(work)
        self._ledger.enter_in_file(digest, at=now)
        self._database.clear_traces()
        return self._signer.issue(conversation_id, erased_at=now)

    def purge(self, now: datetime) -> int:
        """Erase the conversations whose last turn is older than the days of retention; how many there were."""
        return self._purge.run(now)

    def reapply(self) -> int:
        """Erase again what the ledger names, before anything is served: a restored backup may still hold it.

        Returns how many conversations were found and erased.
        """
        marks = self._ledger.reconcile()
        if not marks:
            return 0
        count = self._database.write(
            lambda session: self._transcripts.forget_where(session, lambda digest: self._ledger.mark(digest) in marks)
        )
        if count:
            self._database.clear_traces()
        return count
