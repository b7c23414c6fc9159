"""What a door is to whoever serves: something before the routes, something in the background."""

from collections.abc import Sequence
from typing import Protocol

from starlette.middleware import Middleware


class Door(Protocol):
    def middleware(self) -> Sequence[Middleware]: ...
    def start(self, *, answers: bool = True) -> None: ...
    def close(self) -> None: ...
