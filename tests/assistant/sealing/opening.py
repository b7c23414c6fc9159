"""A secret, and a clock that a test sets."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SECRET = b"an invented secret of some length"


@dataclass
class SetClock:
    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)
