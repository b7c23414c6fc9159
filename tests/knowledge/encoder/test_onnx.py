import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder.onnx import WEIGHTS, DamagedEncoder, OnnxEncoder


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


def test_vectors_have_length_one_and_stand_in_the_order_of_the_texts(encoder: OnnxEncoder) -> None:
    texts = ["a much longer sentence about the retention of billing records in general", "short", "cookies"]
    together = encoder.encode(texts)
    assert together.shape == (3, 384)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(3), abs=1e-4)
    for text, vector in zip(texts, together, strict=True):
        # Padding changes the scale of the quantised activations a little.
        assert float(encoder.encode([text])[0] @ vector) > 0.95


def test_what_means_the_same_is_nearer_than_what_does_not(encoder: OnnxEncoder) -> None:
    asked, same, other = encoder.encode(
        ["how long do you keep my bills", "retention period of invoices", "do you have a parking lot"]
    )
    assert asked @ same > asked @ other + 0.2


def test_no_text_gives_no_vector(encoder: OnnxEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", "\ud800", "\0", "\u202eabc", "e" + "\u0301" * 10_000, "word " * 5_000])
def test_any_text_can_be_encoded(encoder: OnnxEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_many_threads_get_the_same_vectors(encoder: OnnxEncoder) -> None:
    texts = [f"question number {number} about cookies" for number in range(24)]
    alone = [encoder.encode([text])[0] for text in texts]
    with ThreadPoolExecutor(8) as pool:
        crowd = list(pool.map(lambda text: encoder.encode([text])[0], texts))
    assert np.allclose(alone, crowd, atol=1e-6)


@pytest.mark.parametrize("text", ["cookies", "how long do you keep my bills", "\ud800", "", "word " * 5_000])
def test_a_reading_has_the_vector_of_the_text_alone_and_a_state_for_each_token(encoder: OnnxEncoder, text: str) -> None:
    reading = encoder.read(text)
    assert (reading.vector == encoder.encode([text])[0]).all()
    stations, tokens, dimensions = reading.states.shape
    assert (stations, dimensions) == (2, 384)
    assert 2 <= tokens <= 256
    # Between two layers each token's state is normalised; the two stations are not the same.
    assert np.abs(reading.states).max() < 50
    assert not np.allclose(reading.states[0], reading.states[1])


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))
    with (folder / "tokenizer.json").open("ab") as file:
        file.write(b" ")
    with pytest.raises(DamagedEncoder, match=r"tokenizer\.json"):
        OnnxEncoder(folder)


@pytest.mark.parametrize("stations", [[], ["no_such_tensor"], None])
def test_a_card_without_stations_of_the_model_is_a_damaged_encoder(tmp_path: Path, stations: list[str] | None) -> None:
    folder = Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))
    card = json.loads((folder / "encoder.json").read_text(encoding="utf-8")) | {"stations": stations}
    if stations is None:
        del card["stations"]
    (folder / "encoder.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(DamagedEncoder, match="reinstall"):
        OnnxEncoder(folder)


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DamagedEncoder, match="reinstall"):
        OnnxEncoder(tmp_path)


def test_the_serving_process_imports_no_torch() -> None:
    script = "import sys, integrations.commands.serve, assistant.bootstrap; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
