"""The gap report: what visitors asked that the policy does not state. Made of masked texts; names nobody."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from assistant.reply import Outcome
from assistant.reports.likeness import group_alike
from assistant.reports.turns import AskedTurn, counted, with_outcome

GAPS = frozenset({Outcome.NOT_STATED.value, Outcome.NOT_UNDERSTOOD.value})
# More questions than these are counted but not grouped: a report is read by a person.
MOST_GROUPED = 5_000
MOST_GROUPS = 200
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class NearClause:
    """A clause that came nearest to questions which the policy does not answer."""

    clause: str
    section: str
    count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions worded alike. `examples` are masked; `nearest` are the clauses shown with most of them."""

    outcome: str
    count: int
    examples: tuple[str, ...] = field(repr=False)
    nearest: tuple[str, ...]
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class GapReport:
    """`turns` is everything that was answered in the time, by outcome; `grouped` how many of the gaps are in `gaps`."""

    since: datetime
    until: datetime
    turns: Mapping[str, int]
    clauses: tuple[NearClause, ...]
    gaps: tuple[Gap, ...]
    grouped: int

    @property
    def not_stated(self) -> int:
        return self.turns.get(Outcome.NOT_STATED.value, 0)

    @property
    def not_understood(self) -> int:
        return self.turns.get(Outcome.NOT_UNDERSTOOD.value, 0)


def gap_report(session: Session, *, since: datetime, until: datetime) -> GapReport:
    """What was asked since then and not answered; the newest `MOST_GROUPED` questions are grouped."""
    asked = list(islice(with_outcome(session, GAPS, since), MOST_GROUPED))
    gaps = [gap for outcome in sorted(GAPS) for gap in _gaps([turn for turn in asked if _outcome(turn) == outcome])]
    gaps.sort(key=lambda gap: (-gap.count, -gap.last_at.timestamp()))
    return GapReport(
        since=since,
        until=until,
        turns=counted(session, since),
        clauses=_near(asked),
        gaps=tuple(gaps[:MOST_GROUPS]),
        grouped=len(asked),
    )


def _gaps(turns: Sequence[AskedTurn]) -> Iterable[Gap]:
    for members in group_alike([turn.text for turn in turns]):
        alike = [turns[position] for position in members]
        shown = Counter(near["clause"] for turn in alike for near in _see_also(turn))
        yield Gap(
            outcome=_outcome(alike[0]),
            count=len(alike),
            examples=tuple(dict.fromkeys(turn.text for turn in alike))[:EXAMPLES],
            nearest=tuple(clause for clause, _ in shown.most_common(EXAMPLES)),
            first_at=min(turn.at for turn in alike),
            last_at=max(turn.at for turn in alike),
        )


def _near(turns: Sequence[AskedTurn]) -> tuple[NearClause, ...]:
    """Each question counts once, for the clause that came nearest to it."""
    firsts = [near for turn in turns for near in _see_also(turn)[:1]]
    sections = {near["clause"]: str(near.get("section", "")) for near in firsts}
    found = Counter(near["clause"] for near in firsts)
    return tuple(NearClause(clause, sections[clause], count) for clause, count in found.most_common())


def _outcome(turn: AskedTurn) -> str:
    return str(turn.reply.get("outcome", ""))


def _see_also(turn: AskedTurn) -> list[dict[str, Any]]:
    return list(turn.reply.get("see_also", ()))
