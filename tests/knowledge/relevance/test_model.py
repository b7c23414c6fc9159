import hashlib
import json
import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder.onnx import OnnxEncoder
from knowledge.relevance.model import CARD, FILE, WEIGHTS, DamagedRelevance, Relevance

CLAUSES = (
    "We keep invoices for seven years, as the tax office demands.",
    "Recordings of the telephone line are not made.",
    "You can change your cookie settings at any time at the foot of each page.",
)


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("for how long do my bills stay with you?", 0),
        ("are calls taped", 1),
        ("i clicked accept all by accident, can i undo it?", 2),
    ],
)
def test_the_clause_that_answers_is_told_from_those_that_do_not(
    encoder: OnnxEncoder, question: str, answer: int
) -> None:
    scores = Relevance(encoder).scores(question, CLAUSES)
    assert scores.argmax() == answer
    assert scores[answer] > np.delete(scores, answer).max() + 1


def test_what_no_clause_answers_is_seen(encoder: OnnxEncoder) -> None:
    scores = Relevance(encoder).scores("who at your office can read the invoices?", CLAUSES)
    assert scores.max() < Relevance(encoder).scores("how many years are invoices kept?", CLAUSES).max() - 1


def test_a_clause_has_nearly_the_same_score_in_any_company(encoder: OnnxEncoder) -> None:
    relevance = Relevance(encoder)
    together = relevance.scores("are calls taped?", CLAUSES)
    alone = [relevance.scores("are calls taped?", [clause])[0] for clause in CLAUSES]
    # Filling up changes the scale of the eight-bit activations a little.
    assert together == pytest.approx(alone, abs=0.7)


@pytest.mark.parametrize("question", ["", " ", "\ud800", "\0", "word " * 5_000])
def test_any_question_and_any_clause_has_a_score(encoder: OnnxEncoder, question: str) -> None:
    assert np.isfinite(Relevance(encoder).scores(question, [*CLAUSES, question])).all()


def test_many_threads_get_the_same_scores(encoder: OnnxEncoder) -> None:
    relevance = Relevance(encoder)
    asked = [f"question {number} about invoices" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        crowd = list(pool.map(lambda question: relevance.scores(question, CLAUSES), asked))
    assert np.allclose(crowd, [relevance.scores(question, CLAUSES) for question in asked], atol=1e-5)


def test_a_missing_file_is_said_and_the_model_not_used(
    encoder: OnnxEncoder, copied: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    (copied / FILE).unlink()
    relevance = Relevance(encoder, copied)
    assert not relevance.usable()
    assert "missing or damaged: reinstall" in caplog.text
    with pytest.raises(DamagedRelevance):
        relevance.scores("are calls taped?", CLAUSES)


def test_a_damaged_file_is_not_used(encoder: OnnxEncoder, copied: Path) -> None:
    with (copied / FILE).open("ab") as file:
        file.write(b" ")
    assert not Relevance(encoder, copied).usable()


def test_the_model_of_another_encoder_is_not_used(encoder: OnnxEncoder, copied: Path) -> None:
    card = json.loads((copied / CARD).read_text(encoding="utf-8"))
    (copied / CARD).write_text(json.dumps(card | {"encoder": "another"}), encoding="utf-8")
    assert not Relevance(encoder, copied).usable()
    assert Relevance(encoder).usable()


def test_what_is_no_model_is_not_used(encoder: OnnxEncoder, copied: Path) -> None:
    (copied / FILE).write_bytes(b"no model")
    card = json.loads((copied / CARD).read_text(encoding="utf-8"))
    named = card | {"sha256": hashlib.sha256(b"no model").hexdigest()}
    (copied / CARD).write_text(json.dumps(named), encoding="utf-8")
    assert not Relevance(encoder, copied).usable()
