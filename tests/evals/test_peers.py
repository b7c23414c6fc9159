import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import pytest
from rich.console import Console

from evals.dataset import Case, DatasetName, Expect, Kind, questions
from evals.memory import Memory
from evals.peers import plots
from evals.peers.__main__ import TABLE, kept
from evals.peers.abstention import best_threshold, withheld
from evals.peers.figures import Figures, figures_of
from evals.peers.measure import Course, measure
from evals.peers.table import console_table, markdown_table
from evals.peers.ways import PEERS, Peer, one_thread, versions
from evals.report import with_table
from evals.run import README
from evals.server import environment
from evals.side_by_side import STARTS, Measured, Way
from evals.workers import Found

ROOT = Path(__file__).parents[2]
ASKED = Case("t-1", Kind.ANSWERABLE, Expect.ANSWER, ("How long?",), gold=("1.1.1",))
UNSTATED = Case("t-2", Kind.NOT_STATED, Expect.ABSTAIN, ("Which cloud?",))
CASES = (ASKED, UNSTATED)


def scored(*scores: float) -> list[Found]:
    return [Found(("1.1.1",), score) for score in scores]


def course(name: str, found: list[Found], calibration: list[Found], rushed: list[Found | None]) -> Course:
    measured = Measured(name, [3.0, 1.0, 2.0], [Memory(50, 80), Memory(70, 60)], [10.0, 30.0], [20.0], 0.05, found)
    return Course(measured, calibration, rush_seconds=0.5, rushed=rushed, loaded=Memory(90.0, 100.0))


def peer() -> Figures:
    found = scored(0.9, 0.1)
    return figures_of(course("peer", found, scored(0.5, 0.4), [found[0], None]), CASES, (ASKED, UNSTATED))


def ours() -> Figures:
    found = [Found(("1.1.1",)), Found((), abstains=True)]
    return figures_of(course("ours", found, [Found(())] * 2, [*found]), CASES, CASES)


def test_the_threshold_withholds_at_most_four_answers_of_a_hundred() -> None:
    scores = [rank / 100 for rank in range(100)]
    threshold = best_threshold([ASKED] * 100, scored(*scores))
    assert threshold == 0.04
    assert sum(not one.cited for one in withheld(scored(*scores), threshold)) == 4


def test_answers_with_the_same_score_are_withheld_together_or_not_at_all() -> None:
    threshold = best_threshold([ASKED] * 50, scored(*[0.1] * 3, *[0.5] * 47))
    assert threshold == 0.1
    assert all(one.cited for one in withheld(scored(0.1, 0.5), threshold))


def test_what_the_policy_does_not_answer_has_no_say_in_the_threshold() -> None:
    assert best_threshold([ASKED, UNSTATED], scored(-0.2, -0.9)) == -0.2


def test_there_is_no_threshold_without_scores_or_without_answerable_questions() -> None:
    assert best_threshold([ASKED], [Found(("1.1.1",))]) is None
    assert best_threshold([UNSTATED], scored(0.3)) is None


def test_what_is_withheld_says_that_it_is_not_stated() -> None:
    assert withheld(scored(0.2, 0.3), 0.3) == (Found((), 0.2, abstains=True), Found(("1.1.1",), 0.3))


def test_a_way_is_judged_as_it_ships_and_with_its_threshold() -> None:
    figures = peer()
    assert figures.threshold == 0.5
    assert figures.shipped.caught is not None
    assert figures.shipped.caught.mean == 0.0
    assert figures.chosen.caught is not None
    assert figures.chosen.caught.mean == 1.0
    assert figures.chosen.first_right == figures.shipped.first_right


def test_a_way_with_a_verdict_of_its_own_has_no_threshold() -> None:
    assert ours().threshold is None
    assert ours().chosen == ours().shipped


def test_figures_are_medians_of_the_starts_and_sums_of_the_rest() -> None:
    figures = peer()
    assert (figures.start_seconds, figures.started) == (2.0, Memory(60, 70))
    assert (figures.p50_ms, figures.cpu_ms, figures.quietest_ms) == (20.0, 25.0, 20.0)
    assert (figures.rate, figures.failed, figures.differed) == (4.0, 1, 0)


