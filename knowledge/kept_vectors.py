"""Vectors of a bank's questions, kept beside it so that a first start need not encode them all.

Only a saving: a file that is missing, damaged or from another encoder is as good as none.
"""

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from tokenize import TokenError
from zipfile import BadZipFile

import numpy as np

from knowledge.encoder.protocol import Vectors

FILE_NAME = "vectors.npz"
_KEY_BYTES = 12

_log = logging.getLogger(__name__)


def kept_vectors(folder: Path, texts: Sequence[str], *, encoder: str) -> dict[str, Vectors]:
    """The kept vectors of those of `texts` that have one from this encoder, by text."""
    try:
        with (folder / FILE_NAME).open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            if str(file["encoder"]) != encoder:
                return {}
            keys, vectors = [bytes(key) for key in file["keys"]], file["vectors"].astype(np.float32)
    except FileNotFoundError:
        return {}
    except (OSError, EOFError, ValueError, LookupError, RuntimeError, TokenError, BadZipFile):
        _log.warning("The kept vectors in %s cannot be read; the questions are encoded anew.", FILE_NAME)
        return {}
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    at = {key: row for row, key in enumerate(keys)}
    return {text: vectors[at[key]] for text in texts if (key := _key(text)) in at}


def keep_vectors(folder: Path, texts: Sequence[str], vectors: Vectors, *, encoder: str) -> None:
    """Write the vectors, row by row as `texts`, in half precision: 1e-3 of a cosine, and half the size."""
    scratch = folder / "vectors.new.npz"
    keys = np.frombuffer(b"".join(_key(text) for text in texts), dtype=np.uint8).reshape(len(texts), _KEY_BYTES)
    np.savez(scratch, encoder=np.array(encoder), keys=keys, vectors=vectors.astype(np.float16))
    scratch.replace(folder / FILE_NAME)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()[:_KEY_BYTES]
