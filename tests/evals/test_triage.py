import pytest

from assistant.reply import Intent, Right, Severity
from assistant.triage.utterances import Utterance
from assistant.triage.values import Triage
from evals.triage import FIGURES, Judged, cases, macro_f1, tables

REPORT = Utterance("a", Intent.SECURITY_REPORT, "x", severity=Severity.CRITICAL)
WISH = Utterance("b", Intent.RIGHTS_REQUEST, "x", rights=(Right.DELETION,))
ABOUT = Utterance("c", Intent.QUESTION, "x", kind="question_about")
HEARD = (
    Judged(REPORT, Triage((Intent.SECURITY_REPORT,), severity=Severity.HIGH)),
    Judged(WISH, Triage((Intent.RIGHTS_REQUEST,), rights=(Right.DELETION, Right.ACCESS))),
    Judged(ABOUT, Triage((Intent.RIGHTS_REQUEST,), rights=(Right.ACCESS,))),
)


def measured(name: str) -> list[bool]:
    figure = next(figure for figure in FIGURES if figure.name == name)
    return [figure.holds(each) for each in HEARD if figure.counts(each)]


def test_each_figure_counts_what_its_name_says() -> None:
    assert measured("first intent right") == [True, True, False]
    assert measured("security reports recognised") == [True]
    assert measured("critical taken for less") == [True]
    assert measured("rights requests recognised") == [True]
    assert measured("exactly the right kinds") == [False]
    assert measured("questions about a right taken for a request") == [True]


def test_macro_f1_is_the_mean_over_the_intents_there() -> None:
    assert macro_f1(HEARD) == pytest.approx((1 + 2 / 3 + 0) / 3)


def test_the_evaluation_set_is_masked_as_triage_would_get_it() -> None:
    told = cases()
    assert len(told) >= 600
    assert not any(mark in each.text for each in told for mark in ("[EMAIL]", "[PHONE]", "[API_KEY]", "[CODE]"))


def test_the_tables_show_no_message() -> None:
    figures, kinds = tables(HEARD)
    assert figures.row_count == 1 + len([figure for figure in FIGURES if any(map(figure.counts, HEARD))])
    assert kinds.row_count == len({each.case.kind for each in HEARD})
