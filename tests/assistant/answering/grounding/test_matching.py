"""Statements of five policies told truly and falsely, written before the matching was; and lies made by machine.

The floor of the truths is what passes now, and it is to be raised with the checker.
"""

import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.grounding.check import check
from assistant.answering.grounding.matching.judging import contradicts, rests
from assistant.answering.grounding.verdict import Grounded
from knowledge.parser.policy import parse
from knowledge.training import __path__ as training
from tests.assistant.answering.grounding.test_perturbations import lies

LINES = [json.loads(line) for line in (Path(__file__).parent / "statements.jsonl").read_text("utf-8").splitlines()]
LIES = [line for line in LINES if line["kind"] != "true"]
TRUE = [line for line in LINES if line["kind"] == "true"]
TRUTHS_THAT_PASS = 0.52
# Of more than six thousand lies that can be made of three policies.
EVERY = 3
# Of more than ten thousand.
EVERY_NEW = 14
KEPT = "Candidate profiles are deleted after 30 months, unless a complaint about them is open."
SENT = "We pass your name and address to the courier, and the courier must delete them 45 days after delivery."


def passes(line: dict[str, Any]) -> bool:
    return isinstance(check(line["rephrased"], line["clauses"], names=line["names"]), Grounded)


@pytest.mark.parametrize("kind", sorted({line["kind"] for line in LIES}))
def test_no_lie_passes(kind: str) -> None:
    assert [line["rephrased"] for line in LIES if line["kind"] == kind and passes(line)] == []


def test_half_of_the_truths_pass() -> None:
    assert len(LIES) >= 290
    assert sum(map(passes, TRUE)) / len(TRUE) >= TRUTHS_THAT_PASS


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("We provide you with sound advice.", "We give you sound advice"),
        (KEPT, "Unless there is an open complaint about them, we erase candidate profiles after 30 months"),
        (SENT, "The courier gets your address"),
        (SENT, "Your name and address are shared with the courier"),
        ("No card data is stored.", "No card data is kept"),
        ("We share statistics without revealing names.", "We do not reveal names"),
        ("Leafscore shows your first name but not your surname.", "Your surname is not shown by Leafscore"),
        ("We may share data with providers, including couriers and banks.", "We may share data with couriers"),
        ("Claims files may be opened only by twelve employees.", "Only twelve employees can open claims files"),
        ("We answer within 72 hours of a request.", "We answer within 72 hours after a request"),
    ],
)
def test_a_statement_may_be_told_in_another_voice_order_and_wording(clause: str, said: str) -> None:
    assert rests(said, [clause], ())


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (KEPT, "Candidate profiles are deleted after 30 months"),
        (KEPT, "Candidate profiles are archived after 30 months, unless a complaint about them is open"),
        (SENT, "The courier passes your name and address to us"),
        (SENT, "We must delete your name and address 45 days after delivery"),
        (SENT, "The courier must delete them 45 days before delivery"),
        (SENT, "The courier must delete them 45 working days after delivery"),
        (SENT, "The courier must delete them forever 45 days after delivery"),
        (
            "Leafscore collects reviews, which show your name but not your surname.",
            "Leafscore does not collect your surname",
        ),
        ("We share data only with providers, including couriers and banks.", "We share data only with couriers"),
        ("Claims files may be opened only by twelve employees.", "Twelve employees can only open claims files"),
        ("We collect data such as names through cookies.", "We collect data through names"),
    ],
)
def test_a_statement_may_not_lose_a_condition_nor_change_who_does_what_and_when(clause: str, said: str) -> None:
    assert not rests(said, [clause], ())


@pytest.mark.parametrize(
    "text", ['We do not "share" data', "We do not share data (for now)", "We do not share data: we sell it"]
)
def test_marks_that_take_back_what_is_said_are_refused(text: str) -> None:
    assert not isinstance(check(f"{text} [1].", {"1": "We do not share data."}, names=()), Grounded)


def test_a_statement_that_only_may_be_contradicts_the_one_that_is() -> None:
    assert contradicts("We may pass your name and address to the courier", [SENT], ())
    assert not contradicts("We pass your name and address to the courier", [SENT], ())


def made(*folders: str) -> Iterator[tuple[str, str]]:
    for folder in folders:
        policy = Path(next(iter(training))) / "data" / folder / "policy.txt"
        for clause in parse(policy.read_bytes(), name=policy.name).clauses:
            yield from ((lie, clause.text) for lie in lies(clause.text) if not lie.startswith(("Yes, ", "No, ")))


def test_two_thousand_made_lies_about_other_policies_are_refused() -> None:
    tried = list(made("fernway", "oakmere", "havenshield"))[::EVERY]
    assert len(tried) >= 2_000
    assert accepted(tried) == []


def accepted(tried: Iterable[tuple[str, str]]) -> list[str]:
    return [lie for lie, clause in tried if isinstance(check(f"{lie} [1].", {"1": clause}, names=()), Grounded)]


# Each got through once, most of them by a word that the reading had no room for; the last of each line is the clause.
@pytest.mark.parametrize(
    ("lie", "clause"),
    [
        ("Relatives cannot obtain call records not from us", "Relatives cannot obtain call records from us."),
        ("We charge no fee not unless a request is unfounded", "We charge no fee unless a request is unfounded."),
        ("You could receive no more than six appeals a year", "You will receive no more than six appeals a year."),
        ("We inform the worker that we have done so forever", "We inform the worker that we have done so."),
        ("The parent must must give consent", "The parent must give consent."),
        (
            "You must be 16, although must a parent may give you a code",
            "You must be 16, although a parent may give you a code.",
        ),
        (
            "If we are in the EEA, we rely on our contract with you",
            "If you are in the EEA, we rely on our contract with you.",
        ),
        ("We inform you at least 30 days after", "We inform you at least 30 days before."),
        (
            "We drop the signal even if you accepted cookies after",
            "We drop the signal even if you accepted cookies before.",
        ),
        ("We tell your relatives unless you told us to", "We tell your relatives unless you told us not to."),
        ("Users in India will complain to the board", "Users in India may complain to the board."),
        ("We inform you at least 30 days", "We inform you at least 30 days before."),
        ("Figures appear when 25 orders are counted", "Figures appear only when 25 orders are counted."),
        ("The courier gets your data by then", "The courier gets your data."),
        (
            "Members are shown only an immediately distance, rounded up",
            "Members are shown only a distance, rounded up.",
        ),
    ],
)
def test_no_small_word_may_come_go_or_change_place(lie: str, clause: str) -> None:
    assert accepted([(lie, clause)]) == []


def test_made_lies_about_policies_it_was_never_tried_on_are_refused() -> None:
    tried = list(made("kestrelfone", "cedarlens", "northquay"))[::EVERY_NEW]
    assert len(tried) >= 700
    assert accepted(tried) == []


def test_a_reply_of_six_sentences_takes_milliseconds() -> None:
    replies = [TRUE[at : at + 6] for at in range(0, len(TRUE) - 6, 6)]
    taken = []
    for reply in replies:
        begun = time.process_time()
        for line in reply:
            passes(line)
        taken.append(time.process_time() - begun)
    assert sorted(taken)[len(taken) // 2] <= 0.05
