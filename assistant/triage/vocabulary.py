"""Named features of one kind with TF-IDF weights: what of a message is known, and how much it says.

Knows neither what the names mean nor what is learned from them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder.protocol import Vectors

_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Weighed:
    """The known features of one text: their columns and weights, of length 1 together."""

    columns: NDArray[np.int64]
    weights: Vectors


@dataclass(frozen=True, slots=True)
class Vocabulary:
    columns: dict[str, int]
    rarity: Vectors

    @classmethod
    def of(cls, texts: Sequence[Iterable[str]], *, least: int) -> Self:
        """What at least so many of the texts have; rarity: 1 + ln((1 + N) / (1 + texts with it))."""
        texts_with = Counter(name for names in texts for name in set(names))
        kept = sorted(name for name, found in texts_with.items() if found >= least)
        frequency = np.array([texts_with[name] for name in kept], dtype=np.float32)
        rarity = 1 + np.log((1 + len(texts)) / (1 + frequency))
        return cls({name: at for at, name in enumerate(kept)}, rarity.astype(np.float32))

    def weigh(self, names: Iterable[str]) -> Weighed:
        """(1 + ln times) x rarity, scaled to length 1."""
        count = Counter(names)
        known = [(column, times) for name, times in count.items() if (column := self.columns.get(name)) is not None]
        columns = np.array([column for column, _ in known], dtype=np.int64)
        times = np.array([times for _, times in known], dtype=np.float32)
        weights = (1 + np.log(times)) * self.rarity[columns]
        length = float(np.linalg.norm(weights))
        return Weighed(columns, (weights / length if length else weights).astype(np.float32))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        names = np.frombuffer(_BETWEEN.join(self.columns).encode(), dtype=np.uint8)
        return {"names": names, "rarity": self.rarity.astype(np.float16)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[np.generic]]) -> Self:
        names = arrays["names"].tobytes().decode().split(_BETWEEN)
        return cls({name: at for at, name in enumerate(names)}, arrays["rarity"].astype(np.float32))
