from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, MetaData, Table, create_engine, insert, select
from sqlalchemy.exc import StatementError

from assistant.db.types import UTCDateTime

TIMES = Table("times", MetaData(), Column("at", UTCDateTime))


def stored(value: datetime | None) -> datetime | None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TIMES.create(connection)
        connection.execute(insert(TIMES).values(at=value))
        back: datetime | None = connection.execute(select(TIMES.c.at)).scalar_one()
    return back


def test_an_instant_of_another_zone_comes_back_in_utc() -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    back = stored(datetime(2026, 3, 1, 2, 0, tzinfo=india))
    assert back == datetime(2026, 2, 28, 20, 30, tzinfo=UTC)
    assert back is not None
    assert back.tzinfo is UTC


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        stored(datetime(2026, 3, 1, 2, 0))  # noqa: DTZ001 the naive value is the point


def test_no_time_stays_none() -> None:
    assert stored(None) is None
