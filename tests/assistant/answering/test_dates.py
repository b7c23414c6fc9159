from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.date_values import DateRange, Doubt, Order, Unclear
from assistant.answering.dates import find_dates

# A Sunday.
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=ZoneInfo("Asia/Kolkata"))

DAYS = [
    ("my application on 1st of this month", "2026-11-01", "1st of this month"),
    ("sent on the 31 last month", "2026-10-31", "31 last month"),
    ("12/03/2021", "2021-03-12", "12/03/2021"),
    ("2021-03-12", "2021-03-12", "2021-03-12"),
    ("3rd of november", "2026-11-03", "3rd of november"),
    ("yesterday", "2026-11-21", "yesterday"),
    ("on monday", "2026-11-16", "monday"),
    ("12 मार्च 2021", "2021-03-12", "12 मार्च 2021"),
    ("12/25/2020", "2020-12-25", "12/25/2020"),
    ("12.03.2021", "2021-03-12", "12.03.2021"),
    ("12-Mar-2021", "2021-03-12", "12-Mar-2021"),
    ("12th March, 2021", "2021-03-12", "12th March, 2021"),
    ("March 12, 2021", "2021-03-12", "March 12, 2021"),
    ("March 12th 2021", "2021-03-12", "March 12th 2021"),
    ("12 mar 21", "2021-03-12", "12 mar 21"),
    ("5 may 2022", "2022-05-05", "5 may 2022"),
    ("may 5, 2022", "2022-05-05", "may 5, 2022"),
    ("10 days ago", "2026-11-12", "10 days ago"),
    ("the day before yesterday", "2026-11-20", "the day before yesterday"),
    ("if I unsubscribe today", "2026-11-22", "today"),
    ("tomorrow", "2026-11-23", "tomorrow"),
    ("20 Nov 2026 at 6:30", "2026-11-20", "20 Nov 2026"),
    ("before 1 april 2022", "2022-04-01", "1 april 2022"),
    ("the invoice of 15/08/19", "2019-08-15", "15/08/19"),
    ("finished 3 oct", "2026-10-03", "3 oct"),
    ("on 31/12/99", "1999-12-31", "31/12/99"),
    ("aaj", "2026-11-22", "aaj"),
    ("तारीख 12 मार्च 2021", "2021-03-12", "12 मार्च 2021"),
]
SPANS = [
    ("March 2021", "2021-03-01", "2021-03-31", "month", "March 2021"),
    ("in Mar 21", "2021-03-01", "2021-03-31", "month", "Mar 21"),
    ("march '21", "2021-03-01", "2021-03-31", "month", "march '21"),
    ("in 2019", "2019-01-01", "2019-12-31", "year", "2019"),
    ("last year", "2025-01-01", "2025-12-31", "year", "last year"),
    ("last March", "2026-03-01", "2026-03-31", "month", "last March"),
    ("2 months ago", "2026-09-01", "2026-09-30", "month", "2 months ago"),
    ("2 months back", "2026-09-01", "2026-09-30", "month", "2 months back"),
    ("FY 2021-22", "2021-04-01", "2022-03-31", "year", "FY 2021-22"),
    ("FY21-22", "2021-04-01", "2022-03-31", "year", "FY21-22"),
    ("financial year 2019-2020", "2019-04-01", "2020-03-31", "year", "financial year 2019-2020"),
    ("end of 2020", "2020-12-01", "2020-12-31", "month", "2020"),
    ("pichle saal", "2025-01-01", "2025-12-31", "year", "pichle saal"),
    ("do mahine pehle", "2026-09-01", "2026-09-30", "month", "do mahine pehle"),
    ("2 साल पहले", "2024-01-01", "2024-12-31", "year", "2 साल पहले"),
    ("पिछले महीने", "2026-10-01", "2026-10-31", "month", "पिछले महीने"),
    ("03/2021", "2021-03-01", "2021-03-31", "month", "03/2021"),
    ("2019-20", "2019-04-01", "2020-03-31", "year", "2019-20"),
    ("a week ago", "2026-11-09", "2026-11-15", "day", "a week ago"),
    ("since Sept 2020", "2020-09-01", "2020-09-30", "month", "Sept 2020"),
    ("3 weeks from now", "2026-12-07", "2026-12-13", "day", "3 weeks from now"),
    ("last week", "2026-11-09", "2026-11-15", "day", "last week"),
    ("this month", "2026-11-01", "2026-11-30", "month", "this month"),
    ("in the year 2018", "2018-01-01", "2018-12-31", "year", "2018"),
    ("end of march 2021", "2021-03-01", "2021-03-31", "month", "march 2021"),
    ("early 2020", "2020-01-01", "2020-12-31", "year", "2020"),
    ("in may", "2026-05-01", "2026-05-31", "month", "may"),
    ("last may", "2026-05-01", "2026-05-31", "month", "last may"),
    ("do you keep my 2021 invoice", "2021-01-01", "2021-12-31", "year", "2021"),
    ("5 years ago", "2021-01-01", "2021-12-31", "year", "5 years ago"),
]
TIMES = [
    ("I wrote on Friday at 6 pm", "2026-11-20T18:00", "Friday at 6 pm"),
    ("72 hours ago", "2026-11-19T14:30", "72 hours ago"),
    ("5 hours ago", "2026-11-22T09:30", "5 hours ago"),
    ("if I write on Friday at 6 pm, by when", "2026-11-27T18:00", "Friday at 6 pm"),
    ("6 pm on Friday", "2026-11-20T18:00", "6 pm on Friday"),
    ("20 Nov 2026, 18:30", "2026-11-20T18:30", "20 Nov 2026, 18:30"),
    ("2026-11-20T18:30", "2026-11-20T18:30", "2026-11-20T18:30"),
    ("Friday evening at 6 pm", "2026-11-20T18:00", "Friday evening at 6 pm"),
    ("Nov 19th at 9am", "2026-11-19T09:00", "Nov 19th at 9am"),
]
UNCLEAR = [
    ("signed up in January.", Doubt.WHICH_YEAR, "January"),
    ("on the 31st of this month", Doubt.IMPOSSIBLE, "31st of this month"),
    ("Mar 21", Doubt.DAY_OR_YEAR, "Mar 21"),
    ("3rd of march", Doubt.WHICH_YEAR, "3rd of march"),
    ("on sunday", Doubt.WHICH_DAY, "sunday"),
    ("on sun", Doubt.WHICH_DAY, "sun"),
    ("FY 2021", Doubt.WHICH_SPAN, "FY 2021"),
    ("on diwali", Doubt.WHICH_DAY, "diwali"),
    ("kal", Doubt.WHICH_DAY, "kal"),
    ("31/02/2021", Doubt.IMPOSSIBLE, "31/02/2021"),
    ("13/13/2020", Doubt.IMPOSSIBLE, "13/13/2020"),
    ("03/04", Doubt.WHICH_YEAR, "03/04"),
    ("from 3/4", Doubt.WHICH_YEAR, "3/4"),
    ("13/2021", Doubt.IMPOSSIBLE, "13/2021"),
    ("2003-04", Doubt.WHICH_SPAN, "2003-04"),
    ("on 5 may", Doubt.WHICH_YEAR, "5 may"),
    ("a few weeks ago", Doubt.WHICH_DAY, "a few weeks ago"),
    ("more than 3 years ago", Doubt.WHICH_DAY, "more than 3 years ago"),
    ("30 February 2024", Doubt.IMPOSSIBLE, "30 February 2024"),
    ("29 feb 2023", Doubt.IMPOSSIBLE, "29 feb 2023"),
    ("Q3 2021", Doubt.WHICH_SPAN, "Q3 2021"),
    ("since March", Doubt.WHICH_YEAR, "March"),
    ("the project ended in December", Doubt.WHICH_YEAR, "December"),
]
NO_DATES = [
    "may I see my data",
    "may you delete this",
    "may 30 days pass",
    "the mar on my record",
    "the sun is out",
    "I sat there",
    "5",
    "2021 users",
    "in 2021 cases",
    "24/7",
    "version 2.3.1",
    "v1.2.2021",
    "clause 7.1.3",
    "12.2.2",
    "72 hours",
    "7 years",
    "within 30 days",
    "in 30 days",
    "five years",
    "march on",
    "a decade of data",
    "call +91 8491 999 899",
    "mail me at jan2021@example.com",
    "https://example.com/2021/03/12",
    "IP 192.168.10.12",
    "9/11",
    "50/50",
    "1/2 of it",
    "room 2021",
    "ISO 27001",
    "GDPR 2016/679",
    "ticket CM-7F3K-92QD",
    "mondays",
    "Do you sell to April or June?",
    "I live in Mayfair",
    "the second of two",
    "new year offers",
    "we keep 12 months of logs",
    "sat",
    "2,021 files",
    "price 2020.50",
    "4.5 stars",
    "Rule 2011",
    "invoice no 2021/03",
    "section 2019",
    "every Friday",
    "june",
    "the May report",
    "5 may be too many",
    "every Friday",
    "order 12-2021-77",
    "marching 2021 times",
    "I have 3 mar cards",
    "decisions of 2021 clients",
]


def the_one(text: str, order: Order = "DMY") -> DateRange | Unclear:
    (found,) = find_dates(text, order=order, now=NOW)
    return found


def the_range(text: str, order: Order = "DMY") -> DateRange:
    found = the_one(text, order)
    assert isinstance(found, DateRange)
    return found


@pytest.mark.parametrize(("text", "day", "phrase"), DAYS)
def test_a_day_is_one_day_without_a_time(text: str, day: str, phrase: str) -> None:
    found = the_range(text)
    assert (found.first, found.last, found.time) == (date.fromisoformat(day), date.fromisoformat(day), None)
    assert text[found.start : found.end] == phrase


@pytest.mark.parametrize(("text", "first", "last", "precision", "phrase"), SPANS)
def test_what_is_missing_widens_the_range(text: str, first: str, last: str, precision: str, phrase: str) -> None:
    found = the_range(text)
    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert found.precision == precision
    assert text[found.start : found.end] == phrase


@pytest.mark.parametrize(("text", "moment", "phrase"), TIMES)
def test_a_time_beside_a_day_is_kept(text: str, moment: str, phrase: str) -> None:
    found = the_range(text)
    assert found.time is not None
    assert datetime.combine(found.first, found.time) == datetime.fromisoformat(moment)
    assert text[found.start : found.end] == phrase


