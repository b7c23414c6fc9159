import pytest

from assistant.answering.selection import MOST, select, with_limits
from knowledge.clause import Clause, PolicyVersion, Section
from knowledge.retrieval import Finding, Passage, Verdict


def version_of(*paragraphs: list[str], first: int = 0) -> PolicyVersion:
    made = tuple(
        tuple(Clause(first, at, place, "Sharing", text, 0, len(text)) for place, text in enumerate(texts, 1))
        for at, texts in enumerate(paragraphs, 1)
    )
    return PolicyVersion("1", "0" * 64, "Policy", None, None, (Section(first, "Sharing", made),))


def finding(version: PolicyVersion, *scores: float) -> Finding:
    passages = [Passage(clause, score, score) for clause, score in zip(version.clauses, scores, strict=True)]
    ranked = tuple(sorted(passages, key=lambda passage: -passage.raw))
    return Finding(Verdict.ANSWERABLE, ranked, 0.5)


def test_the_best_clause_is_quoted_however_weak() -> None:
    version = version_of(["We sell nothing.", "We keep it."])
    assert [clause.id for clause in select(finding(version, 0.05, 0.01), version)] == ["0.1.1"]


def test_a_second_clause_comes_along_when_it_is_nearly_as_good() -> None:
    version = version_of(["We sell nothing.", "We keep it.", "We like tea."])
    assert [clause.id for clause in select(finding(version, 0.5, 0.3, 0.1), version)] == ["0.1.1", "0.1.2"]


def test_never_more_than_five() -> None:
    version = version_of([f"Sentence number {number}." for number in range(9)])
    assert len(select(finding(version, *[0.6] * 9), version)) == MOST


@pytest.mark.parametrize(
    "limit",
    [
        "However, we may share it.",
        "Unless you object.",
        "Except for backups.",
        "This does not apply to logs.",
        "But ask.",
    ],
)
def test_a_sentence_is_never_shown_without_the_one_that_limits_it(limit: str) -> None:
    version = version_of(["We sell nothing.", limit, "We like tea."], first=4)
    assert [clause.id for clause in select(finding(version, 0.9, 0.0, 0.0), version)] == ["4.1.1", "4.1.2"]


def test_a_limit_in_another_paragraph_belongs_to_another_sentence() -> None:
    version = version_of(["We sell nothing."], ["However, tea is sold."])
    assert [clause.id for clause in with_limits(version.clauses[0], version)] == ["0.1.1"]
