"""How a command that runs on hears that it should end. Says nothing of what it does until then."""

import signal
import threading
from types import FrameType


def told_to_stop() -> threading.Event:
    """Set by the signal to end or by Ctrl-C, from now on; call it on the main thread."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopping
