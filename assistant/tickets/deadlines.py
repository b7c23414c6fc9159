"""Which limits a ticket has: the policy's promises, the organisation's own target, and the law the desk has set."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import holidays

from assistant.organisation import Organisation
from assistant.reply import Right
from assistant.tickets.clocks import Span, Unit, end_of
from assistant.tickets.regimes import REGIMES, REGULATORS, LegalLimit, RegimeRules
from assistant.tickets.values import BasisKind, ClockName, Deadline, Kind, Regime

FIRST_ANSWER, DATA_ACCESS = "inquiry_answer", "data_access"
# Without a regime the desk may move our own limit as far as the laws that know an extension would at most.
_OWN_EXTENSION = Span(90, Unit.DAYS)


@dataclass(frozen=True, slots=True)
class Extension:
    """How far an answer may be put off, and what is cited for it."""

    latest: datetime
    basis: BasisKind
    cite: str
    source: str
    regime: Regime | None


class DeadlineRules:
    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self._zone = organisation.zone
        self._promises = {promise.id: promise for promise in organisation.promises}
        # An incident has none: its alerts go on until a person takes it.
        self._target = Span(organisation.default_target_days, Unit.DAYS)

    def at_opening(self, kind: Kind, right: Right | None, start: datetime) -> tuple[Deadline, ...]:
        """The limits of a new ticket. The one that governs comes first; an incident has none."""
        if kind is Kind.SECURITY_INCIDENT:
            return ()
        first = self._promise(FIRST_ANSWER, ClockName.FIRST_ANSWER, start, governs=kind is not Kind.RIGHTS_REQUEST)
        if kind is not Kind.RIGHTS_REQUEST:
            return (first or self._own_target(start),)
        access = self._promise(DATA_ACCESS, ClockName.ANSWER, start, governs=True) if right is Right.ACCESS else None
        answer = access or self._own_target(start)
        return (answer, first) if first else (answer,)

    def under(self, regime: Regime, right: Right, start: datetime, *, today: date) -> tuple[Deadline, ...]:
        """What this law sets for this right, in force or not; nothing where it gives no number."""
        rules = REGIMES[regime]
        in_force = rules.in_force_from is None or today >= rules.in_force_from
        return tuple(
            self._legal(limit, regime, rules, start, in_force=in_force)
            for limit in rules.limits
            if right in limit.rights
        )

    def regulators(self, noticed_at: datetime, *, today: date) -> tuple[Deadline, ...]:
        """By when regulators may have to hear of an incident: shown to the desk, never sent."""
        return tuple(
            Deadline(
                name=limit.name,
                due_at=end_of(noticed_at, Span(limit.hours, Unit.HOURS), zone=self._zone),
                basis=BasisKind.LAW,
                cite=limit.cite,
                source=limit.source,
                regime=limit.regime,
                in_force=limit.in_force_from is None or today >= limit.in_force_from,
                governs=False,
                stopped_at=None,
            )
            for limit in REGULATORS
        )

    def extension(self, regime: Regime | None, start: datetime) -> Extension | None:
        """How far the answer may be put off under this law in force, or as our own target; None where the law has no
        extension.
        """
        if regime is None:
            return Extension(end_of(start, _OWN_EXTENSION, zone=self._zone), BasisKind.TARGET, "", "our target", None)
        rules = REGIMES[regime]
        if rules.extended is None:
            return None
        latest = end_of(start, rules.extended, zone=self._zone)
        return Extension(latest, BasisKind.LAW, rules.extension, rules.source, regime)

    def _promise(self, name: str, clock: ClockName, start: datetime, *, governs: bool) -> Deadline | None:
        promise = self._promises.get(name)
        if promise is None:
            return None
        due_at = end_of(start, Span(promise.amount, Unit(promise.unit)), zone=self._zone)
        return _deadline(clock, due_at, BasisKind.POLICY, promise.clause, governs=governs)

    def _own_target(self, start: datetime) -> Deadline:
        due_at = end_of(start, self._target, zone=self._zone)
        return _deadline(ClockName.ANSWER, due_at, BasisKind.TARGET, "", governs=True)

    def _legal(
        self, limit: LegalLimit, regime: Regime, rules: RegimeRules, start: datetime, *, in_force: bool
    ) -> Deadline:
        closed: Container[date] = _holidays(*rules.holidays) if rules.holidays else ()
        return Deadline(
            name=limit.name,
            due_at=end_of(start, limit.span, zone=self._zone, closed=closed),
            basis=BasisKind.LAW,
            cite=limit.cite,
            source=rules.source,
            regime=regime,
            in_force=in_force,
            governs=False,
            stopped_at=None,
        )


def governing(deadlines: Sequence[Deadline]) -> int | None:
    """Which of a ticket's answers is its due date: of those that still run and are in force, the earliest that binds.

    A promise is not loosened by a law that gives more time. Our own target binds nobody: a law takes its place, and a
    later target an earlier one.
    """
    running = [
        (index, deadline)
        for index, deadline in enumerate(deadlines)
        if deadline.name is ClockName.ANSWER and deadline.in_force and deadline.stopped_at is None
    ]
    binding = [(deadline.due_at, index) for index, deadline in running if deadline.basis is not BasisKind.TARGET]
    if binding:
        return min(binding)[1]
    return running[-1][0] if running else None


def _deadline(clock: ClockName, due_at: datetime, basis: BasisKind, cite: str, *, governs: bool) -> Deadline:
    source = "the privacy policy" if basis is BasisKind.POLICY else "our target"
    return Deadline(clock, due_at, basis, cite, source, None, in_force=True, governs=governs, stopped_at=None)


def _holidays(country: str, subdivision: str | None) -> Container[date]:
    return holidays.country_holidays(country, subdiv=subdivision)
