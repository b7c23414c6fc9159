from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.answering.date_values import DateRange, Doubt, Precision
from assistant.answering.wording_computed import moment, since, span_of_time
from assistant.words.book import words_of
from knowledge.periods.period import Kind, Period, Unit

ENGLISH = words_of("en")
KOLKATA = ZoneInfo("Asia/Kolkata")


def test_every_doubt_has_a_question_that_repeats_the_phrase() -> None:
    asked = [ENGLISH(f"dates.unclear.{doubt.name.lower()}", phrase="03/04", example="-", month="-") for doubt in Doubt]
    assert all("03/04" in question and "?" in question for question in asked)


def test_midnight_is_told_as_the_end_of_the_day_before() -> None:
    assert moment(ENGLISH, datetime(2026, 3, 10, tzinfo=KOLKATA)) == "the end of Monday, 9 March 2026"
    assert moment(ENGLISH, datetime(2026, 3, 10, 1, tzinfo=KOLKATA)) == "Tuesday, 10 March 2026, 01:00"


@pytest.mark.parametrize(
    ("first", "last", "precision", "kind", "told"),
    [
        ("2026-03-09", "2026-03-09", Precision.DAY, Kind.DEADLINE, "Monday, 9 March 2026"),
        ("2026-03-09", "2026-03-09", Precision.DAY, Kind.RETENTION, "9 March 2026"),
        ("2026-03-01", "2026-03-31", Precision.MONTH, Kind.RETENTION, "March 2026"),
        ("2026-01-01", "2026-12-31", Precision.YEAR, Kind.RETENTION, "2026"),
        ("2019-04-01", "2020-03-31", Precision.YEAR, Kind.RETENTION, "1 April 2019 to 31 March 2020"),
    ],
)
def test_a_start_is_told_as_precisely_as_it_was_given(
    first: str, last: str, precision: Precision, kind: Kind, told: str
) -> None:
    found = DateRange(date.fromisoformat(first), date.fromisoformat(last), precision, None, 0, 1)
    assert since(ENGLISH, found, kind) == told


def test_a_word_that_softens_the_amount_is_kept() -> None:
    text = "Visits are typically kept for two years."
    start = text.index("two years")
    period = Period("0" * 12, 2, 2, Unit.YEARS, "typically", "Visits", "", Kind.RETENTION, start, start + 9)
    assert span_of_time(ENGLISH, period, text) == "a period of typically two years"
