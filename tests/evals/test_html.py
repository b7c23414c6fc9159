import json
from pathlib import Path

from evals.by_bank import Run, figures, rows
from evals.html import PAGE, main, page
from evals.report import Provenance, metrics
from evals.scoring import Score
from evals.summary import Judged, summarise

RIGHT = Score(True, True, 0, False, False, None, None, None, None, True)
MISSED = Score(None, None, None, None, None, False, None, None, None, None)
CASES = (
    Judged("t-1", "answerable", "answer", "answered", RIGHT, 10.0, 0.4),
    Judged("t-2", "not_stated", "abstain", "answered", MISSED, 20.0, 0.1),
)
PROVENANCE = Provenance("<set>", 2, "2026-11-22", "1", "ab" * 32, "g-1-2", "python -m evals.run")


def folder_with_answers(folder: Path) -> Path:
    found = metrics(CASES, summarise(CASES), PROVENANCE)
    (folder / "metrics.json").write_text(json.dumps(found), encoding="utf-8")
    return folder


def test_a_measurement_that_was_not_made_is_named(tmp_path: Path) -> None:
    main(["--report", str(tmp_path)])
    shown = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "python -m evals.run" in shown
    assert "python -m evals.policies" in shown
    assert "python -m evals.privacyqa" in shown


def test_an_outcome_that_was_not_due_is_marked_wrong(tmp_path: Path) -> None:
    shown = page(folder_with_answers(tmp_path))
    assert "<td>not stated</td><td>“the policy does not state this”</td><td class=wrong>1</td>" in shown
    assert "<td>answerable</td><td>an answer</td><td class=right>1</td>" in shown


def test_text_from_the_files_is_escaped(tmp_path: Path) -> None:
    shown = page(folder_with_answers(tmp_path))
    assert "&lt;set&gt;" in shown
    assert "<set>" not in shown


def test_plots_stand_in_the_page_and_nothing_is_fetched(tmp_path: Path) -> None:
    (folder_with_answers(tmp_path) / "margins.png").write_bytes(b"\x89PNG")
    shown = page(tmp_path)
    assert 'src="data:image/png;base64,iVBORw=="' in shown
    assert "http" not in shown
    assert "<script" not in shown


def test_each_size_of_bank_has_its_errors_by_kind(tmp_path: Path) -> None:
    runs = [Run("fernway", size, 0, CASES) for size in (0, 100)]
    (tmp_path / "policies.json").write_text(json.dumps(figures(rows(runs), runs, "Measured.")), encoding="utf-8")
    shown = page(tmp_path)
    assert "with a bank of 0, by kind" in shown
    assert "with a bank of 100, by kind" in shown
