"""Any other sentence-transformers model as the encoder. Needs the `models` extra; brings torch into the process."""

from collections.abc import Sequence

import numpy as np
from sentence_transformers import SentenceTransformer

from knowledge.encoder.protocol import Vectors


class SentenceEncoder:
    """`model` is a folder, or a name that is already in the local model cache: nothing is downloaded."""

    def __init__(self, model: str) -> None:
        self._model = SentenceTransformer(model, local_files_only=True)
        self.name = f"sentence-transformers {model}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)
