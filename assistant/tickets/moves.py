"""Which status may follow which, for each kind, as data; and who may do what. Changes nothing itself."""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.tickets.errors import IllegalMove, TicketRefusal
from assistant.tickets.values import DONE, Kind, Status

# Actors that are programs, or that nobody has checked: none of them may refuse a person a right.
NO_PERSON = frozenset({"assistant", "system", "visitor"})

_ANSWERED = frozenset({Status.FULFILLED, Status.PARTIALLY_FULFILLED, Status.DENIED, Status.WITHDRAWN, Status.MERGED})
_PLAIN: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        Status.RECEIVED: frozenset({Status.IN_PROGRESS, Status.AWAITING_REQUESTER, Status.CLOSED}),
        Status.IN_PROGRESS: frozenset({Status.AWAITING_REQUESTER, Status.CLOSED}),
        Status.AWAITING_REQUESTER: frozenset({Status.IN_PROGRESS, Status.CLOSED}),
    }
)
# Every legal move. What is done leads nowhere: a reopened ticket would inherit limits that were answered already.
MOVES: Mapping[Kind, Mapping[Status, frozenset[Status]]] = MappingProxyType(
    {
        Kind.RIGHTS_REQUEST: {
            Status.AWAITING_VERIFICATION: frozenset({Status.RECEIVED, Status.DENIED, Status.WITHDRAWN, Status.EXPIRED}),
            Status.RECEIVED: _ANSWERED
            | {Status.IN_PROGRESS, Status.AWAITING_REQUESTER, Status.AWAITING_APPROVAL, Status.ON_HOLD},
            Status.IN_PROGRESS: _ANSWERED | {Status.AWAITING_REQUESTER, Status.AWAITING_APPROVAL, Status.ON_HOLD},
            Status.AWAITING_REQUESTER: _ANSWERED | {Status.IN_PROGRESS, Status.ON_HOLD},
            Status.AWAITING_APPROVAL: _ANSWERED | {Status.IN_PROGRESS, Status.ON_HOLD},
            Status.ON_HOLD: frozenset(
                {Status.IN_PROGRESS, Status.AWAITING_REQUESTER, Status.DENIED, Status.WITHDRAWN, Status.MERGED}
            ),
        },
        Kind.SECURITY_INCIDENT: {
            Status.RECEIVED: frozenset({Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.CONTAINED, Status.CLOSED}),
            Status.ACKNOWLEDGED: frozenset({Status.IN_PROGRESS, Status.CONTAINED, Status.CLOSED}),
            Status.IN_PROGRESS: frozenset({Status.CONTAINED, Status.CLOSED}),
            Status.CONTAINED: frozenset({Status.IN_PROGRESS, Status.CLOSED}),
        },
        Kind.INQUIRY: _PLAIN,
        Kind.COMPLAINT: _PLAIN,
    }
)
# What a ticket may be opened in.
_FIRST = frozenset({Status.RECEIVED})
OPENED_IN: Mapping[Kind, frozenset[Status]] = MappingProxyType(
    {kind: _FIRST | ({Status.AWAITING_VERIFICATION} if kind is Kind.RIGHTS_REQUEST else set()) for kind in Kind}
)

# What a visitor may ask without proving an address, and so may give one for later.
TAKES_CONTACT = frozenset({Kind.INQUIRY, Kind.COMPLAINT})


def is_person(actor: str) -> bool:
    """Whether the actor is someone of the desk or the console."""
    return actor not in NO_PERSON


def next_statuses(kind: Kind, status: Status) -> tuple[Status, ...]:
    return tuple(sorted(MOVES[kind].get(status, frozenset())))


def assert_legal(reference: str, kind: Kind, status: Status, to: Status) -> None:
    if to not in MOVES[kind].get(status, frozenset()):
        raise IllegalMove(reference, status, to)


def assert_allowed(to: Status, *, actor: str, reason: str, proven: bool, duplicate_of: str | None) -> None:
    """The moves that need more than to be legal; the refusal tells what is missing."""
    if to is Status.DENIED and not (is_person(actor) and reason.strip()):
        raise TicketRefusal("A request is denied only by a person, and with a reason: give both.")
    if to is Status.EXPIRED and actor != "system":
        raise TicketRefusal("A request expires by itself: withdraw or deny it instead.")
    if to is Status.MERGED and not (proven and duplicate_of):
        raise TicketRefusal("Only a request with a proven address that is linked to an open one like it can be merged.")


def is_done(status: Status) -> bool:
    return status in DONE
