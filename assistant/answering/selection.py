"""Which of the ranked clauses are quoted: enough to answer, no more than five, exceptions included."""

import re
from collections.abc import Iterator

from knowledge.clause import Clause, PolicyVersion
from knowledge.retrieval import Finding

MOST = 5
# A further clause is quoted when its score reaches this, and this share of the best one's. Chosen on the calibration
# set: all needed clauses quoted for 99 % of its questions, with 0.4 clauses beyond need.
LEAST = 0.16
SHARE_OF_BEST = 0.2
# A sentence that opens so limits the one before it, and is never left behind.
_LIMITS = re.compile(
    r"(however|but|unless|except|subject to|nevertheless|nonetheless|notwithstanding|that said|this does not apply"
    r"|this right does not|these rights do not|in (such|these|those) cases?)\b",
    re.IGNORECASE,
)


def select(finding: Finding, version: PolicyVersion) -> tuple[Clause, ...]:
    """The clauses to quote, best first, each followed by the sentence that limits it."""
    best = finding.passages[0].raw
    wanted = [
        passage.clause
        for rank, passage in enumerate(finding.passages[:MOST])
        if rank == 0 or passage.raw >= max(LEAST, SHARE_OF_BEST * best)
    ]
    chosen: dict[Clause, None] = {}
    for first in wanted:
        together = chosen | dict.fromkeys(with_limits(first, version))
        # A rule for whose limits there is no room is left out with them; only the best answer may go beyond.
        if not chosen or len(together) <= MOST:
            chosen = together
    return tuple(chosen)


def with_limits(clause: Clause, version: PolicyVersion) -> Iterator[Clause]:
    """The clause, and the next sentences of its paragraph for as long as they limit it."""
    yield clause
    section = next(section for section in version.sections if section.number == clause.section)
    paragraph = section.paragraphs[clause.paragraph - 1]
    for following in paragraph[clause.sentence :]:
        if not _LIMITS.match(following.text):
            return
        yield following
