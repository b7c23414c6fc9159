from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.answering.computing import AskDate, Computed, compute
from assistant.answering.date_values import Order
from assistant.words.book import words_of
from knowledge.clause import PolicyVersion
from knowledge.periods.extraction import extract
from knowledge.periods.table import PeriodTable, load_periods
from tests.knowledge.periods.policies import FIRST_FOLDER, first_version, invented_version

KOLKATA = ZoneInfo("Asia/Kolkata")
BERLIN = ZoneInfo("Europe/Berlin")
FIRST = first_version()
FIRST_TABLE = load_periods(FIRST_FOLDER, FIRST)
INVENTED = invented_version()
# 14:30 on a Sunday in Kolkata.
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def answer(
    question: str,
    *clauses: str,
    version: PolicyVersion = FIRST,
    now: datetime = NOW,
    zone: ZoneInfo = KOLKATA,
    order: Order = "DMY",
) -> Computed | AskDate | None:
    table = FIRST_TABLE if version is FIRST else PeriodTable(extract(version))
    found: Sequence[str] = clauses
    return compute(
        question,
        [version.by_id[clause] for clause in found],
        table,
        order=order,
        now=now,
        zone=zone,
        words=words_of("en"),
    )


def computed(question: str, *clauses: str, version: PolicyVersion = FIRST, now: datetime = NOW) -> str:
    told = answer(question, *clauses, version=version, now=now)
    assert isinstance(told, Computed)
    assert told.clause.id == clauses[0]
    return told.text


def asked(question: str, *clauses: str) -> str:
    told = answer(question, *clauses)
    assert isinstance(told, AskDate)
    return told.text


def test_a_minimum_counted_from_a_month_ends_not_before_the_next_one() -> None:
    text = computed("our project ended in March 2021, are the files still there?", "7.1.2", "7.1.3")
    assert text.startswith(
        "Counted from March 2021, a minimum of five years runs to 31 March 2026 at the latest, "
        "so not before April 2026."
    )
    assert "“after project completion”" in text


def test_a_minimum_counted_from_a_day_names_days() -> None:
    text = computed("the project was completed on 29 February 2024, when could the files go?", "7.1.2")
    assert "a minimum of five years runs to 28 February 2029, so not before 1 March 2029." in text


def test_an_invoice_of_a_financial_year_is_counted_from_its_end() -> None:
    text = computed("invoice from FY 2019-20: is it still there?", "7.1.3")
    assert text.startswith(
        "Counted from 1 April 2019 to 31 March 2020, seven years runs to 31 March 2027 at the latest."
    )
    assert "The policy does not say from when it counts." in text


def test_typically_stays_typically() -> None:
    text = computed("is the analytics data of my visit in June 2024 deleted?", "7.2.2")
    assert "a period of typically two years runs to 30 June 2026 at the latest." in text


def test_the_exception_of_the_clause_is_told() -> None:
    text = computed("how long until my marketing data is gone if I unsubscribe today?", "7.2.1")
    assert "Counted from 22 November 2026, three years runs to 22 November 2029." in text
    assert "“unless you request earlier deletion”" in text


def test_hours_from_a_time_of_day_end_at_a_time_of_day() -> None:
    assert computed("I wrote on Friday at 6 pm, by when do you answer?", "12.2.2") == (
        "Counted from Friday, 20 November 2026, 18:00, the policy's aim of “within 72 hours” comes to an end on "
        "Monday, 23 November 2026, 18:00. That time is not over yet. The hours are counted straight through: the "
        "policy does not name weekends or holidays."
    )


def test_hours_from_a_day_end_in_the_course_of_a_day() -> None:
    text = computed("I emailed you 10 days ago and no answer, is it late?", "12.2.2")
    assert "in the course of Sunday, 15 November 2026. That time is over." in text


def test_whether_hours_are_over_may_depend_on_the_time_of_day() -> None:
    text = computed("I wrote on 19 November 2026, is the answer late?", "12.2.2")
    assert "in the course of Sunday, 22 November 2026. Whether that time is over depends" in text


def test_days_of_a_deadline_end_with_a_weekday() -> None:
    text = computed("I asked for a copy of my data on 03/11/2026, by when is it due?", "12.2.2")
    assert "the policy's aim of “within 30 days” comes to an end on Thursday, 3 December 2026." in text
    assert "hours" not in text


def test_the_last_day_of_a_deadline_is_not_over() -> None:
    question = "I asked for a copy of my data on 03/11/2026, by when is it due?"
    evening = datetime(2026, 12, 3, 23, 59, tzinfo=KOLKATA)
    morning = datetime(2026, 12, 4, 0, 1, tzinfo=KOLKATA)
    assert "That time is over." not in computed(question, "12.2.2", now=evening)
    assert "That time is over." in computed(question, "12.2.2", now=morning)


