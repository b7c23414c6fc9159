from collections.abc import Sequence

import pytest

from assistant.answering.period_fit import fitting_period
from knowledge.clause import PolicyVersion
from knowledge.periods.extraction import extract
from knowledge.periods.table import PeriodTable
from tests.knowledge.periods.policies import first_version, invented_version

FIRST = first_version()
INVENTED = invented_version()


def fit(version: PolicyVersion, question: str, clauses: Sequence[str]) -> str | None:
    found = fitting_period(question, [version.by_id[clause] for clause in clauses], PeriodTable(extract(version)))
    return found.clause.text[found.period.quote_start : found.period.quote_end] if found else None


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("I wrote to you on Friday, by when do you answer?", "within 72 hours"),
        ("I emailed 10 days ago and heard nothing, is that late?", "within 72 hours"),
        ("I asked for a copy of my data on Friday, by when is it due?", "within 30 days"),
        ("I applied to see my records three weeks ago and nothing came, is it overdue?", "within 30 days"),
        ("my export request is from 3 March 2026 and there is no answer", "within 30 days"),
        ("I asked you to correct my name on 3 March 2026, by when is it done?", None),
    ],
)
def test_of_two_deadlines_in_a_clause_the_one_that_was_asked_for_fits(question: str, quote: str | None) -> None:
    assert fit(FIRST, question, ["12.2.2"]) == quote


def test_a_retention_period_fits_by_its_subject_and_not_by_its_rank() -> None:
    question = "is the invoice of March 2021 still there?"
    assert fit(FIRST, question, ["7.1.2", "7.2.2", "7.1.3"]) == "seven years"


def test_a_period_about_another_matter_does_not_fit() -> None:
    assert fit(FIRST, "do you still keep my job application from 2020?", ["7.1.2", "7.2.1", "7.1.3"]) is None


def test_a_question_about_keeping_is_not_answered_with_a_deadline() -> None:
    assert fit(FIRST, "how long do you keep my access request of March 2021?", ["12.2.2"]) is None


def test_a_clause_far_down_the_list_is_not_what_was_asked() -> None:
    question = "is the invoice of March 2021 still there?"
    assert fit(FIRST, question, ["1.1.1", "1.1.2", "1.1.3", "7.1.3"]) is None


def test_a_question_that_asks_neither_how_long_nor_by_when_fits_nothing() -> None:
    assert fit(FIRST, "who sent me the invoice of March 2021?", ["7.1.3"]) is None


@pytest.mark.parametrize(
    ("question", "clause", "quote"),
    [
        ("chat of 3 March 2026: still stored?", "1.1.10", "14 days"),
        ("my photo of 3 March 2026: still stored?", "1.1.5", "a maximum of forty-five days"),
        ("seeds ordered on 3 March 2026: still stored?", "1.1.6", "6 to 12 months"),
        ("my seed order of 3 March 2026: still stored?", "1.1.6", "6 to 12 months"),
        ("my complaint of 3 March 2026: by when?", "2.1.3", "within 48 hours"),
    ],
)
def test_the_words_of_another_policy_fit_as_well(question: str, clause: str, quote: str | None) -> None:
    assert fit(INVENTED, question, [clause]) == quote
