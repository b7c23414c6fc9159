"""The judgement: what the clients were told, held against what the product shows after the last restart.

Pure: two books in, a verdict out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.crash.ledger import Promise, Story

RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Told:
    """The clients' book."""

    promises: Sequence[Promise]
    contradictions: Sequence[str] = ()
    astray: Sequence[str] = ()
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What the product shows. `queue` is every entry of its list, `receipts` are addresses with references.

    `differing` are tickets that read otherwise than acknowledged, `repeated` calls that gave another ticket when they
    were made again.
    """

    queue: Sequence[tuple[str, str]]
    alerts: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    receipts: frozenset[tuple[str, str]] = frozenset()
    differing: Sequence[str] = ()
    repeated: Sequence[str] = ()
    waiting: int = 0
    dead: int = 0
    audit: Sequence[str] = ()
    file: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    undelivered: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not (self.lost or self.doubled or self.undelivered or self.others)


def judge(told: Told, shown: Shown) -> Verdict:
    return Verdict(
        lost=tuple(_lost(told, dict(shown.queue))) + tuple(shown.differing),
        doubled=tuple(_doubled(told, shown)),
        undelivered=tuple(_undelivered(told, shown)),
        others=tuple(_others(told, shown)),
    )


def _lost(told: Told, queue: Mapping[str, str]) -> Iterator[str]:
    for promise, reference in _each(told):
        status = queue.get(reference)
        if status is None:
            yield f"{promise.story} {promise.key}: {reference} was acknowledged and is not in the queue"
        elif status != promise.status and not _may_have_become(promise, status):
            yield f"{promise.story} {promise.key}: {reference} is {status}, acknowledged was {promise.status}"


def _each(told: Told) -> Iterator[tuple[Promise, str]]:
    return ((promise, reference) for promise in told.promises for reference in promise.references)


def _may_have_become(promise: Promise, status: str) -> bool:
    """The step after the acknowledged one may have been taken by a call that was given up."""
    return promise.story is not Story.DESK and (promise.status, status) in {
        ("awaiting_verification", RECEIVED),
        (RECEIVED, "acknowledged"),
    }


def _doubled(told: Told, shown: Shown) -> Iterator[str]:
    yield from told.contradictions
    yield from shown.repeated
    for reference, times in Counter(reference for _, reference in _each(told)).items():
        if times > 1:
            yield f"{reference} was given to {times} requests"
    for reference, times in Counter(reference for reference, _ in shown.queue).items():
        if times > 1:
            yield f"{reference} stands {times} times in the queue"
    acknowledged = {reference for _, reference in _each(told)}
    # Every call was repeated until it was answered: a ticket that no answer names is a second one.
    yield from (
        f"{reference} is in the queue ({status}) and was acknowledged to nobody"
        for reference, status in shown.queue
        if reference not in acknowledged
    )


def _undelivered(told: Told, shown: Shown) -> Iterator[str]:
    for promise, reference in _each(told):
        if promise.story is Story.INCIDENT and reference not in shown.alerts:
            yield f"{reference}: no alert was delivered"
        if promise.story is Story.RIGHTS and promise.contact is not None:
            if promise.contact not in shown.codes:
                yield f"{reference}: no code was delivered"
            if promise.status == RECEIVED and (promise.contact, reference) not in shown.receipts:
                yield f"{reference}: no receipt was delivered"
    if shown.waiting:
        yield f"{shown.waiting} entries of the outbox still wait"
    if shown.dead:
        yield f"{shown.dead} entries of the outbox were given up"


def _others(told: Told, shown: Shown) -> Iterator[str]:
    yield from told.astray
    if told.unanswered:
        yield f"{told.unanswered} clients never had their answer"
    yield from (f"audit trail: {problem}" for problem in shown.audit)
    yield from (f"database file: {problem}" for problem in shown.file)
