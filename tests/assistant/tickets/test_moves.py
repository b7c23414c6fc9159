import itertools

import pytest

from assistant.tickets.errors import IllegalMove, TicketRefusal
from assistant.tickets.moves import MOVES, OPENED_IN, assert_allowed, assert_legal, next_statuses
from assistant.tickets.values import DONE, OPEN, Kind, Status


def test_what_is_done_leads_nowhere() -> None:
    assert all(next_statuses(kind, status) == () for kind in Kind for status in DONE)


def test_every_open_status_of_a_kind_can_be_reached_and_left() -> None:
    for kind in Kind:
        reached = {*OPENED_IN[kind], *itertools.chain.from_iterable(MOVES[kind].values())}
        assert reached & OPEN == set(MOVES[kind])
        assert all(MOVES[kind].values())


def test_each_kind_has_the_statuses_of_the_contract() -> None:
    plain = {"received", "in_progress", "awaiting_requester", "closed"}
    named = {kind: {*MOVES[kind], *itertools.chain.from_iterable(MOVES[kind].values())} for kind in Kind}
    assert named[Kind.INQUIRY] == named[Kind.COMPLAINT] == plain
    assert named[Kind.SECURITY_INCIDENT] == {"received", "acknowledged", "in_progress", "contained", "closed"}
    assert named[Kind.RIGHTS_REQUEST] == set(Status) - {"acknowledged", "contained", "closed"}


def test_an_illegal_move_names_both_statuses() -> None:
    with pytest.raises(IllegalMove, match="CM-1 is fulfilled and cannot become in_progress"):
        assert_legal("CM-1", Kind.RIGHTS_REQUEST, Status.FULFILLED, Status.IN_PROGRESS)
    with pytest.raises(IllegalMove):
        assert_legal("CM-1", Kind.RIGHTS_REQUEST, Status.AWAITING_VERIFICATION, Status.FULFILLED)


@pytest.mark.parametrize(
    ("actor", "reason"), [("assistant", "No."), ("system", "No."), ("visitor", "No."), ("key:a", " ")]
)
def test_only_a_person_denies_and_only_with_a_reason(actor: str, reason: str) -> None:
    with pytest.raises(TicketRefusal, match="only by a person, and with a reason"):
        assert_allowed(Status.DENIED, actor=actor, reason=reason, proven=True, duplicate_of=None)
    assert_allowed(Status.DENIED, actor="key:ana", reason="Not ours.", proven=True, duplicate_of=None)


def test_only_a_proven_duplicate_is_merged() -> None:
    for proven, duplicate_of in ((False, "CM-1"), (True, None)):
        with pytest.raises(TicketRefusal):
            assert_allowed(Status.MERGED, actor="console", reason="", proven=proven, duplicate_of=duplicate_of)
    assert_allowed(Status.MERGED, actor="console", reason="", proven=True, duplicate_of="CM-1")


def test_nobody_but_the_clock_lets_a_request_expire() -> None:
    with pytest.raises(TicketRefusal):
        assert_allowed(Status.EXPIRED, actor="key:ana", reason="Late.", proven=False, duplicate_of=None)
