"""What can be told of an embedded Chroma folder without opening it as Chroma, which loads much and writes into it."""

import sqlite3
from contextlib import closing
from pathlib import Path

_FILE = "chroma.sqlite3"
_SOUND = "ok"


def folder_generations(folder: Path) -> tuple[str, ...]:
    """The generations that are embedded under `folder`, complete or not."""
    return tuple(sorted(path.name for path in folder.glob("g-*") if path.is_dir())) if folder.exists() else ()


def folder_count(folder: Path, generation: str) -> int:
    """The entries of a generation under `folder`; 0 where its file is missing or damaged. Changes no byte."""
    path = (folder / generation / _FILE).absolute()
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            if file.execute("PRAGMA quick_check(1)").fetchone() != (_SOUND,):
                return 0
            return int(file.execute("SELECT count(*) FROM embeddings").fetchone()[0])
    except sqlite3.Error:
        return 0
