import json
import random
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.grounding.check import check
from assistant.answering.grounding.verdict import Grounded, Refused

RECASTS = [json.loads(line) for line in (Path(__file__).parent / "recasts.jsonl").read_text("utf-8").splitlines()]
LIES = [recast for recast in RECASTS if recast["kind"] == "lie"]
TRUE = [recast for recast in RECASTS if recast["kind"] == "true"]
KEPT = {"1": "Client data is retained for two years after project completion, unless you request earlier deletion."}
SHARED = {"1": "We may collect usage data to improve our services."}
NAMES = ("Northwind",)


def verdict(recast: dict[str, Any]) -> Grounded | Refused:
    return check(recast["rephrased"], recast["clauses"], names=recast["names"])


@pytest.mark.parametrize("recast", LIES, ids=lambda recast: str(recast["rephrased"]))
def test_a_lie_made_of_the_words_of_its_clause_is_refused(recast: dict[str, Any]) -> None:
    assert isinstance(verdict(recast), Refused)


def test_two_free_rephrasings_in_five_pass() -> None:
    assert sum(isinstance(verdict(recast), Grounded) for recast in TRUE) / len(TRUE) >= 0.4


@pytest.mark.parametrize(
    "text",
    [
        "After the project is completed, we keep client data for two years unless you ask for earlier deletion.",
        "Client data is kept for two years after completion of the project unless you request earlier deletion.",
        "Unless you ask us to delete it earlier, client data is retained for two years after project completion.",
    ],
)
def test_an_event_may_be_told_as_a_noun_or_a_statement(text: str) -> None:
    assert isinstance(check(f"{text.rstrip('.')} [1].", KEPT, names=NAMES), Grounded)


def test_a_sentence_that_goes_on_is_read_with_the_one_before() -> None:
    whole = "Usage data may be collected [1]. This is done to improve our services [1]."
    assert isinstance(check(whole, SHARED, names=NAMES), Grounded)


def test_a_sentence_that_goes_on_may_not_change_what_it_goes_on_from() -> None:
    assert isinstance(check("Usage data may be collected [1]. This is done by you [1].", SHARED, names=NAMES), Refused)


def test_no_order_of_the_words_of_a_clause_raises() -> None:
    chance = random.Random(7)
    words = [word for recast in RECASTS for word in recast["rephrased"].rstrip(".").split("[")[0].split()]
    for recast in RECASTS:
        name = next(iter(recast["clauses"]))
        said = " ".join(chance.choices(words, k=chance.randint(1, 30)))
        assert isinstance(check(f"{said} [{name}].", recast["clauses"], names=recast["names"]), Refused)
