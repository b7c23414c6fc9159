"""From the head's scores to chances and a verdict. The figures were measured on the calibration set alone.

`python -m evals.calibrate` prints them anew; `evals/README.md` says how that set was made.
"""

import numpy as np

from knowledge.ranking.terms import Floats

# A question is answered when its best clause beats the best other outcome by at least this much: at this margin
# 0.3 % of the answerable calibration questions are turned away and 86 % of the unanswerable ones are caught. Triage
# turns some away too, which leaves ranking less room.
ANSWERABLE_FROM = -0.15

# Score of a clause -> share of the calibration pairs with about that score in which the clause answers.
_SCORE = (0.0, 0.075, 0.15, 0.25, 0.35, 0.45, 0.55, 0.7, 1.0)
_SHARE = (0.004, 0.026, 0.121, 0.542, 0.831, 0.949, 0.98, 0.99, 0.99)


def chances(scores: Floats) -> list[float]:
    """For each score the calibrated chance, 0 to 1, that a clause with this score answers the question."""
    found: list[float] = np.interp(scores, _SCORE, _SHARE).tolist()
    return found
