"""The clients of a run, each a thread that plays one story after the other until the crowd is told to finish."""

import threading
import time
from collections.abc import Callable, Mapping

from evals.crash.ledger import Story
from evals.crash.patience import GaveUp
from evals.crash.stories import Stage, play


class Crowd:
    """`stage` makes what one client plays on; `clients` says how many play each story."""

    def __init__(self, stage: Callable[[str], Stage], clients: Mapping[Story, int]) -> None:
        self._finishing = threading.Event()
        self._broken: list[str] = []
        self._threads = [
            threading.Thread(target=self._client, args=(story, stage(f"{story} {number}")), daemon=True)
            for story, count in clients.items()
            for number in range(count)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def finish(self, *, seconds: float) -> int:
        """Begin no new story, and wait for those that are being played; how many have not ended."""
        self._finishing.set()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return sum(thread.is_alive() for thread in self._threads)

    def broken(self) -> tuple[str, ...]:
        """Clients that ended by a fault of their own."""
        return tuple(self._broken)

    def _client(self, story: Story, stage: Stage) -> None:
        try:
            while not self._finishing.is_set():
                play(story, stage)
        except GaveUp:
            pass
        except Exception as error:  # noqa: BLE001 the edge of this thread: the run says so at its end
            self._broken.append(f"{story}: {type(error).__name__}: {error}")
        finally:
            stage.caller.close()
