from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.reply import Right
from assistant.tickets.errors import BadRequest, TicketRefusal
from assistant.tickets.values import BasisKind, Regime, Status
from tests.assistant.tickets.conftest import ANA, START, Room

LATER = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def limits(room: Room, reference: str) -> list[tuple[str, str, bool, bool]]:
    """Name, basis, whether it governs, whether it still runs."""
    deadlines = room.tickets.view(reference).deadlines
    return [(each.name, each.basis, each.governs, each.stopped_at is None) for each in deadlines]


def set_regime(room: Room, reference: str, regime: Regime) -> None:
    room.do(room.tickets.set_regime, reference, regime, actor="key:ana")


def extend(room: Room, reference: str, until: datetime, **changes: Any) -> None:
    room.do(room.tickets.extend, reference, until, **{"reason": "It is complex.", "actor": "key:ana", **changes})


def test_a_regime_takes_the_place_of_the_target_and_both_stay(room: Room) -> None:
    reference = room.open(right=Right.DELETION).reference
    room.watch.forward(days=3)
    set_regime(room, reference, Regime.GDPR)
    card = room.tickets.card(reference)
    assert card.due is not None
    assert (card.due.kind, card.due.cite) == (BasisKind.LAW, "GDPR Art. 12(3)")
    assert card.due.at == datetime(2026, 10, 22, 10, 15, tzinfo=UTC)
    assert limits(room, reference) == [
        ("answer", "target", False, True),
        ("first_answer", "policy", False, True),
        ("answer", "law", True, True),
    ]


def test_a_law_with_more_time_leaves_the_policys_promise(room: Room) -> None:
    reference = room.open(right=Right.ACCESS).reference
    set_regime(room, reference, Regime.CCPA)
    card = room.tickets.card(reference)
    assert card.due is not None
    assert (card.due.kind, card.due.cite) == (BasisKind.POLICY, "12.2.2")
    assert ("answer", "law", False, True) in limits(room, reference)
    assert ("acknowledge", "law", False, True) in limits(room, reference)


def test_a_law_that_is_not_in_force_is_noted_and_changes_no_date(room: Room) -> None:
    before = room.open(right=Right.DELETION)
    set_regime(room, before.reference, Regime.DPDP)
    assert room.tickets.card(before.reference) == before
    noted = room.tickets.view(before.reference).deadlines[-1]
    assert (noted.regime, noted.in_force, noted.governs) == (Regime.DPDP, False, False)


def test_another_regime_stops_the_limits_of_the_one_before(room: Room) -> None:
    reference = room.open(right=Right.DELETION).reference
    set_regime(room, reference, Regime.CCPA)
    set_regime(room, reference, Regime.GDPR)
    running = [each for each in room.tickets.view(reference).deadlines if each.stopped_at is None and each.regime]
    assert [each.regime for each in running] == [Regime.GDPR]
    with pytest.raises(TicketRefusal):
        set_regime(room, reference, Regime.GDPR)
    with pytest.raises(TicketRefusal):
        set_regime(room, room.open_inquiry().reference, Regime.GDPR)


def test_an_extension_under_the_gdpr_ends_three_months_from_the_start(room: Room) -> None:
    reference = room.open(right=Right.DELETION).reference
    set_regime(room, reference, Regime.GDPR)
    most = datetime(2026, 12, 22, 10, 15, tzinfo=UTC)
    with pytest.raises(BadRequest, match="at most 2026-12-22T10:15:00Z"):
        extend(room, reference, most + timedelta(minutes=1))
    extend(room, reference, most)
    card = room.tickets.card(reference)
    assert card.due is not None
    assert (card.due.at, card.due.kind, card.due.cite) == (most, BasisKind.LAW, "GDPR Art. 12(3)")
    (notice,) = room.mails()
    assert (notice.to, notice.purpose) == (ANA, "notice")
    assert "It is complex." in notice.body
    assert "22 December 2026" in notice.body


def test_the_notice_of_an_extension_belongs_into_the_first_period(room: Room) -> None:
    reference = room.open(right=Right.DELETION).reference
    set_regime(room, reference, Regime.GDPR)
    room.watch.now = datetime(2026, 10, 22, 10, 15, 1, tzinfo=UTC)
    with pytest.raises(TicketRefusal, match="first period is over"):
        extend(room, reference, LATER)
    assert room.mails() == []


