"""A limit on a whole exchange over a socket, however slowly the other side talks. Knows no protocol."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def cut_off(connection: Callable[[], socket.socket | None], *, seconds: float) -> Iterator[None]:
    """Shut the connection down when the block takes longer: what waits on it then fails with an OSError at once.

    `connection` is asked at that moment, so that one that was wrapped in TLS meanwhile is the one that is shut.
    """
    timer = threading.Timer(seconds, lambda: _shut(connection()))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(connection: socket.socket | None) -> None:
    if connection is not None:
        with suppress(OSError):
            # Of the socket below TLS: the TLS layer would take its state away from the thread that is reading.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
