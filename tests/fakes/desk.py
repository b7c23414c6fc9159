"""A desk with one ticket that never changes: enough to see which call a door makes of a request."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from assistant.desk.values import Wanted
from assistant.reply import Right
from assistant.reports.gaps import Gap, GapReport, NearClause
from assistant.reports.sla import KindFigures, LimitFigures, SlaReport
from assistant.tickets.errors import StaleTicket, TicketNotFound
from assistant.tickets.values import (
    BasisKind,
    Due,
    Entry,
    Event,
    Filters,
    Kind,
    Page,
    Regime,
    Status,
    TicketCard,
    TicketRow,
    TicketView,
)

REFERENCE = "EX-7F3K-92QD"
AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
VERSION = 3
DUE = Due(BasisKind.TARGET, "", AT)
CARD = TicketCard(REFERENCE, Kind.RIGHTS_REQUEST, Right.ACCESS, Status.RECEIVED, None, DUE, None)
ROW = TicketRow(CARD, AT, None, "r…@example.com", contact_proven=True, group=None, version=VERSION)
VIEW = TicketView(
    row=ROW,
    text="Please send me everything.",
    contact="riya@example.com",
    details=None,
    on_behalf_of=None,
    subject="self",
    origin="web",
    regime=None,
    noticed_at=None,
    verified_at=None,
    first_answered_at=None,
    acknowledged_at=None,
    acknowledged_by=None,
    paused_at=None,
    closed_at=None,
    duplicate_of=None,
    linked=(),
    deadlines=(),
    moves=(Status.IN_PROGRESS,),
)


@dataclass
class FakeTicketDesk:
    """`asked` is what was asked of it, in order. `raises` stands in for whatever the queue refuses with."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    raises: Exception | None = None

    def open(self, wanted: Wanted, *, actor: str, key: str) -> Mapping[str, Any]:
        self._ask("open", wanted, actor, key)
        return {**CARD.as_json(), "version": 1}

    def export(self, filters: Filters, *, actor: str) -> Iterator[str]:
        self._ask("export", filters, actor)
        return iter(["reference\r\n", f"{REFERENCE}\r\n"])

    def list(self, filters: Filters, *, cursor: str | None = None, limit: int = 50) -> Page:
        self._ask("list", filters, cursor, limit)
        return Page((ROW,), None)

    def show(self, reference: str, *, actor: str) -> TicketView:
        self._change("show", reference, actor, None)
        return VIEW

    def history(self, reference: str, *, actor: str) -> tuple[Entry, ...]:
        self._change("history", reference, actor, None)
        return (Entry(1, AT, "visitor", Event.OPENED, Status.RECEIVED, None),)

    def claim(self, reference: str, *, actor: str, expect_version: int | None = None) -> TicketView:
        return self._change("claim", reference, actor, expect_version)

    def assign(self, reference: str, to: str, *, actor: str, expect_version: int | None = None) -> TicketView:
        return self._change("assign", reference, actor, expect_version, to)

    def transition(
        self, reference: str, to: Status, *, reason: str = "", actor: str, expect_version: int | None = None
    ) -> TicketView:
        return self._change("transition", reference, actor, expect_version, to, reason)

    def extend(
        self, reference: str, until: datetime, *, reason: str, actor: str, expect_version: int | None = None
    ) -> TicketView:
        return self._change("extend", reference, actor, expect_version, until, reason)

    def note(self, reference: str, text: str, *, actor: str, expect_version: int | None = None) -> TicketView:
        return self._change("note", reference, actor, expect_version, text)

    def reply(self, reference: str, text: str, *, actor: str, expect_version: int | None = None) -> TicketView:
        return self._change("reply", reference, actor, expect_version, text)

    def set_regime(
        self, reference: str, regime: Regime, *, actor: str, expect_version: int | None = None
    ) -> TicketView:
        return self._change("set_regime", reference, actor, expect_version, regime)

    def acknowledge(
        self, reference: str, *, by: str | None = None, actor: str, expect_version: int | None = None
    ) -> TicketView:
        return self._change("acknowledge", reference, actor, expect_version, by)

    def _change(self, act: str, reference: str, actor: str, version: int | None, *more: Any) -> TicketView:
        self._ask(act, reference, actor, version, *more)
        if reference != REFERENCE:
            raise TicketNotFound
        if version not in {None, VERSION}:
            raise StaleTicket(reference)
        return replace(VIEW, row=replace(ROW, version=VERSION + 1))

    def _ask(self, *asked: Any) -> None:
        self.asked.append(asked)
        if self.raises:
            raise self.raises


class FakeReports:
    def sla(self, *, days: int = 90) -> SlaReport:
        kept = LimitFigures(kept=3, missed=1, running=2)
        figures = KindFigures(Kind.INQUIRY, days, 1, 1, 0, 0, AT, kept, LimitFigures(), 2.5, None, None)
        return SlaReport(AT, AT, (figures,), 0)

    def gaps(self, *, days: int = 90) -> GapReport:
        gap = Gap("not_stated", days, ("In which country are the servers?",), ("1.1.1",), AT, AT)
        return GapReport(
            AT, AT, {"answered": 3, "not_stated": days}, (NearClause("1.1.1", "Servers", days),), (gap,), 1
        )
