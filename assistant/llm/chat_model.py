"""What the house asks of a language model. Knows no vendor and no prompt."""

from typing import Protocol


class ModelFailed(Exception):
    """A model gave nothing usable. `kind` is a short word for counting; never the model's or a person's text."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"The language model failed ({kind}); the quotation is shown instead.")
        self.kind = kind


class ChatModel(Protocol):
    """One question, one text back. A model holds no tools and remembers nothing."""

    def complete(self, *, system: str, user: str, seconds: float, characters: int) -> str:
        """Write at most `characters`, in about `seconds`. Raises ModelFailed and nothing else; thread-safe."""
        ...
