from dataclasses import replace
from pathlib import Path

import pytest

from evals.crash.judge import Shown, Told, judge
from evals.crash.ledger import Ledger, Promise, Story

DESK = Promise(Story.DESK, "a", ("CM-AAAA-AAAA",), "received", "a@example.com")
INCIDENT = Promise(Story.INCIDENT, "b", ("CM-BBBB-BBBB",), "received")
RIGHTS = Promise(Story.RIGHTS, "c", ("CM-CCCC-CCCC", "CM-DDDD-DDDD"), "received", "c@example.com")
TOLD = Told((DESK, INCIDENT, RIGHTS))
SHOWN = Shown(
    queue=tuple((reference, "received") for promise in TOLD.promises for reference in promise.references),
    alerts=frozenset(INCIDENT.references),
    codes=frozenset({"c@example.com"}),
    receipts=frozenset(("c@example.com", reference) for reference in RIGHTS.references),
)


def test_what_is_there_once_and_delivered_is_whole() -> None:
    assert judge(TOLD, SHOWN).whole


def test_an_acknowledged_ticket_that_is_not_in_the_queue_is_lost() -> None:
    verdict = judge(TOLD, replace(SHOWN, queue=SHOWN.queue[1:]))
    assert [line.split(":")[0] for line in verdict.lost] == ["desk a"]
    assert not verdict.whole


def test_one_of_two_linked_tickets_can_be_lost() -> None:
    assert len(judge(TOLD, replace(SHOWN, queue=SHOWN.queue[:-1])).lost) == 1


def test_a_proof_that_was_acknowledged_and_is_gone_is_lost() -> None:
    queue = (*SHOWN.queue[:-1], (RIGHTS.references[1], "awaiting_verification"))
    (line,) = judge(TOLD, replace(SHOWN, queue=queue)).lost
    assert "is awaiting_verification, acknowledged was received" in line


def test_a_step_whose_answer_nobody_waited_for_is_no_loss() -> None:
    awaiting = replace(RIGHTS, status="awaiting_verification")
    assert not judge(replace(TOLD, promises=(DESK, INCIDENT, awaiting)), SHOWN).lost


def test_a_ticket_that_reads_otherwise_counts_as_lost() -> None:
    assert judge(TOLD, replace(SHOWN, differing=("CM-AAAA-AAAA: its address is another one",))).lost


@pytest.mark.parametrize(
    "shown",
    [
        replace(SHOWN, queue=(*SHOWN.queue, ("CM-EEEE-EEEE", "received"))),
        replace(SHOWN, queue=(*SHOWN.queue, SHOWN.queue[0])),
        replace(SHOWN, repeated=("CM-AAAA-AAAA: repeated, it gives another",)),
    ],
    ids=["nobody was told of it", "it is listed twice", "its call makes another"],
)
def test_a_second_ticket_is_seen(shown: Shown) -> None:
    verdict = judge(TOLD, shown)
    assert len(verdict.doubled) == 1
    assert not verdict.lost


def test_one_ticket_for_two_requests_is_seen() -> None:
    other = replace(DESK, key="z")
    assert judge(replace(TOLD, promises=(*TOLD.promises, other)), SHOWN).doubled == (
        "CM-AAAA-AAAA was given to 2 requests",
    )


def test_every_mail_that_must_come_is_missed() -> None:
    bare = Shown(queue=SHOWN.queue, waiting=1, dead=2)
    assert len(judge(TOLD, bare).undelivered) == 1 + 2 * 2 + 2


def test_an_unproven_request_is_owed_a_code_and_no_receipt() -> None:
    awaiting = replace(RIGHTS, status="awaiting_verification")
    shown = replace(SHOWN, receipts=frozenset())
    assert not judge(replace(TOLD, promises=(DESK, INCIDENT, awaiting)), shown).undelivered


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (replace(TOLD, astray=("rights c: status 404",)), SHOWN),
        (replace(TOLD, unanswered=1), SHOWN),
        (TOLD, replace(SHOWN, audit=("entry 4 was altered",))),
        (TOLD, replace(SHOWN, file=("row 1 missing from index",))),
    ],
)
def test_whatever_else_is_broken_fails_the_run(told: Told, shown: Shown) -> None:
    assert len(judge(told, shown).others) == 1


def test_the_ledger_keeps_the_last_answer_and_notes_another_ticket(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.acknowledged(replace(RIGHTS, status="awaiting_verification"))
    ledger.acknowledged(RIGHTS)
    assert (ledger.promises(), ledger.contradictions(), ledger.count()) == ((RIGHTS,), (), 2)
    ledger.acknowledged(replace(RIGHTS, references=("CM-FFFF-FFFF",)))
    assert len(ledger.contradictions()) == 1
    ledger.close()


def test_the_ledger_stands_on_the_disk_at_once(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.acknowledged(DESK)
    ledger.astray(Story.RIGHTS, "x", "status 404")
    assert len((tmp_path / "ledger.jsonl").read_text().splitlines()) == 2
    ledger.close()