def test_another_citation_under_threads_is_counted() -> None:
    found = scored(0.9, 0.1)
    assert figures_of(course("peer", found, found, [Found(("2.1.1",)), found[1]]), CASES, CASES).differed == 1


def test_the_table_shows_ours_first_and_how_many_times_as_much_others_take() -> None:
    console = Console(width=200, record=True)
    console.print(console_table([ours(), peer()], "Measured."))
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in console.export_text().splitlines()]
    assert ["p50 ms", "20.0", "20.0 (1.0x)"] in rows
    assert ["threshold", "", "0.500"] in rows
    assert ["failed / cited otherwise, 4 threads", "0 / 0", "1 / 0"] in rows


def test_the_table_for_the_readme_is_even_and_has_its_place() -> None:
    table = markdown_table([ours(), peer()], "Measured.")
    *lines, empty, said = table.splitlines()
    assert {line.count("|") for line in lines} == {4}
    assert (empty, said) == ("", "Measured.")
    assert table in with_table(README.read_text(encoding="utf-8"), TABLE, table)


def test_where_memory_is_not_known_its_cells_are_empty() -> None:
    found = scored(1.0)
    unknown = Course(Measured("peer", [1.0], [], [1.0], [1.0], 0.1, found), [], 1.0, [*found], None)
    figures = figures_of(unknown, [ASKED], [])
    assert "| peak until all answers, MiB |  |  |" in markdown_table([figures, figures], "")


def test_the_plots_are_drawn_from_the_figures_as_they_are_written(tmp_path: Path) -> None:
    found = json.loads(json.dumps(kept(CASES, [ours(), peer()], "Measured.")))
    drawn = plots.draw(found, tmp_path)
    assert len(drawn) == 4
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in drawn)


def test_what_is_kept_names_cases_and_no_words_of_theirs() -> None:
    written = json.dumps(kept(CASES, [ours(), peer()], "Measured."))
    assert "t-1" in written
    assert not any(case.turns[0] in written for case in CASES)


def test_ways_are_started_afresh_and_then_asked_everything_in_turns(tmp_path: Path) -> None:
    (tmp_path / "letters.py").write_text(
        "from evals.workers import Found, answer_questions\n"
        "answer_questions(lambda question: Found((question[0],), float(len(question))))\n"
    )
    environ = {**environment(tmp_path), "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    heard: list[tuple[str, int, int]] = []
    asked = [f"{letter}?" for letter in "abcdefgh" * 8]
    courses = measure(
        [Way("one", "letters", (), environ), Way("two", "letters", (), environ)],
        asked,
        ["why?"],
        progress=lambda *done: heard.append(done),
    )
    for each in courses:
        assert [one.cited for one in each.measured.found] == [(question[0],) for question in asked]
        assert each.rushed == each.measured.found
        assert each.calibration == [Found(("w",), 4.0)]
        assert len(each.measured.start_seconds) == STARTS
        assert len(each.measured.block_medians) == 2
    assert heard == [
        ("one by one", 50, 64),
        ("one by one", 64, 64),
        ("by four threads", 64, 64),
        ("for thresholds", 1, 1),
    ]


def test_a_peer_with_a_part_missing_is_not_installed() -> None:
    assert versions(Peer("x", "x", ("numpy", "no-such-distribution"))) == {}
    assert versions(Peer("x", "x", ("numpy",))) == {"numpy": version("numpy")}


@pytest.mark.parametrize("each", PEERS, ids=lambda each: each.module)
def test_every_peer_has_its_worker(each: Peer) -> None:
    assert (ROOT / f"{each.module.replace('.', '/')}.py").is_file()


def test_the_same_way_with_one_thread_differs_in_nothing_else() -> None:
    way = Way("peer", "letters", ("a",), {"HOME": "/"})
    assert asdict(one_thread(way)) == asdict(way) | {
        "name": "peer, one thread",
        "environ": {"HOME": "/", "OMP_NUM_THREADS": "1"},
    }


def test_questions_stand_alone_and_are_the_same_in_every_run() -> None:
    some, everything = questions(DatasetName.CALIBRATION, 9), questions(DatasetName.CALIBRATION)
    assert len(some) == 9
    assert some == questions(DatasetName.CALIBRATION, 9)
    assert set(some) < set(everything)
    assert {len(case.turns) for case in everything} == {1}
