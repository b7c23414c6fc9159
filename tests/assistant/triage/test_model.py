from pathlib import Path

import numpy as np
import pytest

from assistant.triage.examples import digest
from assistant.triage.features import Features
from assistant.triage.model import DamagedModel, Group, Model, load_model
from assistant.triage.vocabulary import Vocabulary
from knowledge.encoder.onnx import weights_name

NOTHING = Features([], [], [])


def small_model() -> Model:
    vocabulary = Vocabulary.of([["delete", "me"], ["hello", "me"]], least=1)
    weights = np.array([[1.0, 0.0], [0.0, 1.0], [0.2, 0.2]], dtype=np.float32)
    group = Group.of(vocabulary, weights)
    return Model(
        "encoder",
        "origin",
        ("wish", "chat"),
        np.eye(2, dtype=np.float32),
        np.eye(2, dtype=np.float32),
        np.array([[0.5, 0], [0, 0.5]], dtype=np.float32),
        {"letters": group, "words": group, "concepts": group},
    )


def test_what_a_message_says_raises_what_it_stands_for() -> None:
    model = small_model()
    scores = model.scores(model.worded(Features(["delete"], [], [])), None)
    assert scores["wish"] == pytest.approx(1, abs=0.01)
    assert scores["chat"] == pytest.approx(0, abs=0.01)


def test_a_vector_votes_for_what_its_neighbours_stand_for() -> None:
    model = small_model()
    scores = model.scores(model.worded(NOTHING), np.array([1, 0], dtype=np.float32))
    assert scores["wish"] > 2 * scores["chat"] > 0


def test_a_model_survives_its_file(tmp_path: Path) -> None:
    model, path = small_model(), tmp_path / "model.npz"
    model.save(path)
    message = Features(["delete"], ["hello"], ["me"])
    vector = np.array([0.6, 0.8], dtype=np.float32)
    again, before = (each.scores(each.worded(message), vector) for each in (load_model(path), model))
    assert again == pytest.approx(before, abs=1e-2)


@pytest.mark.parametrize("content", [b"", b"not a model", None])
def test_a_missing_or_damaged_file_says_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "model.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DamagedModel, match="reinstall the package"):
        load_model(path)


def test_the_shipped_model_belongs_to_the_shipped_encoder_and_examples() -> None:
    model = load_model()
    assert model.encoder == weights_name()
    assert model.origin.startswith(digest()), "run `python -m assistant.triage.train`"
