from evals.by_bank import ALL_HELD_OUT, Run, figures, markdown_table, rows
from evals.scoring import Score
from evals.summary import Judged, Measure


def score(*, right: bool) -> Score:
    return Score(right, right, 0 if right else None, not right, not right, None, None, None, None, None)


def judged(name: str, *, right: bool, outcome: str = "answered") -> Judged:
    return Judged(name, "answerable", "answer", outcome, score(right=right), 10.0, 0.1)


def run(policy: str, size: int, draw: int, *cases: Judged) -> Run:
    return Run(policy, size, draw, cases)


def test_a_case_counts_once_with_its_mean_over_the_draws() -> None:
    runs = [
        run("fernway", 100, 0, judged("a-1", right=True), judged("a-2", right=True)),
        run("fernway", 100, 1, judged("a-1", right=False), judged("a-2", right=True)),
    ]
    (row,) = rows(runs)
    first = row.measures[Measure.FIRST_RIGHT]
    assert first is not None
    assert (row.cases, first.count, first.mean) == (2, 2, 0.75)


def test_the_held_out_policies_stand_together_and_the_others_do_not_join_them() -> None:
    runs = [
        run("fernway", 0, 0, judged("a-1", right=False)),
        run("brightladder", 0, 0, judged("a-1", right=True)),
        run("havenshield", 0, 0, judged("a-1", right=True)),
    ]
    together = rows(runs)[-1]
    first = together.measures[Measure.FIRST_RIGHT]
    assert first is not None
    assert (together.policy, together.cases, first.mean) == (ALL_HELD_OUT, 2, 1.0)


def test_a_question_that_became_a_ticket_was_taken_for_something_else_and_one_not_stated_was_not() -> None:
    cases = (judged("a-1", right=False, outcome="ticket_opened"), judged("a-2", right=False, outcome="not_stated"))
    (row,) = rows([run("fernway", 0, 0, *cases)])
    assert row.taken is not None
    assert row.taken.mean == 0.5


def test_the_table_and_the_figures_have_a_line_for_each_row() -> None:
    runs = [run("fernway", 0, 0, judged("a-1", right=True)), run("fernway", 100, 0, judged("a-1", right=True))]
    found = rows(runs)
    assert len(markdown_table(found).splitlines()) == 2 + len(found)
    kept = figures(found, runs, "Measured.")
    assert [case["size"] for case in kept["cases"]] == [0, 100]
