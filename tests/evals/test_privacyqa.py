import json
from pathlib import Path

import numpy as np
import pytest

from evals.privacyqa import Asked, ask, average_precision, main, separation
from knowledge.encoder.onnx import OnnxEncoder


def scores(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


def asked(top: float, *, evident: bool) -> Asked:
    return Asked("p", scores(top, 0.0), np.array([evident, False]))


def test_average_precision_is_the_mean_of_the_shares_down_to_each_relevant_sentence() -> None:
    assert average_precision(scores(0.9, 0.8, 0.7), np.array([True, False, True])) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(scores(0.1, 0.8, 0.7), np.array([True, False, False])) == pytest.approx(1 / 3)


def test_evidence_above_and_below_silence_is_told_apart() -> None:
    assert separation([asked(0.9, evident=True), asked(0.5, evident=False)]) == 1.0
    assert separation([asked(0.4, evident=True), asked(0.5, evident=False)]) == 0.0
    assert separation([asked(0.5, evident=True), asked(0.5, evident=False)]) == 0.5


def test_a_policy_whose_questions_all_have_evidence_says_nothing_of_separation() -> None:
    assert separation([asked(0.9, evident=True)]) is None


def test_a_question_is_ranked_over_the_sentences_of_its_own_policy(tmp_path: Path) -> None:
    sentences = [
        {"sid": "1-0", "doc": "one", "text": "We keep invoices for seven years."},
        {"sid": "1-1", "doc": "one", "text": "We never sell your data."},
        {"sid": "2-0", "doc": "two", "text": "Invoices are kept for ten years."},
    ]
    question = {"qid": "q", "doc": "one", "question": "how long are invoices kept?", "any_relevant": ["1-0"]}
    (tmp_path / "sentences.jsonl").write_text("\n".join(map(json.dumps, sentences)), encoding="utf-8")
    (tmp_path / "questions.jsonl").write_text(json.dumps(question), encoding="utf-8")
    (found,) = ask(tmp_path, OnnxEncoder())
    assert found.relevant.tolist() == [True, False]
    assert found.scores[0] > found.scores[1]


def test_without_the_data_one_line_says_how_to_name_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path), "--report", str(tmp_path / "report")])
    assert "is not measured: name the folder" in " ".join(capsys.readouterr().out.split())
    assert not (tmp_path / "report").exists()
