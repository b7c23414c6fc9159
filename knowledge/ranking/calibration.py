"""From the head's scores to chances and a verdict. The figures were measured on the calibration set alone, but those of
nearness and relevance on policies that the encoder, and the relevance model, had not seen.

`python -m evals.calibrate` prints the former anew; `evals/README.md` says how that set was made.
"""

import math

import numpy as np

from knowledge.ranking.terms import Floats

# A question is answered when its best clause beats the best other outcome by at least this much: at this margin
# 0.3 % of the answerable calibration questions are turned away and 86 % of the unanswerable ones are caught. Triage
# turns some away too, which leaves ranking less room.
ANSWERABLE_FROM = -0.15

# How near a question is to the clause itself counts beside the bank, as long as the bank is small: the head alone would
# prefer whatever clause somebody has written a question for. Chosen on policies that the encoder had not seen.
CLOSENESS = 1.2
_GROWN = 8.0
_LEAST_SAY = 0.01
# The cosine from which a clause of a policy without a bank is taken for an answer where no relevance model judges: of
# 3,700 answerable questions about thirteen policies 3 % have none so near.
NEAR_FROM = 0.325
# So many of the nearest clauses are judged by the relevance model, where there is one.
JUDGED = 8
# Its score from which a clause is taken for an answer, and how much nearer a clause is for each step of it. Chosen on
# the two policies of `knowledge.training.relevance.SCALING`, with banks of 0, 60, 100 and 300 questions.
_RELEVANT_FROM, _STEP = -2.0, 0.05
# What a small bank says of a clause or an outcome is believed from this score on, however near or far the clauses are.
PLAINLY_FROM = 0.4


def nearness_of(relevance: Floats) -> Floats:
    """The scores of the relevance model as nearness beyond NEAR_FROM."""
    near: Floats = _STEP * (relevance - _RELEVANT_FROM)
    return near


def say_of_nearness(answers: int, clauses: int) -> float:
    """From 1 where there is no bank down to 0; `answers`: how many answers the bank names, for so many clauses."""
    say = math.exp(-answers / max(clauses, 1) / _GROWN)
    return say if say >= _LEAST_SAY else 0.0


# Score of a clause -> share of the calibration pairs with about that score in which the clause answers.
_SCORE = (0.0, 0.075, 0.15, 0.25, 0.35, 0.45, 0.55, 0.7, 1.0)
_SHARE = (0.004, 0.026, 0.121, 0.542, 0.831, 0.949, 0.98, 0.99, 0.99)


def chances(scores: Floats) -> list[float]:
    """For each score the calibrated chance, 0 to 1, that a clause with this score answers the question."""
    found: list[float] = np.interp(scores, _SCORE, _SHARE).tolist()
    return found
