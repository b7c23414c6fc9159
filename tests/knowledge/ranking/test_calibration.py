from hypothesis import given
from hypothesis import strategies as st

from knowledge.ranking.calibration import say_of_nearness

COUNTS = st.integers(0, 20_000)


@given(COUNTS, COUNTS, st.integers(1, 500))
def test_a_larger_bank_leaves_nearness_less_to_say(some: int, more: int, clauses: int) -> None:
    assert 0 <= say_of_nearness(some + more, clauses) <= say_of_nearness(some, clauses) <= 1


def test_it_says_everything_without_a_bank_and_nothing_beside_a_rich_one() -> None:
    assert say_of_nearness(0, 60) == 1
    assert say_of_nearness(40 * 60, 60) == 0


def test_a_policy_without_clauses_is_no_accident() -> None:
    assert say_of_nearness(0, 0) == 1
