import pytest

from assistant.answering.chat import chat_line, only_chats


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("hello", "small_talk.greeting"),
        ("Namaste ji", "small_talk.greeting"),
        ("hello and thank you", "small_talk.thanks"),
        ("THX!", "small_talk.thanks"),
        ("🙏", "small_talk.thanks"),
        ("bye bye", "small_talk.goodbye"),
        ("that's all", "small_talk.goodbye"),
        ("are you a robot?", "small_talk.machine"),
        ("hi, who are you", "small_talk.machine"),
        ("👍", "small_talk.other"),
        ("🎉 🎉", "small_talk.other"),
    ],
)
def test_small_talk_gets_the_line_of_its_kind(message: str, line: str) -> None:
    assert chat_line(message) == line


@pytest.mark.parametrize("message", ["", "?!", "who reads my file", "within", "thanksgiving-week opening", "highway"])
def test_anything_else_gets_none(message: str) -> None:
    assert chat_line(message) is None


def test_a_long_run_of_emoji_is_looked_at_once() -> None:
    assert chat_line("🎉" * 4_000 + "x") is None


def test_only_in_hindi_is_no_greeting() -> None:
    assert not only_chats("डेटा ही हटाओ")
    assert only_chats("नमस्ते")