def test_today_is_the_day_in_the_zone_of_the_organisation() -> None:
    late = datetime(2026, 11, 22, 20, tzinfo=UTC)
    text = computed("if I write today, by when do you answer?", "12.2.2", now=late)
    assert text.startswith("Counted from Monday, 23 November 2026")


def test_hours_over_a_change_of_the_clocks_are_elapsed_hours() -> None:
    monday = datetime(2026, 3, 30, 9, tzinfo=UTC)
    told = answer("I wrote on 27 March 2026 at 6 pm, when will you reply?", "12.2.2", now=monday, zone=BERLIN)
    assert isinstance(told, Computed)
    assert "on Monday, 30 March 2026, 19:00." in told.text


def test_a_range_of_months_ends_between_two_days() -> None:
    text = computed("my seed order of 31 August 2025: is it still stored?", "1.1.6", version=INVENTED)
    assert "6 to 12 months runs to a day between 28 February 2026 and 31 August 2026." in text


def test_business_days_say_what_they_leave_out() -> None:
    text = computed("I sent a letter on 20 November 2026, when do you answer?", "2.1.1", version=INVENTED)
    assert "“within five business days” comes to an end on Friday, 27 November 2026." in text
    assert "public holidays are not" in text


def test_a_maximum_ends_at_the_latest() -> None:
    text = computed("is the photo of 1 November 2026 still kept?", "1.1.5", version=INVENTED)
    assert "a maximum of forty-five days runs to 16 December 2026 at the latest." in text


def test_hours_of_keeping_end_on_a_day() -> None:
    text = computed("is the camera recording of 1 November 2026 still kept?", "1.1.11", version=INVENTED)
    assert "72 hours runs to 4 November 2026." in text


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("invoice of 03/04, is it still there?", "Which day did you mean by 03/04? Please add the year"),
        ("invoice from 31/02/2021: is it still there?", "“31/02/2021” is no day in the calendar"),
        ("invoice from around diwali: is it still there?", "Which day did you mean by “diwali”?"),
        ("invoices of 3 March 2021 and 5 May 2022: still there?", "more than one date: 3 March 2021, 5 May 2022"),
        ("invoice from before 2020: is it still there?", "“2020” alone leaves it open"),
        ("invoice of FY 2021: is it still there?", "Which months did you mean by FY 2021?"),
    ],
)
def test_a_date_that_does_not_say_which_day_is_asked_for(question: str, part: str) -> None:
    assert part in asked(question, "7.1.3")


def test_a_start_that_the_policy_does_not_count_from_is_asked_about() -> None:
    assert asked("our project started in March 2021, are the files still there?", "7.1.2") == (
        "The policy counts “after project completion”. When was that? A month and a year are enough."
    )


def test_two_readings_are_asked_about_where_the_order_does_not_settle_them() -> None:
    told = answer("invoice of 03/04/2021, is it still there?", "7.1.3", order="YMD")
    assert isinstance(told, AskDate)
    assert "write the month as a word" in told.text


def test_a_day_to_compare_with_gives_way_to_the_day_to_count_from() -> None:
    assert "Counted from March 2021" in computed("Will my invoice of March 2021 be deleted before 2027?", "7.1.3")


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("when could the files go?", "7.1.2"),
        ("how long do you keep invoices?", "7.1.3"),
        ("do you answer 24/7?", "12.2.2"),
        ("may I see how long you keep invoices?", "7.1.3"),
        ("will you still have my invoice in 2030?", "7.1.3"),
        ("do you still have my job application from 2020?", "7.1.2"),
        ("I asked you to delete my data on 1 Nov 2026, by when is it done?", "12.2.2"),
        ("what did you collect in March 2021?", "1.1.2"),
        ("do you still have the file from diwali?", "1.1.2"),
        ("project finished in 9999, are the files kept?", "7.1.2"),
    ],
)
def test_without_a_date_to_count_from_or_a_period_that_fits_nothing_is_computed(question: str, clause: str) -> None:
    assert answer(question, clause) is None


@pytest.mark.parametrize("year", range(2005, 2027))
def test_no_sentence_claims_that_something_was_or_will_be_deleted(year: int) -> None:
    text = computed(f"project finished in {year}, were the files deleted?", "7.1.2")
    claims = ("was deleted cannot be told from it", "be deleted", "been deleted", "is deleted", "were deleted")
    assert all(claim not in text for claim in claims[1:])


def test_what_has_been_there_since_a_date_is_counted_from_it() -> None:
    computed = answer("you have had my bills since May 2020, when do they go?", "7.1.3")
    assert isinstance(computed, Computed)
    assert "31 May 2027" in computed.text
