"""A ChatModel that says what it was told to say: for tests, demos and evals. Opens no connection."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.llm.chat_model import ModelFailed


@dataclass(frozen=True, slots=True)
class Asked:
    system: str
    user: str


Answer = str | Exception | Callable[[Asked], str]


class ScriptedModel:
    """Gives its answers in order, then repeats the last. An exception is raised, a callable is asked."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._answers = list(answers)
        self.asked: list[Asked] = []

    def complete(self, *, system: str, user: str, seconds: float, characters: int) -> str:
        del seconds
        if not self._answers:
            raise ModelFailed("unscripted")
        self.asked.append(Asked(system, user))
        answer = self._answers[min(len(self.asked), len(self._answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        said = answer if isinstance(answer, str) else answer(self.asked[-1])
        return said[:characters]
