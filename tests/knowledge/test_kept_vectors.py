from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder.protocol import Vectors
from knowledge.kept_vectors import FILE_NAME, keep_vectors, kept_vectors

TEXTS = ("one", "two", "\ud800 three")


@pytest.fixture
def vectors() -> Vectors:
    drawn = np.random.default_rng(3).normal(size=(3, 384)).astype(np.float32)
    unit: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return unit


def test_what_was_kept_comes_back_as_unit_vectors(tmp_path: Path, vectors: Vectors) -> None:
    keep_vectors(tmp_path, TEXTS, vectors, encoder="e")
    found = kept_vectors(tmp_path, [*TEXTS, "another"], encoder="e")
    assert set(found) == set(TEXTS)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert float(found[text] @ vector) > 0.9999
        assert float(np.linalg.norm(found[text])) == pytest.approx(1, abs=1e-5)


def test_another_encoder_has_none(tmp_path: Path, vectors: Vectors) -> None:
    keep_vectors(tmp_path, TEXTS, vectors, encoder="e")
    assert kept_vectors(tmp_path, TEXTS, encoder="f") == {}
    assert kept_vectors(tmp_path / "elsewhere", TEXTS, encoder="e") == {}


@pytest.mark.parametrize("share", [0.0, 0.3, 0.95])
def test_a_cut_off_file_is_as_good_as_none(
    tmp_path: Path, vectors: Vectors, share: float, caplog: pytest.LogCaptureFixture
) -> None:
    keep_vectors(tmp_path, TEXTS, vectors, encoder="e")
    data = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(data[: int(len(data) * share)])
    assert kept_vectors(tmp_path, TEXTS, encoder="e") == {}
    assert "vectors.npz cannot be read" in caplog.text


def test_a_pickle_is_not_opened(tmp_path: Path) -> None:
    np.savez(tmp_path / FILE_NAME, encoder=np.array("e"), keys=np.array([object()]), vectors=np.zeros((1, 2)))
    assert kept_vectors(tmp_path, TEXTS, encoder="e") == {}
