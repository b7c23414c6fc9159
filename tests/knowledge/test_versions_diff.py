from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import knowledge
from knowledge.clause import PolicyVersion
from knowledge.parser.policy import parse
from knowledge.versions.difference import ChangeKind, VersionDiff, WordOp, changes_between, diff
from knowledge.versions.library import PolicyLibrary

CODEMITES = Path(str(knowledge.__file__)).parent / "policies" / "codemites"
UNCHANGED, MOVED = ChangeKind.UNCHANGED, ChangeKind.MOVED
CHANGED, ADDED, REMOVED = ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.REMOVED


def version(*sections: str) -> PolicyVersion:
    """A version whose sections hold these texts; paragraphs are divided by a blank line."""
    text = "".join(f"## Section {number}\n\n{body}\n\n" for number, body in enumerate(sections, start=1))
    policy = parse(f"# Privacy Policy\n\n{text}".encode(), name="policy.md")
    return PolicyVersion("1", policy.sha256, policy.title, None, date(2027, 1, 1), policy.sections)


def told(found: VersionDiff) -> list[tuple[str, str | None, str | None]]:
    ids = ((entry.old.id if entry.old else None, entry.new.id if entry.new else None) for entry in found.entries)
    return [(entry.kind, old, new) for entry, (old, new) in zip(found.entries, ids, strict=True)]


def assert_complete(found: VersionDiff) -> None:
    """Each clause of both versions stands in one entry, and marked words give back both texts."""
    assert sorted(entry.old.id for entry in found if entry.old) == sorted(clause.id for clause in found.old.clauses)
    assert [entry.new.id for entry in found if entry.new] == [clause.id for clause in found.new.clauses]
    for entry in found:
        if entry.kind is CHANGED:
            assert entry.old
            assert entry.new
            assert "".join(text for op, text in entry.words if op is not WordOp.INSERT) == entry.old.text
            assert "".join(text for op, text in entry.words if op is not WordOp.DELETE) == entry.new.text


def test_a_version_differs_from_itself_in_nothing() -> None:
    shipped = PolicyLibrary(CODEMITES).find("1")
    found = diff(shipped, shipped)
    assert {entry.kind for entry in found} == {UNCHANGED}
    assert changes_between(shipped, shipped) == ()
    assert_complete(found)


def test_a_changed_number_is_marked_word_by_word() -> None:
    old = version("We care. Invoices are kept for seven years by law.")
    new = version("We care. Invoices are kept for eight years by law.")
    (change,) = changes_between(old, new)
    assert change.kind == "changed"
    assert change.words == (
        ("equal", "Invoices are kept for "),
        ("delete", "seven "),
        ("insert", "eight "),
        ("equal", "years by law."),
    )


def test_an_inserted_sentence_moves_the_ones_behind_it() -> None:
    old = version("We keep logs. We guard them well.", "We answer soon.")
    new = version("We keep logs. Nobody else reads anything. We guard them well.", "We answer soon.")
    assert told(diff(old, new)) == [
        (UNCHANGED, "1.1.1", "1.1.1"),
        (ADDED, None, "1.1.2"),
        (MOVED, "1.1.2", "1.1.3"),
        (UNCHANGED, "2.1.1", "2.1.1"),
    ]


def test_a_removed_sentence_stands_behind_its_predecessor() -> None:
    old = version("Zebras run. We keep logs. Nobody else reads anything. We guard them well.")
    new = version("We keep logs. We guard them well.")
    assert told(diff(old, new)) == [
        (REMOVED, "1.1.1", None),
        (MOVED, "1.1.2", "1.1.1"),
        (REMOVED, "1.1.3", None),
        (MOVED, "1.1.4", "1.1.2"),
    ]


def test_changed_sentences_are_paired_by_likeness_and_not_by_place() -> None:
    old = version("Invoices are kept for seven years by law. Marketing e-mail stops when you ask us to stop it.")
    new = version("Marketing e-mail stops as soon as you ask us to stop it. Invoices are kept for ten years by law.")
    assert told(diff(old, new)) == [(CHANGED, "1.1.2", "1.1.1"), (CHANGED, "1.1.1", "1.1.2")]


def test_an_unlike_sentence_in_the_same_place_is_another_sentence() -> None:
    old = version("We keep logs. Children may not open an account.")
    new = version("We keep logs. Payment cards go to the bank.")
    assert told(diff(old, new)) == [
        (UNCHANGED, "1.1.1", "1.1.1"),
        (REMOVED, "1.1.2", None),
        (ADDED, None, "1.1.2"),
    ]


def test_sentences_that_stand_twice_are_paired_once_each() -> None:
    old = version("We ask first. We keep it.", "We ask first. We guard it.")
    new = version("We keep it.", "We ask first. We guard it.", "We ask first.")
    assert told(diff(old, new)) == [
        (MOVED, "1.1.2", "1.1.1"),
        (UNCHANGED, "2.1.1", "2.1.1"),
        (UNCHANGED, "2.1.2", "2.1.2"),
        (MOVED, "1.1.1", "3.1.1"),
    ]


def test_a_rewritten_policy_is_compared_in_reasonable_time() -> None:
    old = version(*(" ".join(f"We keep item {n} of list {s} for {n} days." for n in range(40)) for s in range(25)))
    new = version(*(" ".join(f"We hold item {n} of list {s} for {n} weeks." for n in range(40)) for s in range(25)))
    found = diff(old, new)
    assert len(found.entries) >= 1000
    assert_complete(found)


def test_one_huge_sentence_is_marked_as_a_whole() -> None:
    old, new = version("We keep " + "a " * 5000 + "log."), version("We keep " + "a " * 5000 + "list.")
    assert_complete(diff(old, new))
    assert len(changes_between(old, new)) == 1


WORDS = ("we", "keep", "logs", "data", "for", "ten", "days", "years", "and", "guard", "it")
SENTENCES = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=6),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(old=SENTENCES, new=SENTENCES)
def test_whatever_the_versions_nothing_is_lost(old: list[list[str]], new: list[list[str]]) -> None:
    assert_complete(
        diff(*(version(" ".join(f"{' '.join(words).capitalize()}." for words in each)) for each in (old, new)))
    )


@pytest.mark.parametrize("kind", ChangeKind)
def test_kinds_are_plain_words_for_the_doors(kind: ChangeKind) -> None:
    assert kind == kind.name.lower()
