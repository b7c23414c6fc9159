"""The encoder's layers as torch modules, read back from the eight-bit file, to go on learning from. Needs `models`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEADS = 12
DIMENSIONS = 384
_PARTS = ("query", "key", "value", "attended", "wider", "narrower")
_QUANTISED = re.compile(r"val_(\d+)_quantized")


def layer() -> Any:
    """A layer of a transformer, untrained; `attend` gives queries, keys and values."""
    import torch
    from torch.nn import Dropout, LayerNorm, Linear

    class Layer(torch.nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
        def __init__(self) -> None:
            super().__init__()
            self.query, self.key, self.value, self.attended = (Linear(DIMENSIONS, DIMENSIONS) for _ in range(4))
            self.wider, self.narrower = Linear(DIMENSIONS, 4 * DIMENSIONS), Linear(4 * DIMENSIONS, DIMENSIONS)
            self.first, self.second = LayerNorm(DIMENSIONS, eps=1e-12), LayerNorm(DIMENSIONS, eps=1e-12)
            self.dropout = Dropout(0.1)

        def forward(self, own: torch.Tensor, also: torch.Tensor, of: torch.Tensor, hidden: torch.Tensor) -> Any:
            """`own` (pairs, tokens, dimensions) looks at itself and at the rows of `also` that `of` names; `hidden`
            (pairs, tokens of both) is very negative where nothing stands.
            """
            keys = torch.cat([self._split(self.key(own)), self._split(self.key(also))[of]], 2)
            values = torch.cat([self._split(self.value(own)), self._split(self.value(also))[of]], 2)
            likeness = self._split(self.query(own)) @ keys.transpose(-1, -2) / (DIMENSIONS / HEADS) ** 0.5
            seen = self.dropout((likeness + hidden[:, None, None, :]).softmax(-1)) @ values
            seen = seen.transpose(1, 2).reshape(own.shape)
            own = self.first(own + self.dropout(self.attended(seen)))
            wide = torch.nn.functional.gelu(self.wider(own))
            return self.second(own + self.dropout(self.narrower(wide)))

        def _split(self, states: torch.Tensor) -> torch.Tensor:
            return states.reshape(states.shape[0], states.shape[1], HEADS, -1).transpose(1, 2)

    return Layer()


def shipped_layer(file: Path, number: int) -> Any:
    """Layer `number`, from 0, of the encoder in the eight-bit `file`."""
    import onnx
    import torch
    from onnx import numpy_helper

    arrays = {each.name: numpy_helper.to_array(each) for each in onnx.load(file).graph.initializer}
    # The products of matrices are numbered in the order in which the layers are gone through.
    products = sorted(int(found[1]) for name in arrays if (found := _QUANTISED.fullmatch(name)))
    prefix = f"transformer.encoder.layer.{number}."
    biases = [*(f"attention.self.{name}" for name in _PARTS[:3]), "attention.output.dense"]
    biases += ["intermediate.dense", "output.dense"]
    state = {}
    for part, product, bias in zip(_PARTS, products[6 * number :], biases, strict=False):
        state[f"{part}.weight"] = torch.tensor(_full(arrays, f"val_{product}").T.copy())
        state[f"{part}.bias"] = torch.tensor(arrays[f"{prefix}{bias}.bias"])
    for name, norm in (("first", "attention.output"), ("second", "output")):
        for which in ("weight", "bias"):
            state[f"{name}.{which}"] = torch.tensor(arrays[f"{prefix}{norm}.LayerNorm.{which}"])
    found = layer()
    found.load_state_dict(state)
    return found


def _full(arrays: Mapping[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    steps = arrays[f"{name}_quantized"].astype(np.float32) - arrays[f"{name}_zero_point"].astype(np.float32)
    return np.asarray(steps * arrays[f"{name}_scale"], dtype=np.float32)
