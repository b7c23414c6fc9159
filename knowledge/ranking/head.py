"""The head: what a curated question stands for, learned by kernel ridge regression over the whole bank.

Each example votes for its clauses or its outcome with a weight that takes every other example into account,
so that a crowd of near neighbours does not outvote one that is nearer. Solved in closed form when the index is
built: a line added to the bank counts at once.

Kernel ridge regression: Saunders, Gammerman and Vovk, "Ridge Regression Learning Algorithm in Dual Variables",
ICML 1998. The kernel is exp((s - 1) / WIDTH), s being MEANING parts cosine of the encoder's vectors and the rest
cosine of character n-grams. The constants were chosen on the calibration set (see `evals/README.md`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder.protocol import Vectors
from knowledge.ranking.terms import COMMON, LONGEST, MIN_TEXTS, NEVER_COMMON, SHORTEST, Floats, Terms

MEANING = 0.6
WIDTH = 0.7
RIDGE = 0.1
BLOCK = 256
# What the votes were learned under: with any other of these they mean nothing.
_FORM = (MEANING, WIDTH, RIDGE, SHORTEST, LONGEST, MIN_TEXTS, COMMON, NEVER_COMMON)


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the labels it stands for."""

    text: str
    labels: frozenset[str]


@dataclass(frozen=True)
class Head:
    """Scores every label for a text; `votes` has one row an example and one column a label."""

    labels: tuple[str, ...]
    vectors: Vectors
    terms: Terms
    votes: Floats

    @classmethod
    def fit(cls, examples: Sequence[Example], vectors: Vectors) -> Self:
        """`vectors`: unit vectors of the examples' texts, shape (len(examples), dimensions)."""
        labels = tuple(sorted({label for example in examples for label in example.labels}))
        terms = Terms.of([example.text for example in examples])
        kernel = _among(vectors, terms)
        kernel[np.diag_indices_from(kernel)] += RIDGE
        votes = np.linalg.solve(kernel, _targets(examples, labels)).astype(np.float32)
        return cls(labels, vectors, terms, votes)

    def letters(self, text: str) -> Floats:
        """How alike the text is to each example by its letters, shape (len(vectors),)."""
        return self.terms.similarities(text)

    def scores(self, letters: Floats, vector: Vectors) -> Floats:
        """One score a label, shape (len(labels),): about 1 where a text stands for it, about 0 where not."""
        kernel = _kernel(self.vectors @ vector, letters)
        scores: Floats = kernel @ self.votes
        return scores

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What `from_arrays` needs beside the vectors, which the store keeps."""
        labels = np.array(self.labels, dtype=np.str_)
        return {"form": np.array(_FORM), "votes": self.votes, "labels": labels, **self.terms.arrays()}

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[np.generic]], vectors: Vectors) -> Self:
        """KeyError or ValueError where the arrays are of another release or of other examples: learn anew."""
        labels = tuple(str(label) for label in arrays["labels"])
        if tuple(arrays["form"].tolist()) != _FORM or arrays["votes"].shape != (len(vectors), len(labels)):
            raise ValueError("what was kept of the head belongs to other constants or other examples")
        return cls(labels, vectors, Terms.from_arrays(arrays, size=len(vectors)), arrays["votes"].astype(np.float32))


def _kernel(meaning: Floats, letters: Floats) -> Floats:
    kernel: Floats = np.exp((MEANING * meaning + (1 - MEANING) * letters - 1) / WIDTH)
    return kernel


def _among(vectors: Vectors, terms: Terms) -> Floats:
    """The kernel of the examples with each other, shape (n, n).

    Block by block into one array: this is the largest thing the product ever holds in memory. The half under the
    diagonal is the other one mirrored.
    """
    count = len(vectors)
    kernel = np.empty((count, count), dtype=np.float32)
    rows = terms.upper_rows()
    for begin in range(0, count, BLOCK):
        block, after = slice(begin, begin + BLOCK), slice(begin + BLOCK, None)
        letters = np.stack([row[begin:] for row in islice(rows, BLOCK)])
        kernel[block, begin:] = _kernel(vectors[block] @ vectors[begin:].T, letters)
        square = kernel[block, block]
        square[:] = np.triu(square) + np.triu(square, 1).T
        kernel[after, block] = kernel[block, after].T
    return kernel


def _targets(examples: Sequence[Example], labels: Sequence[str]) -> Floats:
    column = {label: at for at, label in enumerate(labels)}
    targets = np.zeros((len(examples), len(labels)), dtype=np.float32)
    for row, example in enumerate(examples):
        targets[row, [column[label] for label in example.labels]] = 1
    return targets
