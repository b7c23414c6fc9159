"""The shipped triager with the real encoder, and one without any."""

from assistant.triage.triage import Triager, load_model
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.encoder.protocol import Vectors

NAMES = ("Harbourlight",)


class BrokenEncoder(OnnxEncoder):
    """Has the right name and fails whenever it is asked."""

    def encode(self, texts: object, *, progress: object = None) -> Vectors:
        raise RuntimeError("out of memory")


def with_encoder() -> Triager:
    return Triager(OnnxEncoder(), load_model(), names=NAMES)


def without_encoder() -> Triager:
    return Triager(BrokenEncoder(), load_model(), names=NAMES)
