"""The worker that answers as the product does: question in, cited clauses out. Run by `evals.bench`."""

import sys
from pathlib import Path

from assistant.bootstrap import build_assistant
from assistant.settings import Settings
from evals.workers import answer_questions


def main() -> None:
    """Takes a data folder that holds an index."""
    assistant = build_assistant(Settings(data_dir=Path(sys.argv[1])))

    def answer(question: str) -> list[str]:
        return [citation["clause"] for citation in assistant.front_desk.ask(question)["citations"]]

    answer_questions(answer)
    assistant.close()


if __name__ == "__main__":
    main()
