"""A rule and the sentences that limit it are quoted together or not at all."""

from assistant.answering.selection import MOST, select
from knowledge.clause import Clause, PolicyVersion, Section
from knowledge.retrieval import Finding, Passage, Verdict


def version_of(*paragraphs: list[str], number: int = 1) -> PolicyVersion:
    made = tuple(
        tuple(Clause(number, at, place, "Sharing", text, 0, len(text)) for place, text in enumerate(texts, 1))
        for at, texts in enumerate(paragraphs, 1)
    )
    return PolicyVersion("1", "0" * 64, "Policy", None, None, (Section(number, "Sharing", made),))


def quoted(version: PolicyVersion, *best: str) -> list[str]:
    passages = tuple(Passage(version.by_id[clause], 0.9, 0.9) for clause in best)
    return [clause.id for clause in select(Finding(Verdict.ANSWERABLE, passages, 0.5), version)]


def test_a_rule_is_left_out_where_there_is_no_room_for_its_limit() -> None:
    version = version_of(["One."], ["Two."], ["Three."], ["Four."], ["Five.", "However, not five."])
    assert quoted(version, "1.1.1", "1.2.1", "1.3.1", "1.4.1", "1.5.1") == ["1.1.1", "1.2.1", "1.3.1", "1.4.1"]


def test_the_best_rule_keeps_all_of_its_limits() -> None:
    version = version_of(["One.", *[f"Unless {reason}." for reason in "abcdef"]])
    assert len(quoted(version, "1.1.1")) == MOST + 2


def test_section_numbers_may_have_gaps() -> None:
    first = version_of(["One."], number=2).sections[0]
    second = version_of(["Two.", "But not on Mondays."], number=7).sections[0]
    version = PolicyVersion("1", "0" * 64, "Policy", None, None, (first, second))
    assert quoted(version, "7.1.1") == ["7.1.1", "7.1.2"]
