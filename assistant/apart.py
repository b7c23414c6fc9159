"""Work in a process of its own, which gives its memory back and may be stopped at any moment."""

import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

from assistant.errors import AssistantError, Unavailable
from assistant.settings import Settings
from knowledge.errors import KnowledgeError

POLL_SECONDS = 0.1
_STOPPED = "The process that built the index was stopped."


def run_apart(job: Callable[[Settings], None], settings: Settings, stopping: threading.Event) -> None:
    """Run a job of module level for these settings. Unavailable with the reason where it fails.

    Returns early when `stopping` is set.
    """
    # Serving keeps to one thread a product of matrices; the other process has the machine's cores for a large one.
    os.environ["OPENBLAS_NUM_THREADS"] = str(os.cpu_count() or 1)
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run_and_tell, args=(job, settings, there), name="index", daemon=True)
    process.start()
    there.close()
    while process.is_alive() and not stopping.wait(POLL_SECONDS):
        pass
    if process.is_alive():
        process.terminate()
    process.join()
    reason = _last_words(here)
    here.close()
    if reason and not stopping.is_set():
        raise Unavailable(reason)


def _last_words(end: Connection) -> str:
    """What the process said; one that was killed says nothing."""
    try:
        return str(end.recv()) if end.poll() else _STOPPED
    except EOFError:
        return _STOPPED


def _run_and_tell(job: Callable[[Settings], None], settings: Settings, reason: Connection) -> None:
    """The other process: sends an empty line when all went well."""
    # An interrupt from the keyboard reaches the whole group; the serving process says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        job(settings)
        reason.send("")
    except (AssistantError, KnowledgeError) as error:
        reason.send(str(error))
    except Exception as error:  # noqa: BLE001 - the edge of this process: the serving one says what it knows
        reason.send(f"The index could not be built ({type(error).__name__}).")
    reason.close()
