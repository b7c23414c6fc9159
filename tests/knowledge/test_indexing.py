import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from knowledge.chroma_store import ChromaStore
from knowledge.clause import PolicyVersion
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.encoder.protocol import Vectors
from knowledge.indexing import Indexed, Indexer, assert_whole, generation_name, index_entries
from knowledge.questions import BankLine, bind, load_bank
from knowledge.store import IndexUnreadable, Snapshot
from knowledge.versions.library import PolicyLibrary


@dataclass
class Remembered:
    generation: str | None = None

    def active(self) -> str | None:
        return self.generation

    def activate(self, generation: str) -> None:
        self.generation = generation


@dataclass
class Counting:
    """The real encoder, and what it was given."""

    inner: OnnxEncoder = field(default_factory=OnnxEncoder)
    texts: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.inner.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return self.inner.encode(texts)


@dataclass
class Works:
    """Everything that a build needs, on one folder."""

    folder: Path
    index: Path
    log: Remembered = field(default_factory=Remembered)
    encoder: Counting = field(default_factory=Counting)

    def __post_init__(self) -> None:
        self.store = ChromaStore(self.encoder, folder=self.index)
        self.indexer = Indexer(self.store, self.log, self.encoder)

    def sources(self) -> tuple[tuple[PolicyVersion, ...], tuple[BankLine, ...]]:
        versions = PolicyLibrary(self.folder).versions()
        return versions, bind(load_bank(self.folder / "questions.jsonl"), versions[-1]).lines

    def run(self, *, force: bool = False) -> Indexed:
        return self.indexer.run(*self.sources(), force=force)

    def add_line(self, question: str) -> None:
        with (self.folder / "questions.jsonl").open("a", encoding="utf-8") as bank:
            bank.write(json.dumps({"q": question, "kind": "answerable", "gold": ["3.1.1"]}) + "\n")


@pytest.fixture
def works(clinic_folder: Path, tmp_path: Path) -> Works:
    return Works(clinic_folder, tmp_path / "index")


def test_a_second_run_builds_nothing(works: Works) -> None:
    first = works.run()
    assert (first.clauses, first.questions, first.built) == (17, 39, True)
    works.encoder.texts.clear()
    second = works.run()
    assert (second.generation, second.built) == (first.generation, False)
    assert works.encoder.texts == []
    assert works.indexer.is_current(*works.sources())


def test_only_what_is_new_is_encoded(works: Works) -> None:
    before = works.run().generation
    works.encoder.texts.clear()
    works.add_line("is my chart thrown away one day?")
    assert not works.indexer.is_current(*works.sources())
    after = works.run().generation
    assert works.encoder.texts == ["is my chart thrown away one day?"]
    assert works.store.generations() == tuple(sorted({before, after}))


def test_the_generation_before_stays_until_the_next_build(works: Works) -> None:
    names = [works.run().generation]
    for question in ("first?", "second?"):
        works.add_line(question)
        names.append(works.run().generation)
    assert works.store.generations() == tuple(sorted(names[1:]))
    assert works.log.active() == names[2]


def test_a_build_that_fails_leaves_the_old_generation_serving(works: Works) -> None:
    before = works.run().generation
    works.add_line("a line more?")

    def fail(done: int, total: int) -> None:
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        works.indexer.run(*works.sources(), progress=fail)
    assert works.log.active() == before
    assert len(works.store.read(before).entries) == 56
    assert works.run().questions == 40


KILLED = """
import os, signal, sys
from pathlib import Path
import tests.knowledge.test_indexing as here
import knowledge.chroma_store as chroma
chroma.BATCH = 8
works = here.Works(Path(sys.argv[1]), Path(sys.argv[2]), here.Remembered(sys.argv[3] or None))
def kill(done, total):
    if done >= 24:
        os.kill(os.getpid(), signal.SIGKILL)
works.indexer.run(*works.sources(), progress=kill, force=True)
"""


def kill_in_the_middle(works: Works) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, works.folder, works.index, works.log.active() or ""],
        cwd=Path(__file__).parents[2],
        env={**os.environ},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL


def test_a_build_that_is_killed_leaves_the_old_generation_serving(works: Works) -> None:
    before = works.run().generation
    works.add_line("a line more?")
    half = generation_name(index_entries(*works.sources()), works.encoder.name)
    kill_in_the_middle(works)
    assert set(works.store.generations()) == {before, half}
    assert works.log.active() == before
    assert_whole(before, works.store.read(before))
    # Even where it was the active one that was being rebuilt, half of it is never taken for the whole.
    works.log.activate(half)
    assert 0 < works.store.count(half) < 57
    assert not works.indexer.is_current(*works.sources())
    with pytest.raises(IndexUnreadable, match="incomplete or damaged"):
        assert_whole(half, works.store.read(half))
    assert works.run().built
    assert_whole(half, works.store.read(half))


def test_the_name_is_that_of_the_content_in_any_order(works: Works) -> None:
    entries = index_entries(*works.sources())
    name = generation_name(entries, "e")
    assert generation_name(entries[::-1], "e") == name
    assert generation_name(entries[1:], "e") != name
    assert generation_name(entries, "f") != name
    assert_whole(name, Snapshot(entries, works.encoder.encode(["x"])))


def test_of_two_equal_questions_the_later_counts(works: Works) -> None:
    works.add_line("are phone calls recorded")
    versions, bank = works.sources()
    entries = {entry.text: entry for entry in index_entries(versions, bank)}
    assert entries["are phone calls recorded"].metadata["gold"] == versions[0].by_id["3.1.1"].hash


def test_the_index_holds_the_policy_and_the_bank_and_nothing_else(works: Works) -> None:
    generation = works.run().generation
    versions, bank = works.sources()
    texts = {clause.text for clause in versions[0].clauses} | {line.question for line in bank}
    assert {entry.text for entry in works.store.read(generation).entries} == texts
