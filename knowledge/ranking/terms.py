"""Character n-grams of a set of texts with TF-IDF weights, and how alike a new text is to each of them.

What the encoder was never taught - typing errors, Hindi in Latin script, names of things - still shares
letters with a curated question. Knows nothing of clauses.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 5
# An n-gram that stands in one text only says nothing about any other.
MIN_TEXTS = 2
# One that stands in more than this share of the texts, and in many of them, says little and makes most of the work.
COMMON = 0.15
NEVER_COMMON = 50
_SPACE = re.compile(r"\s+")

Floats = NDArray[np.float32]


def ngrams(text: str) -> Iterator[str]:
    """Every n-gram of each word padded with one space on both sides, in Unicode compatibility form and folded case."""
    for word in _SPACE.split(unicodedata.normalize("NFKC", text).casefold().strip()):
        padded = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            if length >= len(padded):
                yield padded
                break
            for at in range(len(padded) - length + 1):
                yield padded[at : at + length]


@dataclass(frozen=True)
class Terms:
    """The n-grams of `size` texts: `rows[offsets[t]:offsets[t+1]]` are the texts with term t, `weights` alike."""

    vocabulary: dict[str, int]
    rarity: Floats
    offsets: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: Floats
    size: int

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Weight: (1 + ln tf) x (1 + ln((1 + N) / (1 + df))), each text scaled to unit length."""
        counts = [Counter(ngrams(text)) for text in texts]
        texts_with = Counter(term for count in counts for term in count)
        most = max(NEVER_COMMON, COMMON * len(texts))
        kept = sorted(term for term, found in texts_with.items() if MIN_TEXTS <= found <= most)
        vocabulary = {term: at for at, term in enumerate(kept)}
        frequency = np.array([texts_with[term] for term in kept], dtype=np.float32)
        rarity = 1 + np.log((1 + len(texts)) / (1 + frequency))
        columns, weights = (
            zip(*(_weigh(count, vocabulary, rarity) for count in counts), strict=True) if counts else ((), ())
        )
        rows = np.repeat(np.arange(len(counts), dtype=np.int32), [len(column) for column in columns])
        column = np.concatenate([*columns, np.empty(0, dtype=np.int64)])
        order = np.argsort(column, kind="stable")
        offsets = np.searchsorted(column[order], np.arange(len(kept) + 1))
        weight = np.concatenate([*weights, np.empty(0, dtype=np.float32)])[order]
        return cls(vocabulary, rarity.astype(np.float32), offsets.astype(np.int64), rows[order], weight, len(texts))

    def similarities(self, text: str) -> Floats:
        """Cosine of `text` with each of the texts: shape (size,), between 0 and 1."""
        columns, weights = _weigh(Counter(ngrams(text)), self.vocabulary, self.rarity)
        if not len(columns):
            return np.zeros(self.size, dtype=np.float32)
        begins, many = self.offsets[columns], self.offsets[columns + 1] - self.offsets[columns]
        # Where the entries of all these terms stand, one term after the other.
        found = np.repeat(begins - (np.cumsum(many) - many), many) + np.arange(many.sum())
        products = self.weights[found] * np.repeat(weights, many)
        return np.bincount(self.rows[found], products, minlength=self.size).astype(np.float32)

    def upper_rows(self) -> Iterator[Floats]:
        """Each text's cosine with itself and with those after it, shape (size,); before it stand zeros.

        Half of the work of asking `similarities` for every text. The texts with a term stand in order, so when it is a
        text's turn, its own place among them is the first that no earlier text has passed.
        """
        by_text = np.argsort(self.rows, kind="stable")
        columns_in_order = np.repeat(np.arange(len(self.vocabulary)), np.diff(self.offsets))[by_text]
        ends = np.searchsorted(self.rows[by_text], np.arange(self.size + 1))
        place = self.offsets[:-1].copy()
        for text in range(self.size):
            columns = columns_in_order[ends[text] : ends[text + 1]]
            begins, stops = place[columns], self.offsets[columns + 1]
            spans = [slice(begin, stop) for begin, stop in zip(begins.tolist(), stops.tolist(), strict=True)]
            rows = np.concatenate([np.empty(0, dtype=np.int32), *(self.rows[span] for span in spans)])
            weights = np.concatenate([np.empty(0, dtype=np.float32), *(self.weights[span] for span in spans)])
            products = weights * np.repeat(self.weights[begins], stops - begins)
            yield np.bincount(rows, products, minlength=self.size).astype(np.float32)
            place[columns] += 1

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What `from_arrays` needs to make this again."""
        words = np.frombuffer("\n".join(self.vocabulary).encode(), dtype=np.uint8)
        return {
            "words": words,
            "rarity": self.rarity,
            "offsets": self.offsets,
            "rows": self.rows,
            "weights": self.weights,
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[np.generic]], *, size: int) -> Self:
        words = arrays["words"].tobytes().decode().split("\n") if len(arrays["words"]) else []
        return cls(
            {term: at for at, term in enumerate(words)},
            arrays["rarity"].astype(np.float32),
            arrays["offsets"].astype(np.int64),
            arrays["rows"].astype(np.int32),
            arrays["weights"].astype(np.float32),
            size,
        )


def _weigh(count: Counter[str], vocabulary: dict[str, int], rarity: Floats) -> tuple[NDArray[np.int64], Floats]:
    known = [(vocabulary[term], times) for term, times in count.items() if term in vocabulary]
    columns = np.array([column for column, _ in known], dtype=np.int64)
    weights = (1 + np.log(np.array([times for _, times in known], dtype=np.float32))) * rarity[columns]
    length = float(np.linalg.norm(weights))
    return columns, (weights / length if length else weights).astype(np.float32)
