"""The shipped sets hold what they claim to, against the shipped policy and its question bank."""

import re
import unicodedata
from collections import Counter

import pytest

from assistant.policy_folder import policy_folder
from evals.dataset import Case, DatasetName, Expect, Kind, load_named
from knowledge.clause import PolicyVersion
from knowledge.questions import load_bank
from knowledge.versions.library import PolicyLibrary

FOLDER = policy_folder("codemites")


@pytest.fixture(scope="module")
def version() -> PolicyVersion:
    return PolicyLibrary(FOLDER).versions()[0]


def normalised(question: str) -> str:
    """Words only: case, punctuation and spacing make no other question."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", question).casefold()))


def all_cases() -> list[Case]:
    return [case for name in DatasetName for case in load_named(name)]


def test_the_evaluation_set_has_the_kinds_and_counts_that_its_description_gives() -> None:
    assert Counter(case.kind for case in load_named(DatasetName.ANSWERS)) == {
        Kind.ANSWERABLE: 150,
        Kind.SEVERAL: 40,
        Kind.FALSE_PREMISE: 30,
        Kind.NOISY: 39,
        Kind.NOT_STATED: 74,
        Kind.SMALL_TALK: 25,
        Kind.OFF_TOPIC: 39,
        Kind.FOLLOWUP: 25,
        Kind.COMPUTE: 15,
    }


def test_the_calibration_set_has_the_kinds_and_counts_that_its_description_gives() -> None:
    assert Counter(case.kind for case in load_named(DatasetName.CALIBRATION)) == {
        Kind.ANSWERABLE: 170,
        Kind.SEVERAL: 40,
        Kind.FALSE_PREMISE: 30,
        Kind.NOISY: 40,
        Kind.NOT_STATED: 110,
        Kind.SMALL_TALK: 25,
        Kind.OFF_TOPIC: 45,
        Kind.FOLLOWUP: 25,
        Kind.COMPUTE: 15,
    }


def test_the_set_in_hindi_has_the_kinds_and_counts_that_its_description_gives() -> None:
    cases = load_named(DatasetName.HINDI)
    assert Counter(case.kind for case in cases) == {
        Kind.ANSWERABLE: 78,
        Kind.SEVERAL: 10,
        Kind.FALSE_PREMISE: 8,
        Kind.NOT_STATED: 18,
        Kind.SMALL_TALK: 6,
        Kind.OFF_TOPIC: 10,
    }
    assert all(re.search("[\u0900-\u097f]", turn) for case in cases for turn in case.turns)


def test_ids_are_unique_over_all_sets() -> None:
    ids = Counter(case.id for case in all_cases())
    assert [case for case, count in ids.items() if count > 1] == []


def test_every_clause_that_a_case_names_exists(version: PolicyVersion) -> None:
    assert [(case.id, clause) for case in all_cases() for clause in case.fair if clause not in version.by_id] == []


def test_what_a_reply_must_include_stands_in_the_gold_clauses_unless_it_is_computed(version: PolicyVersion) -> None:
    missing = [
        (case.id, alternatives)
        for case in all_cases()
        if case.kind is not Kind.COMPUTE
        for alternatives in case.must_include
        if not any(words in version.by_id[clause].text for words in alternatives for clause in case.gold)
    ]
    assert missing == []


def test_what_a_computed_reply_must_include_holds_a_year() -> None:
    computed = [case for case in all_cases() if case.kind is Kind.COMPUTE]
    assert all(re.search(r"\b20\d\d\b", words) for case in computed for any_of in case.must_include for words in any_of)
    assert all(case.must_include for case in computed)


def test_what_a_reply_must_not_include_stands_in_no_clause_that_must_be_cited(version: PolicyVersion) -> None:
    clashes = [
        (case.id, words)
        for case in all_cases()
        for words in case.must_not_include
        if any(words in version.by_id[clause].text for clause in case.gold)
    ]
    assert clashes == []


def test_several_means_two_gold_clauses_or_more() -> None:
    assert [case.id for case in all_cases() if case.kind is Kind.SEVERAL and len(case.gold) < 2] == []


def test_only_follow_ups_have_turns_before_the_last() -> None:
    assert [case.id for case in all_cases() if (len(case.turns) > 1) != (case.kind is Kind.FOLLOWUP)] == []


def test_every_section_of_the_policy_is_asked_about(version: PolicyVersion) -> None:
    for name in DatasetName:
        asked = {version.by_id[clause].section for case in load_named(name) for clause in case.gold}
        assert asked == {section.number for section in version.sections}


def questions_of(name: DatasetName) -> dict[str, str]:
    """Normalised question -> case id. The end of a follow-up is no question by itself, a greeting is none at all."""
    alone = [case for case in load_named(name) if len(case.turns) == 1 and case.expect is not Expect.SMALL_TALK]
    return {normalised(case.turns[0]): case.id for case in alone}


@pytest.mark.parametrize("name", [DatasetName.ANSWERS, DatasetName.HINDI])
def test_no_question_of_an_evaluation_set_stands_in_the_question_bank(name: DatasetName) -> None:
    """Whoever adds one to the bank takes the other away: what is in both is no longer measured but remembered."""
    bank = {normalised(line.question) for line in load_bank(FOLDER / "questions.jsonl")}
    asked = questions_of(name)
    assert [asked[question] for question in asked.keys() & bank] == []


def test_the_two_sets_share_the_questions_that_their_description_names() -> None:
    asked, calibration = questions_of(DatasetName.ANSWERS), questions_of(DatasetName.CALIBRATION)
    shared = {asked[question] for question in asked.keys() & calibration.keys()}
    assert shared == {"a-132", "a-142", "a-332", "a-373", "a-376"}
