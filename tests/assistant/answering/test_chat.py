import pytest

from assistant.answering import wording
from assistant.answering.chat import chat_line


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("hello", wording.GREETING),
        ("Namaste ji", wording.GREETING),
        ("hello and thank you", wording.THANKS),
        ("THX!", wording.THANKS),
        ("🙏", wording.THANKS),
        ("bye bye", wording.GOODBYE),
        ("that's all", wording.GOODBYE),
        ("are you a robot?", wording.MACHINE),
        ("hi, who are you", wording.MACHINE),
        ("👍", wording.CHAT),
        ("🎉 🎉", wording.CHAT),
    ],
)
def test_small_talk_gets_the_line_of_its_kind(message: str, line: str) -> None:
    assert chat_line(message) == line


@pytest.mark.parametrize("message", ["", "?!", "who reads my file", "within", "thanksgiving-week opening", "highway"])
def test_anything_else_gets_none(message: str) -> None:
    assert chat_line(message) is None


def test_a_long_run_of_emoji_is_looked_at_once() -> None:
    assert chat_line("🎉" * 4_000 + "x") is None
