import pytest

from evals.citations import judge, ndcg, reciprocal_rank
from evals.dataset import Case, Expect, Kind
from evals.workers import Found

ASKED = Case("t-1", Kind.SEVERAL, Expect.ANSWER, ("How long?",), gold=("1.1.1", "1.1.2"), also_ok=("1.1.3",))
UNSTATED = Case("t-2", Kind.NOT_STATED, Expect.ABSTAIN, ("Which cloud?",))
CHAT = Case("t-3", Kind.SMALL_TALK, Expect.SMALL_TALK, ("Hello",))
OTHER = ("9.1.1", "9.1.2", "9.1.3", "9.1.4", "9.1.5")


def mean_of(cases: list[Case], found: list[Found], measure: str) -> float | None:
    measured = getattr(judge(cases, found), measure)
    return None if measured is None else measured.mean


def test_the_first_is_right_where_it_is_fair_to_cite() -> None:
    found = [Found(("1.1.3",)), Found(("9.1.1", "1.1.1")), Found(())]
    assert mean_of([ASKED] * 3, found, "first_right") == pytest.approx(1 / 3)


def test_all_gold_must_stand_among_five() -> None:
    late = Found(("1.1.1", *OTHER[:4], "1.1.2"))
    assert mean_of([ASKED] * 2, [Found(("1.1.2", "9.1.1", "1.1.1")), late], "all_gold") == 0.5


def test_the_rank_is_that_of_the_first_fair_clause_and_nothing_below_five() -> None:
    assert reciprocal_rank(ASKED, ("9.1.1", "1.1.3", "1.1.1")) == 0.5
    assert reciprocal_rank(ASKED, (*OTHER, "1.1.1")) == 0.0
    assert reciprocal_rank(ASKED, ()) == 0.0


def test_gain_is_whole_where_the_needed_clauses_come_first_and_falls_with_their_place() -> None:
    assert ndcg(ASKED, ("1.1.2", "1.1.1", "9.1.1")) == pytest.approx(1.0)
    assert ndcg(ASKED, ("9.1.1", "1.1.2", "1.1.1")) == pytest.approx((0.6309 + 0.5) / 1.6309, abs=1e-4)
    assert ndcg(ASKED, ("1.1.1",)) == pytest.approx(1 / 1.6309, abs=1e-4)
    assert ndcg(ASKED, OTHER) == 0.0


def test_a_fair_clause_that_is_not_needed_takes_no_place() -> None:
    assert ndcg(ASKED, ("1.1.3", "1.1.1", "1.1.2")) == pytest.approx(1.0)


def test_only_a_way_that_says_so_has_caught_what_is_not_stated() -> None:
    found = [Found((), abstains=True), Found(()), Found(("1.1.1",)), Found(("1.1.1",), abstains=True)]
    assert mean_of([UNSTATED] * 4, found, "caught") == 0.25


def test_each_measure_is_over_the_cases_it_applies_to() -> None:
    cases, found = [ASKED, ASKED, UNSTATED, CHAT], [Found(("1.1.1",)), Found(()), Found(("1.1.1",)), Found(())]
    assert [mean_of(cases, found, name) for name in ("false_abstentions", "caught", "left")] == [0.5, 0.0, 1.0]
    assert [mean_of([CHAT], [Found(())], name) for name in ("first_right", "ndcg", "caught")] == [None] * 3
