import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.bootstrap import Assistant, build_assistant
from knowledge.langchain_retriever import PolicyRetriever
from knowledge.questions import BankLine, load_bank
from knowledge.ranking.calibration import JUDGED
from knowledge.ranking.terms import Floats
from knowledge.relevance.model import Relevance
from knowledge.retrieval import Reader, Verdict
from tests.databases import settings_for


def reader_of(assistant: Assistant) -> Reader:
    return assistant.indexing.room.reader()


def assert_same_ranking(assistant: Assistant, questions: list[str], *, k: int) -> None:
    """Chroma's and the matrix's: the same scores in the same order; equal scores may stand in any order."""
    reader = reader_of(assistant)
    for question in questions:
        exact = reader.nearest(question, k=k)
        stored = assistant.indexing.indexer.store.search(reader.generation, question, k=k)
        assert [score for _, score in stored] == pytest.approx([score for _, score in exact], abs=2e-4), question
        floor = exact[-1][1] + 2e-4
        assert {entry.id for entry, score in exact if score > floor} <= {entry.id for entry, _ in stored}, question


def test_chroma_and_the_matrix_rank_alike_over_the_whole_bank(clinic: Assistant) -> None:
    lines = load_bank(clinic.indexing.folder / "questions.jsonl")
    assert_same_ranking(clinic, [line.question for line in lines], k=8)


def test_chroma_and_the_matrix_rank_alike_on_the_shipped_bank(codemites: Assistant) -> None:
    lines = load_bank(codemites.indexing.folder / "questions.jsonl")
    drawn: list[BankLine] = random.Random(11).sample(lines, 200)
    assert_same_ranking(codemites, [line.question for line in drawn], k=8)


def test_passages_come_best_first_with_chances(clinic: Assistant) -> None:
    version = clinic.policies.find("1")
    finding = reader_of(clinic).find("are phone calls recorded?", version)
    assert finding.verdict is Verdict.ANSWERABLE
    assert finding.passages[0].clause.id == "3.1.3"
    assert len(finding.passages) == 17
    raws = [passage.raw for passage in finding.passages]
    assert raws == sorted(raws, reverse=True)
    assert all(0 <= passage.score <= 1 for passage in finding.passages)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("do you have cameras in the waiting room", Verdict.NOT_STATED),
        ("thank you very much", Verdict.SMALL_TALK),
        ("what does a massage cost", Verdict.OFF_TOPIC),
    ],
)
def test_what_is_no_question_of_the_policy_has_its_own_verdict(
    clinic: Assistant, question: str, verdict: Verdict
) -> None:
    finding = reader_of(clinic).find(question, clinic.policies.find("1"))
    assert finding.verdict is verdict
    assert finding.margin < 0


@pytest.fixture
def without_a_bank(clinic_folder: Path, tmp_path: Path) -> Iterator[Assistant]:
    (clinic_folder / "questions.jsonl").write_text("", encoding="utf-8")
    assistant = build_assistant(settings_for(tmp_path / "var", policy=str(clinic_folder)), server=True)
    assistant.indexing.run()
    yield assistant
    assistant.close()


def test_without_a_bank_it_goes_by_how_near_the_clause_is(without_a_bank: Assistant) -> None:
    reader, version = reader_of(without_a_bank), without_a_bank.policies.find("1")
    finding = reader.find("do you record phone calls?", version)
    assert (finding.verdict, finding.passages[0].clause.id) == (Verdict.ANSWERABLE, "3.1.3")
    assert reader.find("who won the football match last night?", version).verdict is Verdict.NOT_STATED


class Told:
    """A relevance model that finds that one clause answers."""

    def __init__(self, clause: str, *, usable: bool = True) -> None:
        self.clause, self._usable = clause, usable
        self.judged: list[str] = []

    def usable(self) -> bool:
        return self._usable

    def scores(self, _question: str, clauses: Sequence[str]) -> Floats:
        self.judged = list(clauses)
        return np.array([5.0 if clause == self.clause else -5.0 for clause in clauses], dtype=np.float32)


def judged_by(told: Told, assistant: Assistant) -> Reader:
    generation, room = reader_of(assistant).generation, assistant.indexing.room
    kept = room._shelf.take(generation)
    assert kept
    return Reader(generation, *kept, room.encoder, told)


def test_without_a_bank_the_relevance_model_judges_the_nearest_clauses(without_a_bank: Assistant) -> None:
    version = without_a_bank.policies.find("1")
    question = "do you record phone calls?"
    by_nearness = judged_by(Told("", usable=False), without_a_bank).find(question, version)
    fifth = by_nearness.passages[4].clause
    told = Told(fifth.text)
    found = judged_by(told, without_a_bank).find(question, version)
    assert (found.verdict, found.passages[0].clause) == (Verdict.ANSWERABLE, fifth)
    assert len(told.judged) == JUDGED
    assert judged_by(Told("no clause at all"), without_a_bank).find(question, version).verdict is Verdict.NOT_STATED


def test_a_whole_assistant_without_a_bank_asks_the_shipped_relevance_model(without_a_bank: Assistant) -> None:
    reader, version = reader_of(without_a_bank), without_a_bank.policies.find("1")
    question = "who listens to what patients say on the telephone?"
    by_nearness = judged_by(Told("", usable=False), without_a_bank).find(question, version)
    assert reader.find(question, version).margin != pytest.approx(by_nearness.margin, abs=1e-3)
    assert isinstance(reader._relevance, Relevance)


def test_that_a_clause_did_not_answer_the_question_before_does_not_speak_for_it(without_a_bank: Assistant) -> None:
    version = without_a_bank.policies.find("1")
    told = judged_by(Told("no clause at all"), without_a_bank)
    alone = told.find("and for how long?", version)
    assert told.find("and for how long?", version, after="what is the weather?").margin <= alone.margin


def test_beside_a_rich_bank_the_relevance_model_is_not_asked(codemites: Assistant) -> None:
    told = Told("")
    version = codemites.policies.find("1")
    assert judged_by(told, codemites).find("are phone calls recorded?", version).verdict is Verdict.NOT_STATED
    assert not told.judged


@pytest.mark.parametrize("question", ["", " ", "\ud800", "\0", "x" * 4_000, "\u202e", "e" + "\u0301" * 3_000])
def test_any_text_can_be_ranked(clinic: Assistant, question: str) -> None:
    assert len(reader_of(clinic).find(question, clinic.policies.find("1")).passages) == 17


def test_the_langchain_retriever_gives_the_clauses_or_nothing(clinic: Assistant) -> None:
    retriever = PolicyRetriever(reader=reader_of(clinic), version=clinic.policies.find("1"), k=2)
    documents = retriever.invoke("are phone calls recorded?")
    assert documents[0].metadata["clause"] == "3.1.3"
    assert len(documents) == 2
    assert documents[0].page_content == "Recordings of the telephone line are not made."
    assert retriever.invoke("what does a massage cost") == []
