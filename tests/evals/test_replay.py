"""Twelve cases through the real assistant on the shipped policy and its whole bank."""

import pytest

from assistant.answering.selection import LEAST, SHARE_OF_BEST, select
from assistant.bootstrap import Assistant
from evals.calibrate import Found, quoted, reliability, rules, separation, thresholds
from evals.dataset import Case, DatasetName, Expect, load_named
from evals.replay import Observed, find, published_now, replay
from evals.run import judge
from evals.summary import Measure, summarise

CASES = ("a-001", "a-004", "a-151", "a-191", "a-221", "a-261", "a-262", "a-336", "a-362", "a-401", "a-423", "a-427")


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    chosen = {case.id: case for case in load_named(DatasetName.ANSWERS)}
    return tuple(chosen[name] for name in CASES)


@pytest.fixture(scope="module")
def observed(codemites: Assistant, cases: tuple[Case, ...]) -> tuple[Observed, ...]:
    return replay(codemites, cases)


def test_every_case_gets_a_reply_with_its_time_and_a_margin_where_it_stands_alone(
    observed: tuple[Observed, ...],
) -> None:
    assert [one.case.id for one in observed] == list(CASES)
    assert all(one.seconds > 0 for one in observed)
    assert [one.case.id for one in observed if one.margin is None] == ["a-401", "a-423"]


def test_a_case_is_a_conversation_of_its_own_with_every_turn_in_it(
    codemites: Assistant, observed: tuple[Observed, ...]
) -> None:
    conversations = [one.reply["conversation_id"] for one in observed]
    assert len(set(conversations)) == len(CASES)
    turns = [len(codemites.front_desk.transcript(conversation).turns) for conversation in conversations]
    assert turns == [len(one.case.turns) for one in observed]


def test_every_reply_quotes_the_published_text_and_most_are_wholly_right(
    codemites: Assistant, observed: tuple[Observed, ...]
) -> None:
    judged = [judge(one, published_now(codemites)) for one in observed]
    measures = summarise(judged)[-1].measures
    verbatim, right = measures[Measure.VERBATIM], measures[Measure.RIGHT]
    assert verbatim is not None
    assert right is not None
    assert verbatim.mean == 1
    assert right.mean > 0.7


def test_progress_hears_of_every_case(codemites: Assistant, cases: tuple[Case, ...]) -> None:
    heard: list[tuple[int, int]] = []
    replay(codemites, cases[:3], progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


@pytest.fixture(scope="module")
def found(codemites: Assistant) -> tuple[Found, ...]:
    alone = [case for case in load_named(DatasetName.CALIBRATION) if len(case.turns) == 1]
    return tuple(Found(case, find(codemites, case.turns[0])) for case in alone[::6])


def test_the_rule_of_the_calibration_is_the_one_that_answers(codemites: Assistant, found: tuple[Found, ...]) -> None:
    version = published_now(codemites).version
    assert [quoted(one.finding, version, least=LEAST, share_of_best=SHARE_OF_BEST) for one in found] == [
        tuple(clause.id for clause in select(one.finding, version)) for one in found
    ]


def test_a_larger_margin_turns_away_more_of_everything(found: tuple[Found, ...]) -> None:
    rows = thresholds(found, steps=(-9.0, -0.2, 0.0, 0.2, 9.0))
    for shares in (
        [row.false_abstentions for row in rows],
        [row.not_stated_caught for row in rows],
        [row.asides_caught for row in rows],
    ):
        assert shares == sorted(shares)
        assert (shares[0], shares[-1]) == (0, 1)


def test_margins_tell_what_the_policy_answers_from_what_it_does_not(found: tuple[Found, ...]) -> None:
    assert separation(found) > 0.9


def test_a_stricter_rule_quotes_less_of_what_is_needed_and_less_beyond_it(
    codemites: Assistant, found: tuple[Found, ...]
) -> None:
    grid = {(row.share_of_best, row.least): row for row in rules(found, published_now(codemites).version)}
    loosest, strictest = grid[min(grid)], grid[max(grid)]
    assert loosest.all_gold >= strictest.all_gold
    assert loosest.beyond > strictest.beyond


def test_the_bins_hold_every_pair_of_an_answerable_question_and_a_clause(
    codemites: Assistant, found: tuple[Found, ...]
) -> None:
    asked = [one for one in found if one.case.expect is Expect.ANSWER]
    pairs = len(asked) * len(published_now(codemites).version.clauses)
    bins = reliability(found)
    assert sum(one.pairs for one in bins) == pairs
    assert bins[-1].answer > bins[0].answer
