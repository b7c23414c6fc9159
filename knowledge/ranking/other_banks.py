"""What questions about other policies teach of a question here, while this policy's own bank is small or missing.

Few examples make the head a poor judge: with a hundred, it ranks worse than plain likeness of clause and question. So
likeness is added to its votes, and whether the policy answers at all is judged with the questions of invented
organisations: what such policies tend to answer, to leave open, and what is no question of privacy.
They name no clause.

`python -m knowledge.training.other_banks` fits the weights and the limit and makes the file beside this module.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder.protocol import Vectors
from knowledge.ranking.head import Head
from knowledge.ranking.terms import Floats

FILE = Path(__file__).parent / "other_banks.npz"
# Of the shipped bank, 1,200 questions ranked worse than with likeness, 2,400 better. Other policies' banks speak for
# themselves much sooner: see evals/README.md.
ENOUGH = 200
# From this vote on a line of the own bank says the same, and decides alone: a correction counts at once.
SURE = 0.6
# How much likeness counts beside a vote.
LIKENESS = 2.0
# A clause that is this much worse than the best one keeps 1/e of its score.
_FADES = 0.155
# The share of best clauses that answered the training organisations' questions, and a rough fit for the others.
_BEST, _NEXT = 0.93, 0.42
KINDS = ("answerable", "not_stated", "off_topic", "small_talk")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OtherBanks:
    """`head` tells the kinds apart; `weights` make a chance of `signs`, and from `least` on is answered."""

    encoder: str
    head: Head
    weights: Floats
    least: float

    def kinds(self, text: str, vector: Vectors) -> Floats:
        """A score for each of KINDS, and how near the nearest question asked elsewhere is; shape (5,)."""
        columns = [self.head.labels.index(kind) for kind in KINDS]
        nearest = (self.head.vectors @ vector).max(initial=0.0)
        return np.append(self.head.scores(text, vector)[columns], nearest).astype(np.float32)

    def chance(self, likeness: float, vote: float, outcomes: Mapping[str, float], kinds: Floats) -> float:
        """The chance that the policy answers."""
        return float(1 / (1 + np.exp(-(signs(likeness, vote, outcomes, kinds) @ self.weights))))

    def save(self, path: Path = FILE) -> None:
        arrays = {**self.head.arrays(), "vectors": self.head.vectors.astype(np.float16)}
        own = {"encoder": np.array(self.encoder), "weights_of_signs": self.weights, "least": np.array(self.least)}
        np.savez_compressed(path, **arrays, **own)  # type: ignore[arg-type] # its own switch is typed as one of the arrays


def load_other_banks(encoder: str, path: Path = FILE) -> OtherBanks | None:
    """None where the file is missing, damaged or was made with another encoder: then the own bank judges alone."""
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            return _read({name: file[name] for name in file.files}, encoder)
    except (OSError, EOFError, ValueError, LookupError, BadZipFile):
        _log.warning("What other banks teach cannot be read (%s); the policy's own bank judges alone.", path.name)
        return None


def _read(arrays: dict[str, NDArray[np.generic]], encoder: str) -> OtherBanks | None:
    if str(arrays["encoder"]) != encoder:
        return None
    head = Head.from_arrays(arrays, arrays["vectors"].astype(np.float32))
    return OtherBanks(encoder, head, arrays["weights_of_signs"].astype(np.float32), float(arrays["least"]))


def signs(likeness: float, vote: float, outcomes: Mapping[str, float], kinds: Floats) -> Floats:
    """What the chance is made of, shape (10,): the best clause's likeness and vote, the own bank's other outcomes,
    what other banks say, and 1.
    """
    own = [outcomes.get(kind, 0.0) for kind in KINDS[1:]]
    return np.array([likeness, vote, *own, *kinds, 1.0], dtype=np.float32)


def shown(values: Floats, chance: float) -> tuple[Floats, list[float]]:
    """Of clauses best first: scores that fade with the distance from the best, and the chances that each answers."""
    raw: Floats = np.exp((values - values[:1]) / _FADES).astype(np.float32)
    chances = chance * _NEXT * raw
    chances[:1] = chance * _BEST
    return raw, chances.tolist()
