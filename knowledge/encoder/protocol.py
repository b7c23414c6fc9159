"""What an encoder is: text in, unit vectors out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors that are near when the texts mean the same."""

    @property
    def name(self) -> str:
        """Identifies the weights: an index built by one encoder is never read with another."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimensions), float32, each of length 1."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as an encoder reads it: its vector, and its tokens on the way there.

    `states` has shape (stations, tokens, dimensions): what stands for each token between two layers of the encoder.
    """

    vector: Vectors
    states: Vectors


class ReadingEncoder(Encoder, Protocol):
    """An encoder that shows how it comes to a vector."""

    def read(self, text: str) -> Reading: ...
