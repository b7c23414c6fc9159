import json
from collections.abc import Iterator

import pytest

from assistant.clock import utc_now
from assistant.conversation.store import ConversationStore
from assistant.db.database import Database, open_database
from knowledge.questions import Kind, load_bank
from tests.databases import settings_for
from tests.integrations.commands.conftest import Terminal

ASKED = (
    "do you share MRI scans with a hospital",
    "are MRI scans shared with hospitals?",
    "favourite towel \x1b[2J colour?",
)


@pytest.fixture
def serving(terminal: Terminal) -> Iterator[Database]:
    """The database as a serving process has it open."""
    terminal("index")
    database = open_database(settings_for(terminal.data, policy=str(terminal.folder)), server=True)
    yield database
    database.close()


@pytest.fixture
def asked(serving: Database, terminal: Terminal) -> Terminal:
    """Three questions that were left open, in two clusters."""
    store = ConversationStore(serving)
    chat, _ = store.open(channel="web", language=None, at=utc_now())
    for at, text in enumerate(ASKED):
        reply = {"intent": "question", "outcome": "not_stated", "see_also": []}
        store.record(chat, turn_id=f"t{at}", fingerprint="f", text=text, reply=reply, at=utc_now(), context={})
    return terminal


def listed(terminal: Terminal) -> list[dict[str, object]]:
    return [json.loads(line) for line in terminal("bank", "review", "--json").out.splitlines()]


def test_clusters_are_listed_a_json_object_a_line(asked: Terminal) -> None:
    scans, towels = listed(asked)
    assert (scans["count"], scans["reasons"]) == (2, {"not_stated": 2})
    assert set(scans["questions"]) == set(ASKED[:2])  # type: ignore[call-overload]
    assert set(scans) == {"id", "count", "questions", "reasons", "nearest", "first_at", "last_at"}
    assert towels["questions"] == [ASKED[2]]
    assert "\x1b" not in asked("bank", "review", "--json").out


def test_decisions_are_made_by_script_beside_a_serving_process(asked: Terminal) -> None:
    scans, towels = (str(cluster["id"]) for cluster in listed(asked))
    said = asked("bank", "review", "--accept", scans, "--clauses", "2.1.3, 2.1.2", "--wording", "Who gets MRI scans?")
    assert said.out.startswith("Added to the bank: Who gets MRI scans?  [answerable: 2.1.3 2.1.2]")
    assert asked("bank", "review", "--ignore", towels).status == 0
    assert listed(asked) == []
    assert "No open cluster has this id" in asked("bank", "review", "--ignore", towels).refusal
    assert "built" in asked("index").out
    assert "Who gets MRI scans?" in (asked.folder / "questions.jsonl").read_text(encoding="utf-8")


def test_not_stated_is_marked_by_script(asked: Terminal) -> None:
    scans = str(listed(asked)[0]["id"])
    asked("bank", "review", "--not-stated", scans)
    line = load_bank(asked.folder / "questions.jsonl")[-1]
    assert (line.kind, line.hand, len(line.clauses)) == (Kind.NOT_STATED, "review", 1)
    assert len(listed(asked)) == 1


def test_a_person_goes_through_them_one_by_one(asked: Terminal) -> None:
    said = asked("bank", "review", typed="a\n9.9.9\n\n2.1.3\nWho gets scans?\ni\n")
    assert "3 questions in 2 clusters wait for a decision." in said.out
    assert "asked 2 times: not stated 2" in said.out
    assert "asked once: not stated 1" in said.out
    assert "has no such clause" in said.out
    assert "\x1b" not in said.out
    line = load_bank(asked.folder / "questions.jsonl")[-1]
    assert (line.question, line.clauses) == ("Who gets scans?", ("2.1.3",))
    again = asked("bank", "review").out
    assert "0 questions in 0 clusters wait for a decision." in again
    assert "3 more were decided, or are alike to what was, and are not shown." in again


def test_whoever_stops_in_the_middle_keeps_what_was_decided(asked: Terminal) -> None:
    assert asked("bank", "review", typed="i\nn\n").status == 0
    assert [cluster["questions"] for cluster in listed(asked)] == [[ASKED[2]]]


@pytest.mark.parametrize(
    "arguments",
    ["--json --ignore 1", "--accept 1", "--clauses 1.1.1", "--ignore 1 --clauses 1.1.1", "--accept 1 --not-stated 1"],
)
def test_what_does_not_go_together_is_refused(terminal: Terminal, arguments: str) -> None:
    assert terminal("bank", "review", *arguments.split()).status == 2
