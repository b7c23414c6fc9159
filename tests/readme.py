"""The README's questions with the output that `ask` prints. Run as `python -m tests.readme` to write it anew."""

import io
from pathlib import Path
from typing import Any

from rich.console import Console

from assistant.bootstrap import build_assistant
from assistant.settings import Settings
from integrations.commands.ask import show

README = Path(__file__).parents[1] / "README.md"
OPENS, CLOSES = "`make readme` writes them anew -->\n", "<!-- /answers -->"
QUESTIONS = (
    "how long do you keep my invoices?",
    "is it true that you sell our details to advertisers",
    "my project ended in March 2021, when could the files go?",
    "who is your data protection officer?",
    "cookies band kaise kare",
)


def printed(reply: dict[str, Any]) -> str:
    """What the console prints for a Reply, 96 columns wide and without colours."""
    page = io.StringIO()
    show(reply, Console(file=page, width=96, highlight=False, color_system=None))
    return "\n".join(line.rstrip() for line in page.getvalue().rstrip().splitlines())


def section(replies: list[dict[str, Any]]) -> str:
    blocks = [
        f'```\n$ privacy-assistant ask "{question}"\n{printed(reply)}\n```\n'
        for question, reply in zip(QUESTIONS, replies, strict=True)
    ]
    return "\n" + "\n".join(blocks) + "\n"


def main() -> None:
    assistant = build_assistant(Settings())
    assistant.indexing.ensure()
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(OPENS)
    after = rest.split(CLOSES)[1]
    new = section([assistant.front_desk.ask(question) for question in QUESTIONS])
    README.write_text(before + OPENS + new + CLOSES + after, encoding="utf-8")
    assistant.close()


if __name__ == "__main__":
    main()
