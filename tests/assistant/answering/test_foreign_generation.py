"""An index that another encoder built is never read with ours."""

from pathlib import Path

import numpy as np
import pytest

from assistant.answering.reader_shelf import ReaderShelf
from assistant.answering.reading_room import NoIndex, ReadingRoom
from assistant.bootstrap import Assistant
from knowledge.encoder.protocol import Vectors


class OtherEncoder:
    name = "another encoder of three dimensions"

    def encode(self, texts: list[str]) -> Vectors:
        return np.eye(len(texts), 3, dtype=np.float32)


def test_a_generation_of_another_encoder_is_no_index(clinic: Assistant, tmp_path: Path) -> None:
    indexer = clinic.indexing.indexer
    room = ReadingRoom(
        store=indexer.store,
        active=indexer.log.active,
        shelf=ReaderShelf(tmp_path / "var" / "index" / "readers"),
        encoder=OtherEncoder(),  # type: ignore[arg-type]
    )
    with pytest.raises(NoIndex):
        room.reader()
