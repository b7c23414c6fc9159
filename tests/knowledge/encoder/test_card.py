import json
from pathlib import Path

import pytest

from knowledge.encoder.onnx import DamagedEncoder, weights_name


def test_a_card_that_names_no_model_is_a_damaged_encoder(tmp_path: Path) -> None:
    card = {"name": "e", "dimensions": 3, "max_tokens": 9, "sha256": {"tokenizer.json": "00"}, "stations": ["a"]}
    (tmp_path / "encoder.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(DamagedEncoder, match="reinstall"):
        weights_name(tmp_path)
