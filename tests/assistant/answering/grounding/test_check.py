import json
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from assistant.answering.grounding.check import MAX_CHARACTERS, check
from assistant.answering.grounding.verdict import Grounded, Reason, Refused, Sentence

EXAMPLES = [json.loads(line) for line in (Path(__file__).parent / "examples.jsonl").read_text("utf-8").splitlines()]
TRUE = [example for example in EXAMPLES if example["kind"] == "true"]
FALSE = [example for example in EXAMPLES if example["kind"] != "true"]
KEPT = "Financial records and billing information are kept for seven years in compliance with tax law."
CLAUSES = {"7.1.3": KEPT, "7.2.1": "Marketing data is retained for three years unless you request earlier deletion."}
NAMES = ("Northwind",)


def verdict(example: dict[str, Any]) -> Grounded | Refused:
    ids = ", ".join(example["clauses"])
    return check(f"{example['said'].rstrip('.')} [{ids}].", example["clauses"], names=example["names"])


@pytest.mark.parametrize("example", FALSE, ids=lambda example: f"{example['kind']}: {example['said']}")
def test_a_lie_is_refused(example: dict[str, Any]) -> None:
    assert isinstance(verdict(example), Refused)


def test_at_least_three_true_sentences_in_four_pass() -> None:
    passed = Counter(isinstance(verdict(example), Grounded) for example in TRUE)
    assert passed[True] / len(TRUE) >= 0.75


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["said"]))
def test_each_clause_supports_itself(example: dict[str, Any]) -> None:
    for name, text in example["clauses"].items():
        assert isinstance(check(f"{text.rstrip('.')} [{name}].", example["clauses"], names=example["names"]), Grounded)


def yardstick() -> float:
    """The CPU time of some plain Python: 2 to 5 ms, by how fast the machine is just now."""
    begun, seen = time.process_time(), dict[str, int]()
    for number in range(6_000):
        seen[f"word{number % 97}"] = seen.get(f"word{number % 89}", 0) + number
    return time.process_time() - begun


def seconds_of(example: dict[str, Any]) -> float:
    begun = time.process_time()
    verdict(example)
    return time.process_time() - begun


def test_ninety_five_checks_in_a_hundred_take_a_few_milliseconds() -> None:
    taken, beside = [], []
    for example in EXAMPLES:
        # The better of two: others on the machine slow now the one, now the other.
        taken.append(min(seconds_of(example), seconds_of(example)))
        beside.append(yardstick())
    assert sorted(taken)[int(0.95 * len(taken))] <= 2.5 * median(beside)


def test_a_list_of_equal_items_ends_quickly() -> None:
    clause = "We collect " + ", ".join(["data"] * 40) + ", and data."
    begun = time.process_time()
    check("We collect " + ", ".join(["data"] * 35) + ", and data today [1.1.1].", {"1.1.1": clause}, names=NAMES)
    check("We collect " + ", ".join(["data"] * 35) + ", or data [1.1.1].", {"1.1.1": clause}, names=NAMES)
    assert time.process_time() - begun < 0.5


def test_sentences_come_back_without_markers_and_with_their_clauses() -> None:
    text = (
        "Billing information is kept for seven years [7.1.3]. "
        "We keep marketing data for three years unless you request earlier deletion. [7.2.1]"
    )
    assert check(text, CLAUSES, names=NAMES) == Grounded(
        (
            Sentence("Billing information is kept for seven years.", ("7.1.3",)),
            Sentence("We keep marketing data for three years unless you request earlier deletion.", ("7.2.1",)),
        )
    )


def test_a_sentence_may_rest_on_two_clauses_if_each_half_rests_on_its_own() -> None:
    text = (
        "Northwind keeps billing information for seven years, and marketing data is kept for three years "
        "unless you request earlier deletion [7.1.3][7.2.1]."
    )
    assert isinstance(check(text, CLAUSES, names=NAMES), Grounded)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("   ", Reason.EMPTY),
        ("[7.1.3]", Reason.NO_CITATION),
        ("Billing information is kept for seven years.", Reason.NO_CITATION),
        ("Billing information is kept for seven years [7.1.3]. Ask us anything.", Reason.NO_CITATION),
        ("We are kind. Billing information is kept for seven years [7.1.3].", Reason.NO_CITATION),
        ("Billing information is kept for seven years [9.9.9].", Reason.UNKNOWN_CLAUSE),
        ("Billing information is kept for seven years [7.1.3, 9.9.9].", Reason.UNKNOWN_CLAUSE),
        ("Billing information is kept for seven years [].", Reason.NO_CITATION),
        ("Billing information is kept for eight years [7.1.3].", Reason.NUMBER),
        ("Billing information is not kept for seven years [7.1.3].", Reason.NEGATION),
        ("Billing information may be kept for seven years [7.1.3].", Reason.MODALITY),
        ("All billing information is kept for seven years [7.1.3].", Reason.QUANTIFIER),
        ("Marketing data is retained for three years [7.2.1].", Reason.CONDITION),
        ("Billing information is kept for seven years in Denmark [7.1.3].", Reason.NAME),
        ("Billing information is kept gladly for seven years [7.1.3].", Reason.NEW_WORD),
        ("Seven years are kept for billing information [7.1.3].", Reason.STRUCTURE),
        ("Marketing data is retained for seven years [7.1.3, 7.2.1].", Reason.MERGED),
        ("Billing information is kept for seven years <img src=x> [7.1.3].", Reason.UNREADABLE),
        ("Billing information is kept for seven years ![x](https://evil.example) [7.1.3].", Reason.UNKNOWN_CLAUSE),
        ("Billing information is kept for seven\u200b years [7.1.3].", Reason.UNREADABLE),
        ("Is billing information kept for seven years? [7.1.3]", Reason.UNREADABLE),
        ("x" * (MAX_CHARACTERS + 1), Reason.TOO_LONG),
    ],
)
def test_a_refusal_names_its_reason(text: str, reason: Reason) -> None:
    assert check(text, CLAUSES, names=NAMES) == Refused(reason)


def test_one_bad_sentence_refuses_the_good_ones() -> None:
    text = "Billing information is kept for seven years [7.1.3]. Marketing data is kept for ten years [7.2.1]."
    assert check(text, CLAUSES, names=NAMES) == Refused(Reason.NUMBER)


def test_letters_that_look_alike_are_not_alike() -> None:
    assert isinstance(check("Вilling information is kept for seven years [7.1.3].", CLAUSES, names=NAMES), Refused)


def test_without_its_name_given_the_organisation_is_a_stranger() -> None:
    text = "Northwind keeps billing information for seven years [7.1.3]."
    assert isinstance(check(text, CLAUSES, names=NAMES), Grounded)
    assert check(text, CLAUSES, names=()) == Refused(Reason.NEW_WORD)


def test_clients_are_the_reader_only_where_a_clause_speaks_to_its_reader() -> None:
    spoken = {"6.2.2": "You can opt out of marketing communications."}
    silent = {"6.2.2": "Marketing communications can be stopped."}
    assert isinstance(check("Clients can opt out of marketing communications [6.2.2].", spoken, names=NAMES), Grounded)
    assert isinstance(check("Clients can be stopped [6.2.2].", silent, names=NAMES), Refused)
