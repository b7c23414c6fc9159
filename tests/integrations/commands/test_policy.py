import json
from pathlib import Path

import pytest

from assistant.bootstrap import build_assistant
from knowledge.questions import load_bank
from knowledge.versions.library import PolicyLibrary
from tests.databases import settings_for
from tests.integrations.commands.conftest import Terminal

ADDED = "Walk-in visitors write their name into a book at the door. "
OPENING = "When you book, we ask for your name"


def published(terminal: Terminal) -> str:
    return (terminal.folder / "versions" / "1" / "published.txt").read_text(encoding="utf-8")


def draft(terminal: Terminal, text: str | bytes, name: str = "next.txt") -> str:
    path = terminal.here / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def with_a_sentence_more(terminal: Terminal) -> str:
    return draft(terminal, published(terminal).replace(OPENING, ADDED + OPENING, 1))


def answers(terminal: Terminal) -> dict[str, tuple[str, list[str]]]:
    """Outcome and quotes for every question of the bank."""
    assistant = build_assistant(settings_for(terminal.data, policy=str(terminal.folder)))
    found = {}
    for line in load_bank(terminal.folder / "questions.jsonl"):
        reply = assistant.front_desk.ask(line.question)
        found[line.question] = (reply["outcome"], [cited["quote"] for cited in reply["citations"]])
    assistant.close()
    return found


def test_an_added_sentence_moves_ids_and_changes_no_quote(terminal: Terminal) -> None:
    terminal("index")
    before = answers(terminal)
    said = terminal("policy", "publish", "--yes", "--effective", "2026-01-01", with_a_sentence_more(terminal))
    assert said.status == 0
    assert "18 clauses in 6 sections" in said.out
    assert "Version 2 is published" in said.out
    assert "no longer vote" not in said.out
    assert "built: 18 clauses, 39 questions" in terminal("index").out
    assert answers(terminal) == before
    reply = json.loads(terminal("ask", "will someone take pictures of my knee", "--json").out)
    assert reply["policy_version"] == "2"
    assert reply["citations"][0]["clause"] == "1.1.4"
    earlier = json.loads(
        terminal("ask", "will someone take pictures of my knee", "--json", "--as-of", "2025-06-01").out
    )
    assert (earlier["policy_version"], earlier["citations"][0]["clause"]) == ("1", "1.1.3")


def test_publishing_binds_the_lines_that_were_written_for_the_version_before(terminal: Terminal) -> None:
    assert not any(line.bound for line in load_bank(terminal.folder / "questions.jsonl"))
    terminal("policy", "publish", "--yes", with_a_sentence_more(terminal))
    first = PolicyLibrary(terminal.folder).find("1")
    for line in load_bank(terminal.folder / "questions.jsonl"):
        assert line.bound == tuple(first.by_id[clause].hash for clause in line.clauses)


def test_a_changed_sentence_stops_voting_and_is_listed(terminal: Terminal) -> None:
    changed = published(terminal).replace("are deleted after 30 days", "are deleted after 45 days")
    said = terminal("policy", "publish", "--yes", draft(terminal, changed))
    assert "line 16, 3.1.2: how long do text reminders stay in your system" in said.out
    assert "line 16 no longer votes for 3.1.2" in terminal("index").out
    question = "how long do text reminders stay in your system"
    reply = json.loads(terminal("ask", question, "--json").out)
    assert not any("30 days" in cited["quote"] for cited in reply["citations"])


def test_the_versions_are_listed_and_compared(terminal: Terminal) -> None:
    text = published(terminal).replace(OPENING, ADDED + OPENING, 1).replace("ten years", "eleven years")
    terminal("policy", "publish", "--yes", "--effective", "2026-01-01", draft(terminal, text))
    first, second = terminal("policy", "versions").out.splitlines()
    assert first.startswith("1  c8a1e454e3ef  effective 2025-03-01")
    assert second.startswith("2  ")
    assert "effective 2026-01-01" in second
    changes = terminal("policy", "diff", "1", "2").out
    assert "added  1.1.1" in changes
    assert "moved  1.1.1 -> 1.1.2" in changes
    assert "changed  3.1.1 -> 3.1.1" in changes
    assert "[-ten -]{+eleven +}" in changes
    assert "unchanged" not in changes
    assert terminal("policy", "diff", "2", "2").out == "The two versions have the same clauses.\n"
    assert "no policy version has this label" in terminal("policy", "diff", "1", "9").refusal.lower()


def test_a_day_before_the_first_version_has_none(terminal: Terminal) -> None:
    terminal("index")
    said = terminal("ask", "who reads my file?", "--as-of", "2024-12-31")
    assert (said.status, said.out) == (1, "")
    assert "no version is known for that day" in said.refusal


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (bytes(range(256)) * 40, "is not text"),
        ("Wir speichern Ihre Daten für 30 Tage.".encode("latin-1"), "is not UTF-8 text"),
        (b"Privacy notice\n\nMenu  Prices\n", "holds no sentence"),
    ],
)
def test_what_is_no_policy_is_refused_in_one_line_and_changes_nothing(
    terminal: Terminal, content: bytes, complaint: str
) -> None:
    before = everything(terminal.folder)
    said = terminal("policy", "publish", "--yes", draft(terminal, content))
    assert (said.status, said.out) == (1, "")
    assert complaint in said.refusal
    assert everything(terminal.folder) == before


def test_what_is_published_already_is_refused_and_changes_nothing(terminal: Terminal) -> None:
    before = everything(terminal.folder)
    said = terminal("policy", "publish", "--yes", draft(terminal, published(terminal)))
    assert said.refusal == "This text is version 1 already: there is nothing to publish."
    assert everything(terminal.folder) == before


@pytest.mark.parametrize("typed", ["n\n", "\n", ""])
def test_anything_but_a_yes_publishes_nothing(terminal: Terminal, typed: str) -> None:
    before = everything(terminal.folder)
    said = terminal("policy", "publish", with_a_sentence_more(terminal), typed=typed)
    assert said.status == 130
    assert everything(terminal.folder) == before


def test_a_policy_folder_that_takes_no_version_says_so(terminal: Terminal) -> None:
    file = with_a_sentence_more(terminal)
    versions = terminal.folder / "versions"
    versions.rename(terminal.folder / "elsewhere")
    versions.write_text("in the way")
    assert "versions: File exists" in terminal("policy", "publish", "--yes", file).refusal
    assert terminal("policy", "periods").refusal.startswith("Error: No version is published in 'harbourlight'")


def test_the_periods_are_shown_for_review(terminal: Terminal) -> None:
    said = terminal("policy", "periods").out
    assert "not reviewed" in said
    assert "3.1.2" in said
    assert "30 days" in said


def test_a_clause_that_steers_the_screen_is_shown_as_text(terminal: Terminal) -> None:
    hostile = "Mail \x1b]52;c;cHduZWQ=\x07 us \u202egnihtyna\u202c at any [red]time[/red] you want."
    long = "We write down nothing else about you at all. " * 60
    text = published(terminal).replace(OPENING, f"{hostile} {long}{OPENING}", 1)
    for said in (
        terminal("policy", "publish", "--yes", draft(terminal, text)),
        terminal("policy", "diff", "1", "2"),
    ):
        assert said.status == 0
        assert "[red]time[/red]" in said.out
        assert not set(said.out) & set("\x1b\x07\u202e\u202c")
