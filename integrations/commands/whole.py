"""The whole assistant, for the commands that answer questions or build the index."""

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.bootstrap import Assistant, build_assistant
from integrations.commands.opening import read_settings


@contextmanager
def opened_assistant() -> Iterator[Assistant]:
    assistant = build_assistant(read_settings())
    try:
        yield assistant
    finally:
        assistant.close()