def test_an_extension_does_not_open_a_second_period(room: Room) -> None:
    reference = room.open(right=Right.DELETION).reference
    set_regime(room, reference, Regime.GDPR)
    extend(room, reference, LATER)
    room.watch.now = LATER - timedelta(days=1)
    with pytest.raises(TicketRefusal):
        extend(room, reference, LATER + timedelta(days=5))


def test_without_a_law_a_date_that_is_moved_is_our_own_target(room: Room) -> None:
    for right in (Right.ACCESS, Right.OBJECTION):
        reference = room.open(right=right).reference
        extend(room, reference, LATER)
        card = room.tickets.card(reference)
        assert card.due is not None
        assert (card.due.at, card.due.kind, card.due.cite) == (LATER, BasisKind.TARGET, "")
        # What was promised first stays to be seen.
        assert limits(room, reference)[0][3] is False


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"actor": "assistant"}, {"until": START + timedelta(days=2)}])
def test_an_extension_needs_a_person_a_reason_and_a_later_date(room: Room, wrong: dict[str, Any]) -> None:
    reference = room.open(right=Right.DELETION).reference
    until = wrong.pop("until", LATER)
    with pytest.raises(BadRequest):
        extend(room, reference, until, **wrong)


def test_an_extension_is_not_written_to_an_address_that_awaits_its_code(room: Room) -> None:
    extend(room, room.open_unproven(right=Right.DELETION).reference, LATER)
    assert room.mails() == []


def test_a_pause_moves_the_laws_limit_by_its_length_and_no_other(room: Room) -> None:
    reference = room.open(right=Right.DELETION).reference
    set_regime(room, reference, Regime.GDPR)
    room.watch.forward(days=5)
    room.do(room.tickets.move, reference, Status.ON_HOLD, actor="key:ana", reason="Asked who they are.")
    assert room.tickets.view(reference).paused_at == room.watch.now
    room.watch.forward(days=10)
    room.do(room.tickets.move, reference, Status.IN_PROGRESS, actor="key:ana")
    view = room.tickets.view(reference)
    assert view.paused_at is None
    dates = {(str(each.name), str(each.basis)): each.due_at for each in view.deadlines}
    assert dates["answer", "law"] == datetime(2026, 11, 1, 10, 15, tzinfo=UTC)
    assert dates["answer", "target"] == datetime(2026, 10, 22, 10, 15, tzinfo=UTC)
    assert dates["first_answer", "policy"] == datetime(2026, 9, 25, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize("regime", [None, Regime.CCPA, Regime.DPDP])
def test_on_hold_stops_no_clock_where_no_law_allows_it(room: Room, regime: Regime | None) -> None:
    before = room.open(right=Right.DELETION)
    if regime:
        set_regime(room, before.reference, regime)
    due = room.tickets.card(before.reference).due
    with pytest.raises(TicketRefusal, match="a law on the ticket that allows it"):
        room.do(room.tickets.pause, before.reference, reason="Asked.", actor="key:ana")
    room.do(room.tickets.move, before.reference, Status.ON_HOLD, actor="key:ana", reason="Legal hold.")
    room.watch.forward(days=9)
    room.do(room.tickets.move, before.reference, Status.IN_PROGRESS, actor="key:ana")
    assert room.tickets.card(before.reference).due == due


def test_a_claimed_ticket_is_taken_over_only_by_assigning_it(room: Room) -> None:
    reference = room.open().reference
    for _ in range(2):
        room.do(room.tickets.claim, reference, actor="key:ana")
    with pytest.raises(TicketRefusal, match="assign it"):
        room.do(room.tickets.claim, reference, actor="key:ben")
    room.do(room.tickets.assign, reference, "key:ben", actor="key:ben")
    assert room.tickets.view(reference).row.assignee == "key:ben"
    assert [entry.event for entry in room.tickets.history(reference)] == ["opened", "assigned", "assigned"]


def test_nothing_is_adjusted_on_what_is_done(room: Room) -> None:
    reference = room.open(right=Right.DELETION).reference
    room.do(room.tickets.withdraw, reference, actor="visitor")
    with pytest.raises(TicketRefusal, match="is withdrawn"):
        room.do(room.tickets.claim, reference, actor="key:ana")
    with pytest.raises(TicketRefusal):
        extend(room, reference, LATER)
