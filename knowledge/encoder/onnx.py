"""The shipped encoder: int8 ONNX weights on onnxruntime, tokenised by `tokenizers`. Imports no torch."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.encoder.protocol import Reading, Vectors
from knowledge.errors import KnowledgeError

WEIGHTS = Path(__file__).parent / "weights"
# A sentence is rarely over 60 tokens; beyond 32 texts a batch gains nothing on two cores and costs memory.
BATCH = 32


class DamagedEncoder(KnowledgeError):
    """The encoder's files are missing or are not the ones its card names."""


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """encoder.json: what the weights are and the SHA-256 of each file beside it; `stations` are the tensors between
    layers that a Reading has.
    """

    name: str
    dimensions: int
    max_tokens: int
    sha256: dict[str, str]
    stations: Sequence[str]

    def __post_init__(self) -> None:
        if not self.stations:
            raise ValueError("the card names no stations")
        if not {"model.onnx", "tokenizer.json"} <= set(self.sha256):
            raise ValueError("the card names no model or no tokenizer")


class OnnxEncoder:
    """Encodes on the CPU; safe to call from several threads."""

    def __init__(self, folder: Path = WEIGHTS, *, threads: int = 1) -> None:
        """Load and check the weights; DamagedEncoder says which file is wrong."""
        card, files = _checked(folder)
        self._stations = card.stations
        try:
            self._session = session(shown(files["model.onnx"], card.stations), threads=threads)
        except Exception as error:
            raise DamagedEncoder("The encoder's model cannot be run: reinstall the package.") from error
        self._tokenizer = Tokenizer.from_buffer(files["tokenizer.json"])
        self._tokenizer.enable_truncation(card.max_tokens)
        self._tokenizer.enable_padding()
        self._dimensions = card.dimensions
        self.name = _name(card)

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda _: None) -> Vectors:
        """Vectors of shape (len(texts), dimensions); `progress` hears how many texts each batch finished."""
        vectors = np.empty((len(texts), self._dimensions), dtype=np.float32)
        # Texts of like length share a batch, so that little of it is padding.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for begin in range(0, len(order), BATCH):
            batch = order[begin : begin + BATCH]
            vectors[batch] = self._encode_batch([texts[at] for at in batch])
            progress(len(batch))
        return vectors

    def read(self, text: str) -> Reading:
        """One text alone: its vector is the one that `encode` gives for it alone."""
        vectors, *states = self._session.run(["vectors", *self._stations], self._tokens([text]))
        return Reading(np.asarray(vectors[0], dtype=np.float32), np.concatenate(states, dtype=np.float32))

    def _encode_batch(self, texts: Sequence[str]) -> Vectors:
        (vectors,) = self._session.run(["vectors"], self._tokens(texts))
        return np.asarray(vectors, dtype=np.float32)

    def _tokens(self, texts: Sequence[str]) -> dict[str, NDArray[np.int64]]:
        # A lone surrogate has no UTF-8 form and would stop the tokenizer.
        encodings = self._tokenizer.encode_batch([text.encode("utf-8", "replace").decode() for text in texts])
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        return {"input_ids": ids, "attention_mask": mask}


def session(model: bytes, *, threads: int) -> onnxruntime.InferenceSession:
    """Eight-bit weights, ready to run."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Several requests encode at once; an arena that keeps the largest batch of each would only hold memory.
    options.enable_cpu_mem_arena = False
    # Without this, processors with AVX2 and no VNNI cut off sums of products: other vectors than elsewhere.
    options.add_session_config_entry("session.x64quantprecision", "1")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def shown(model: bytes, tensors: Sequence[str]) -> bytes:
    """The model with these inner tensors among its outputs.

    A message of protocol buffers that follows another is merged into it, so that what is written here is added to the
    graph: ModelProto.graph is field 7, GraphProto.output 12, ValueInfoProto.name 1 and its type 2 (onnx.proto). A name
    has a hundred letters at most, so that every length is one byte.
    """
    float_tensor = _field(1, b"\x08\x01")
    outputs = (_field(12, _field(1, name.encode()) + _field(2, float_tensor)) for name in tensors)
    return model + b"".join(_field(7, output) for output in outputs)


def _field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2, len(content)]) + content


def weights_name(folder: Path = WEIGHTS) -> str:
    """The encoder's name without loading its weights."""
    return _name(_card(folder))


def _name(card: EncoderCard) -> str:
    return f"{card.name}, {card.sha256['model.onnx'][:12]}"


def _card(folder: Path) -> EncoderCard:
    try:
        return EncoderCard(**json.loads((folder / "encoder.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DamagedEncoder(f"The encoder in {folder.name!r} cannot be read: reinstall the package.") from error


def _checked(folder: Path) -> tuple[EncoderCard, dict[str, bytes]]:
    card = _card(folder)
    try:
        files = {name: (folder / name).read_bytes() for name in card.sha256}
    except OSError as error:
        raise DamagedEncoder(f"The encoder in {folder.name!r} cannot be read: reinstall the package.") from error
    for name, expected in card.sha256.items():
        if hashlib.sha256(files[name]).hexdigest() != expected:
            raise DamagedEncoder(f"The encoder file {name!r} is not the one its card names: reinstall the package.")
    return card, files
