from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.chroma_folder import folder_count, folder_generations
from knowledge.chroma_store import ChromaStore
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.errors import KnowledgeError
from knowledge.store import Entry, IndexUnreadable, IndexUnwritable

TEXTS = ("We keep records for ten years.", "Calls are not recorded.", "Copies are sent within 14 days.")
ENTRIES = tuple(Entry(f"clause-{at}", text, {"role": "clause", "hash": str(at)}) for at, text in enumerate(TEXTS))


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


@pytest.fixture
def store(encoder: OnnxEncoder, tmp_path: Path) -> Iterator[ChromaStore]:
    store = ChromaStore(encoder, folder=tmp_path / "index")
    yield store
    store.close()


def write(store: ChromaStore, generation: str = "g-1", entries: tuple[Entry, ...] = ENTRIES) -> list[int]:
    progress: list[int] = []
    store.write(generation, entries, known={}, progress=progress.append)
    return progress


def test_what_was_written_is_read_back_with_its_vectors(store: ChromaStore, encoder: OnnxEncoder) -> None:
    assert write(store) == [3]
    snapshot = store.read("g-1")
    assert {entry.id: entry for entry in snapshot.entries} == {entry.id: entry for entry in ENTRIES}
    expected = encoder.encode([entry.text for entry in snapshot.entries])
    assert np.abs(snapshot.vectors - expected).max() < 1e-6


def test_writing_twice_changes_nothing(store: ChromaStore) -> None:
    write(store)
    write(store)
    assert store.count("g-1") == 3
    assert len(store.read("g-1").entries) == 3


def test_known_vectors_are_taken_and_not_made_again(store: ChromaStore) -> None:
    known = {TEXTS[0]: np.eye(384, dtype=np.float32)[7]}
    store.write("g-1", ENTRIES, known=known, progress=lambda _: None)
    snapshot = store.read("g-1")
    (row,) = (at for at, entry in enumerate(snapshot.entries) if entry.text == TEXTS[0])
    assert snapshot.vectors[row].argmax() == 7


def test_the_nearest_comes_first_with_its_cosine(store: ChromaStore, encoder: OnnxEncoder) -> None:
    write(store)
    (first, score), *_ = store.search("g-1", "do you tape phone calls?", k=3)
    snapshot = store.read("g-1")
    row = [entry.text for entry in snapshot.entries].index(TEXTS[1])
    # One by one: the int8 weights give a text slightly other figures in the company of another.
    (question,) = encoder.encode(["do you tape phone calls?"])
    assert first.text == TEXTS[1]
    assert score == pytest.approx(float(question @ snapshot.vectors[row]), abs=1e-5)


def test_a_generation_is_a_folder_of_its_own_and_can_be_dropped_twice(store: ChromaStore, tmp_path: Path) -> None:
    write(store)
    write(store, "g-2")
    assert store.generations() == ("g-1", "g-2") == folder_generations(tmp_path / "index")
    store.drop("g-1")
    store.drop("g-1")
    assert store.generations() == ("g-2",)
    assert not (tmp_path / "index" / "g-1").exists()
    assert len(store.read("g-2").entries) == 3


@pytest.mark.parametrize("damage", [b"", b"scribble" * 1000])
def test_a_missing_or_damaged_generation_is_unreadable_and_can_be_written_anew(
    store: ChromaStore, tmp_path: Path, damage: bytes
) -> None:
    with pytest.raises(IndexUnreadable, match="missing or damaged"):
        store.read("g-1")
    write(store)
    store.close()
    (tmp_path / "index" / "g-1" / "chroma.sqlite3").write_bytes(damage)
    assert store.count("g-1") == 0
    with pytest.raises(IndexUnreadable, match="missing or damaged"):
        store.read("g-1")
    store.drop("g-1")
    write(store)
    assert len(store.read("g-1").entries) == 3


def test_counting_changes_no_byte(store: ChromaStore, tmp_path: Path) -> None:
    write(store)
    store.close()
    folder = tmp_path / "index" / "g-1"
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}
    assert folder_count(tmp_path / "index", "g-1") == 3
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}
    assert after == before


def test_a_folder_that_takes_no_writes_is_named(encoder: OnnxEncoder, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("in the way")
    with pytest.raises(IndexUnwritable, match="check the space and the rights"):
        write(ChromaStore(encoder, folder=tmp_path / "index"))


def test_a_refusal_of_the_encoder_is_passed_on(tmp_path: Path) -> None:
    class Damaged:
        name = "damaged"

        def encode(self, texts: object) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            raise KnowledgeError("The encoder is damaged.")

    store = ChromaStore(Damaged(), folder=tmp_path / "index")
    with pytest.raises(KnowledgeError, match="The encoder is damaged"):
        write(store)
    store.close()


def test_a_server_that_is_not_there_is_named(encoder: OnnxEncoder, tmp_path: Path) -> None:
    store = ChromaStore(encoder, folder=tmp_path, url="http://127.0.0.1:9")
    with pytest.raises(IndexUnreadable, match="The Chroma server cannot be reached"):
        store.generations()


def test_nothing_is_reported_to_anyone(store: ChromaStore) -> None:
    write(store)
    (client,) = store._clients.values()
    assert client.get_settings().anonymized_telemetry is False
