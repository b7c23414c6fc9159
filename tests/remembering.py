"""The shipped encoder for tests that ask it for the same vectors again and again."""

from collections.abc import Callable, Sequence

from knowledge.encoder.onnx import OnnxEncoder
from knowledge.encoder.protocol import Vectors


class RememberingEncoder(OnnxEncoder):
    """Computes once what it is asked for twice. The same texts in other company are computed anew, as they get other
    figures there.
    """

    def __init__(self) -> None:
        super().__init__()
        self._remembered: dict[tuple[str, ...], Vectors] = {}

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda _: None) -> Vectors:
        asked = tuple(texts)
        if asked not in self._remembered:
            self._remembered[asked] = super().encode(asked, progress=progress)
        return self._remembered[asked].copy()
