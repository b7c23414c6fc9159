import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from evals import plots
from evals.report import NoPlaceInReadme, Provenance, console_table, markdown_table, metrics, with_table
from evals.scoring import Score
from evals.summary import ALL, Judged, Measure, summarise

RIGHT = Score(
    all_gold=True,
    first_right=True,
    beyond=1,
    false_abstention=False,
    unanswered=False,
    caught=None,
    handled=None,
    includes=True,
    excludes=None,
    verbatim=True,
)
WRONG = replace(
    RIGHT, all_gold=False, first_right=False, beyond=None, false_abstention=True, unanswered=True, includes=False
)
CAUGHT = Score(None, None, None, None, None, caught=True, handled=None, includes=None, excludes=None, verbatim=True)
JUDGED = (
    Judged("t-1", "answerable", "answer", "answered", RIGHT, 10.0, 0.4),
    Judged("t-2", "answerable", "answer", "not_stated", WRONG, 20.0, -0.2),
    Judged("t-3", "not_stated", "abstain", "not_stated", CAUGHT, 30.0, -0.6),
    Judged("t-4", "followup", "answer", "answered", RIGHT, 40.0, None),
)
PROVENANCE = Provenance("answers", 4, "2026-11-22", "1", "ab" * 32, "g-0123", "make evals")


def test_a_row_a_kind_and_one_of_all() -> None:
    rows = summarise(JUDGED)
    assert [(row.kind, row.cases) for row in rows] == [("answerable", 2), ("not_stated", 1), ("followup", 1), (ALL, 4)]


def test_a_measure_is_taken_over_the_cases_that_it_applies_to() -> None:
    answerable, not_stated, _, everything = summarise(JUDGED)
    shares = {measure: found.mean for measure, found in everything.measures.items() if found}
    assert shares[Measure.ALL_GOLD] == pytest.approx(2 / 3)
    assert shares[Measure.FALSE_ABSTENTION] == pytest.approx(1 / 3)
    assert shares[Measure.BEYOND] == 1
    assert shares[Measure.CAUGHT] == 1
    assert shares[Measure.RIGHT] == pytest.approx(3 / 4)
    assert answerable.measures[Measure.CAUGHT] is None
    assert not_stated.measures[Measure.ALL_GOLD] is None
    assert everything.measures[Measure.HANDLED] is None


def test_latencies_are_percentiles_of_the_cases() -> None:
    assert summarise(JUDGED)[-1].p50_ms == pytest.approx(25.0)
    assert summarise(JUDGED)[-1].p95_ms == pytest.approx(38.5)


def test_the_console_table_names_every_kind_and_gives_limits_for_all() -> None:
    console = Console(width=200, record=True)
    console.print(console_table(summarise(JUDGED), PROVENANCE))
    shown = console.export_text()
    assert all(kind in shown for kind in ("answerable", "not stated", "followup", ALL))
    assert "66.7 (" in shown
    assert "index g-0123" in shown


def test_the_table_for_the_readme_has_a_line_for_each_row_and_says_what_was_measured() -> None:
    lines = markdown_table(summarise(JUDGED), PROVENANCE).splitlines()
    cells = [line.count("|") for line in lines[:6]]
    assert len(set(cells)) == 1
    assert lines[2].startswith("| answerable | 2 | 50.0 | 50.0 |")
    assert lines[5].startswith("| **all** | **4** |")
    assert lines[-1] == PROVENANCE.line


def test_the_table_takes_the_place_of_the_one_before_and_leaves_the_rest() -> None:
    readme = "above\n<!-- table: answers -->\nold\n<!-- end of table: answers -->\nbelow\n"
    once = with_table(readme, "answers", "new")
    assert once == readme.replace("old", "new")
    assert with_table(once, "answers", "new") == once


def test_a_readme_without_the_two_lines_is_left_alone() -> None:
    with pytest.raises(NoPlaceInReadme, match="table: calibration"):
        with_table("<!-- table: answers -->\n<!-- end of table: answers -->\n", "calibration", "new")


def test_the_plots_are_drawn_from_the_metrics_as_they_are_written(tmp_path: Path) -> None:
    found = json.loads(json.dumps(metrics(JUDGED, summarise(JUDGED), PROVENANCE)))
    drawn = plots.draw(found, tmp_path)
    assert sorted(path.name for path in drawn) == ["by_kind.png", "latency.png", "margins.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in drawn)


def test_the_metrics_name_cases_and_no_words_of_theirs() -> None:
    cases = metrics(JUDGED, summarise(JUDGED), PROVENANCE)["cases"]
    assert {value for case in cases for value in case.values() if isinstance(value, str)} == {
        *("t-1", "t-2", "t-3", "t-4"),
        *("answerable", "not_stated", "followup"),
        *("answer", "abstain"),
        *("answered", "not_stated"),
    }
