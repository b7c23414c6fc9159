import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from assistant.answering.reader_shelf import ReaderShelf
from assistant.answering.reading_room import NoIndex, ReadingRoom
from assistant.bootstrap import Assistant, build_assistant
from knowledge.encoder.onnx import OnnxEncoder, weights_name
from knowledge.indexing import generation_name
from knowledge.questions import Kind
from knowledge.store import Entry, IndexUnreadable, Snapshot


def snapshot_of(*texts: str) -> tuple[str, Snapshot]:
    entries = tuple(Entry(f"clause-{text}", text, {"role": "clause", "hash": text}) for text in texts)
    vectors = np.eye(384, dtype=np.float32)[: len(entries)]
    return generation_name(entries, weights_name()), Snapshot(entries, vectors)


class Store:
    """Generations in memory; `read` is all that a reading room needs of a store."""

    def __init__(self, *generations: tuple[str, Snapshot]) -> None:
        self.generations_ = dict(generations)
        self.reads: list[str] = []

    def read(self, generation: str) -> Snapshot:
        self.reads.append(generation)
        if generation not in self.generations_:
            raise IndexUnreadable("missing")
        return self.generations_[generation]


class Room:
    def __init__(self, folder: Path, *generations: tuple[str, Snapshot]) -> None:
        self.store = Store(*generations)
        self.active: str | None = None
        self.shelf = ReaderShelf(folder / "readers")
        self.room = ReadingRoom(
            store=self.store,  # type: ignore[arg-type]
            active=lambda: self.active,
            shelf=self.shelf,
            encoder=OnnxEncoder(),
        )


def test_there_is_no_reader_before_there_is_an_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="run `privacy-assistant index`"):
        Room(tmp_path).room.reader()


def test_a_new_generation_is_taken_at_the_next_call(tmp_path: Path) -> None:
    first, second = snapshot_of("one", "two"), snapshot_of("one", "three")
    house = Room(tmp_path, first, second)
    house.active = first[0]
    assert house.room.reader().generation == first[0]
    house.active = second[0]
    assert house.room.reader().generation == second[0]
    assert house.store.reads == [first[0], second[0]]


def test_the_one_before_goes_on_serving_where_the_new_one_cannot_be_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = snapshot_of("one", "two")
    house = Room(tmp_path, first)
    house.active = first[0]
    house.room.reader()
    house.active = "g-e-0000"
    assert house.room.reader().generation == first[0]
    assert "The index before goes on serving" in caplog.text


def test_half_a_generation_does_not_serve(tmp_path: Path) -> None:
    name, whole = snapshot_of("one", "two", "three")
    house = Room(tmp_path, (name, Snapshot(whole.entries[:2], whole.vectors[:2])))
    house.active = name
    with pytest.raises(NoIndex):
        house.room.reader()


def test_a_second_room_takes_what_the_first_kept(tmp_path: Path) -> None:
    generation = snapshot_of("one", "two")
    first, second = Room(tmp_path, generation), Room(tmp_path)
    first.active = second.active = generation[0]
    kept = first.room.reader()
    assert second.room.reader().nearest("one", k=2) == kept.nearest("one", k=2)
    assert second.store.reads == []


def test_what_was_kept_of_an_older_generation_is_removed(tmp_path: Path) -> None:
    first, second = snapshot_of("one"), snapshot_of("two")
    house = Room(tmp_path, first, second)
    for name, _ in (first, second):
        house.active = name
        house.room.reader()
    assert [path.stem for path in (tmp_path / "readers").iterdir()] == [second[0]]


def test_a_shelf_that_takes_no_file_costs_a_warning_only(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "readers").write_text("in the way")
    generation = snapshot_of("one")
    house = Room(tmp_path, generation)
    house.active = generation[0]
    assert house.room.reader().generation == generation[0]
    assert "could not be kept ready" in caplog.text


def test_every_thread_gets_a_reader_while_one_takes_the_new_generation(tmp_path: Path) -> None:
    first, second = snapshot_of("one", "two"), snapshot_of("three")
    house = Room(tmp_path, first, second)
    house.active = first[0]
    house.room.reader()
    house.active = second[0]
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(house.room.reader().generation)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert set(found) <= {first[0], second[0]}
    assert house.store.reads.count(second[0]) == 1


@pytest.fixture
def beside(clinic: Assistant) -> Iterator[Assistant]:
    """A second assistant on the same folders, as another process would be."""
    other = build_assistant(clinic.settings)
    yield other
    other.close()


def test_a_generation_that_another_assistant_made_is_noticed_at_the_next_turn(
    clinic: Assistant, beside: Assistant
) -> None:
    question = "xqzv wkpl brrt?"
    chat = clinic.front_desk.open(channel="web", language=None).id
    before = clinic.front_desk.take_turn(chat, None, question)
    assert "3.1.2" not in {cited["clause"] for cited in before["citations"]}
    with (clinic.indexing.folder / "questions.jsonl").open("a", encoding="utf-8") as bank:
        bank.write(f'{{"q": "{question}", "kind": "{Kind.ANSWERABLE}", "gold": ["3.1.2"]}}\n')
    beside.indexing.run()
    assert clinic.front_desk.take_turn(chat, None, question)["citations"][0]["clause"] == "3.1.2"


def test_who_has_read_an_index_multiplies_on_one_thread(tmp_path: Path) -> None:
    generation = snapshot_of("one", "two")
    house = Room(tmp_path, generation)
    house.active = generation[0]
    with threadpool_limits(2, user_api="blas"):
        house.room.reader()
        assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
