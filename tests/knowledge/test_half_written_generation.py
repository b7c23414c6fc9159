"""Generations that a crash cut short, and collections of other programs on a shared Chroma server."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.chroma_store import ChromaStore
from knowledge.encoder.protocol import Vectors
from knowledge.indexing import assert_ours, assert_whole, generation_name
from knowledge.store import Entry, IndexUnreadable

OURS = "g-0123abcd-0123456789abcdef"


class Letters:
    name = "letters"

    def encode(self, texts: list[str]) -> Vectors:
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


@dataclass
class Collection:
    name: str


class SharedServer:
    def __init__(self) -> None:
        self.collections = [OURS, "customers", "g-force", "g-0123abcd-0123456789abcdef-backup"]

    def list_collections(self) -> list[Collection]:
        return [Collection(name) for name in self.collections]

    def delete_collection(self, name: str) -> None:
        self.collections.remove(name)


class OnSharedServer(ChromaStore):
    def _connect(self, *_: Any) -> Any:
        return SharedServer()


def test_a_generation_that_was_begun_and_holds_nothing_is_unreadable(tmp_path: Path) -> None:
    store = ChromaStore(Letters(), folder=tmp_path)  # type: ignore[arg-type]
    store.write(OURS, [], known={}, progress=lambda _: None)
    with pytest.raises(IndexUnreadable):
        store.read(OURS)


def test_a_generation_that_holds_a_part_is_not_whole(tmp_path: Path) -> None:
    entries = [Entry(f"clause-{number}", "x" * number, {"role": "clause", "hash": str(number)}) for number in (1, 2, 3)]
    name = generation_name(entries, "letters")
    store = ChromaStore(Letters(), folder=tmp_path)  # type: ignore[arg-type]
    store.write(name, entries[:2], known={}, progress=lambda _: None)
    with pytest.raises(IndexUnreadable, match="incomplete"):
        assert_whole(name, store.read(name))
    store.write(name, entries, known={}, progress=lambda _: None)
    assert_whole(name, store.read(name))


def test_a_generation_belongs_to_the_encoder_that_it_is_named_for() -> None:
    name = generation_name([], "letters")
    assert_ours(name, "letters")
    with pytest.raises(IndexUnreadable, match="another encoder"):
        assert_ours(name, "digits")


def test_collections_of_other_programs_are_no_generations_and_never_dropped(tmp_path: Path) -> None:
    store = OnSharedServer(Letters(), folder=tmp_path, url="http://chroma.example:8000")  # type: ignore[arg-type]
    assert store.generations() == (OURS,)
    store.drop("customers")
    store.drop(OURS)
    assert store.generations() == ()
