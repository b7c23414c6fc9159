"""What the workers of all peers do alike: index the clauses once, then answer from the index that was kept.

Knows no peer. Like `evals.workers` it imports nothing heavy.
"""

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.workers import Found, answer_questions


@dataclass(frozen=True, slots=True)
class Setup:
    """The folder of the stock weights, the one that the index is kept in, and how many clauses a question brings."""

    weights: Path
    folder: Path
    most: int


def serve(build: Callable[[Setup, Mapping[str, str]], None], opened: Callable[[Setup], Callable[[str], Found]]) -> None:
    """With --build index a file of clause id -> text and end; without, answer from the index that is there."""
    parser = argparse.ArgumentParser(prog="evals.peers", description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--most", type=int, required=True)
    parser.add_argument("--build", type=Path, metavar="CLAUSES")
    options = parser.parse_args()
    setup = Setup(options.weights, options.folder, options.most)
    if options.build:
        build(setup, json.loads(options.build.read_text(encoding="utf-8")))
        return
    answer_questions(opened(setup))
