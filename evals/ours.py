"""The worker that answers as the product does: question in, cited clauses out. For `evals.bench` and `evals.peers`."""

import sys
from pathlib import Path

from assistant.bootstrap import build_assistant
from assistant.reply import Outcome
from assistant.settings import Settings
from evals.workers import Found, answer_questions


def main() -> None:
    """Takes a data folder that holds an index."""
    assistant = build_assistant(Settings(data_dir=Path(sys.argv[1])))

    def answer(question: str) -> Found:
        reply = assistant.front_desk.ask(question)
        cited = tuple(citation["clause"] for citation in reply["citations"])
        return Found(cited, abstains=reply["outcome"] == Outcome.NOT_STATED)

    answer_questions(answer)
    assistant.close()


if __name__ == "__main__":
    main()
