"""Retention: transcripts whose last turn is too old are forgotten, and blank rows are swept up when they are many."""

from datetime import datetime, timedelta

from assistant.db.database import Database
from assistant.erasure.belongings import Belongings
from assistant.erasure.transcripts import Transcripts

# Between two chunks other writes get their turn.
CHUNK = 200
# A request expires when it was not proven in seven days; nobody is asked anything after that.
LONGEST_DIALOGUE = timedelta(days=8)


class Purge:
    def __init__(self, database: Database, transcripts: Transcripts, belongings: Belongings, *, days: int) -> None:
        self._database = database
        self._transcripts = transcripts
        self._belongings = belongings
        self._days = days

    def run(self, now: datetime) -> int:
        """Forget every conversation whose last turn is more than the days of retention old; how many there were.

        They need no entry in the ledger: in a restored backup they are as old as before, and the next run takes them.
        """
        before = now - timedelta(days=self._days)
        count = 0
        while forgotten := self._database.write(
            lambda session: self._transcripts.forget_idle(session, before=before, limit=CHUNK)
        ):
            count += forgotten
        self._sweep()
        left = self._database.write(
            lambda session: self._belongings.purge(session, before=now - LONGEST_DIALOGUE, now=now)
        )
        if count or left:
            self._database.clear_traces()
        return count

    def _sweep(self) -> None:
        with self._database.read() as session:
            needed = self._transcripts.needs_sweep(session)
        if needed:
            self._database.compact(self._transcripts.sweep)
