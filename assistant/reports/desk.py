"""The reports of the desk: are we in time, and what does the policy leave open. Reads only."""

from datetime import datetime, timedelta

from assistant.clock import Clock
from assistant.db.database import Database
from assistant.errors import Invalid
from assistant.reports.gaps import GapReport, gap_report
from assistant.reports.sla import SlaReport, sla_report

LONGEST_DAYS = 366
USUAL_DAYS = 90


class BadPeriod(Invalid):
    def __init__(self) -> None:
        super().__init__(f"A report covers 1 to {LONGEST_DAYS} days.")


class Reports:
    """`days` is how far back from now a report looks; BadPeriod outside of 1 to 366."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def sla(self, *, days: int = USUAL_DAYS) -> SlaReport:
        """Which limits were kept, by kind of ticket, and what stands in the queue now."""
        since, now = self._period(days)
        with self._database.read() as session:
            return sla_report(session, since=since, until=now)

    def gaps(self, *, days: int = USUAL_DAYS) -> GapReport:
        """What visitors asked that the policy does not state. Transcripts past their retention count no more."""
        since, now = self._period(days)
        with self._database.read() as session:
            return gap_report(session, since=since, until=now)

    def _period(self, days: int) -> tuple[datetime, datetime]:
        if not 1 <= days <= LONGEST_DAYS:
            raise BadPeriod
        now = self._clock()
        return now - timedelta(days=days), now
