import pytest

from assistant.llm.chat_model import ChatModel, ModelFailed
from assistant.llm.scripted import Asked, ScriptedModel


def complete(model: ChatModel, user: str = "u", characters: int = 100) -> str:
    return model.complete(system="s", user=user, seconds=1, characters=characters)


def test_answers_come_in_order_and_the_last_repeats() -> None:
    model = ScriptedModel(["one", "two"])
    assert [complete(model) for _ in range(3)] == ["one", "two", "two"]


def test_what_was_asked_is_kept_and_no_more_than_allowed_is_said() -> None:
    model = ScriptedModel([lambda asked: asked.user * 3])
    assert complete(model, user="abc", characters=4) == "abca"
    assert model.asked == [Asked("s", "abc")]


def test_an_error_is_raised_and_an_empty_script_is_one() -> None:
    with pytest.raises(ModelFailed):
        complete(ScriptedModel([ModelFailed("down")]))
    with pytest.raises(ModelFailed):
        complete(ScriptedModel([]))