@pytest.mark.parametrize(("text", "doubt", "phrase"), UNCLEAR)
def test_a_doubt_stays_a_doubt(text: str, doubt: Doubt, phrase: str) -> None:
    found = the_one(text)
    assert isinstance(found, Unclear)
    assert found.reason is doubt
    assert text[found.start : found.end] == phrase


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text, order="DMY", now=NOW) == ()


@pytest.mark.parametrize(("order", "day"), [("DMY", date(2021, 4, 3)), ("MDY", date(2021, 3, 4))])
def test_the_order_of_the_organisation_settles_which_is_the_month(order: Order, day: date) -> None:
    assert the_range("03/04/2021", order).first == day


def test_an_order_that_puts_the_year_first_does_not_settle_day_and_month() -> None:
    found = the_one("03/04/2021", "YMD")
    assert isinstance(found, Unclear)
    assert found.reason is Doubt.WHICH_ORDER


def test_two_digits_in_front_are_the_year_where_the_order_says_so() -> None:
    assert the_range("21/04/03", "YMD").first == date(2021, 4, 3)


def test_the_day_and_the_month_may_be_equal_in_any_order() -> None:
    assert the_range("05/05/2021", "YMD").first == date(2021, 5, 5)


def test_two_dates_are_found_in_reading_order() -> None:
    found = find_dates("emails of 3 March 2021 and 05/05/2022: still stored?", order="DMY", now=NOW)
    assert [value.first for value in found if isinstance(value, DateRange)] == [date(2021, 3, 3), date(2022, 5, 5)]


def test_a_sentence_that_looks_ahead_means_the_next_friday() -> None:
    assert the_range("if I write on Friday, by when do you answer?").first == date(2026, 11, 27)
    assert the_range("if I wrote on Friday, by when do you answer?").first == date(2026, 11, 20)


def test_the_financial_year_starts_where_the_organisation_says() -> None:
    (found,) = find_dates("FY 2019-20", order="DMY", now=NOW, year_starts=7)
    assert isinstance(found, DateRange)
    assert (found.first, found.last) == (date(2019, 7, 1), date(2020, 6, 30))


@pytest.mark.parametrize("text", ["Friday at 25 pm", "Friday at 13 pm", "12 March 2021 at 10:15"])
def test_a_time_that_leaves_open_which_half_of_the_day_it_means_is_not_kept(text: str) -> None:
    assert the_range(text).time is None


def test_noon_and_midnight_hours_are_read_on_the_twelve_hour_clock() -> None:
    assert the_range("yesterday at 12 pm").time == time(12)
    assert the_range("yesterday at 12:05 am").time == time(0, 5)
    assert the_range("yesterday at noon").time == time(12)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_any_day_written_in_figures_or_with_its_month_is_read_back(day: date) -> None:
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day} {day:%B %Y}", f"on {day:%b} {day.day}, {day.year}"):
        assert the_range(text).first == the_range(text).last == day


@given(st.text(alphabet="0123456789/-. marchyfq'\u0660\u0967", max_size=60))
def test_any_scribble_is_read_without_an_error_and_phrases_never_overlap(text: str) -> None:
    found = find_dates(text, order="DMY", now=NOW)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= value.start < value.end <= len(text) for value in found)
