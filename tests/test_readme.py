import re

from assistant.bootstrap import Assistant
from tests.readme import CLOSES, OPENS, QUESTIONS, README, section

# What is computed from a date says whether it has passed, and that changes with the day.
_TODAY = re.compile(r"That (date|time)[^.]*\.")


def test_the_readme_shows_what_the_command_prints(codemites: Assistant) -> None:
    shown = README.read_text(encoding="utf-8").split(OPENS)[1].split(CLOSES)[0]
    real = section([codemites.front_desk.ask(question) for question in QUESTIONS])
    assert _TODAY.sub("", shown.replace("\n", " ")) == _TODAY.sub("", real.replace("\n", " "))
