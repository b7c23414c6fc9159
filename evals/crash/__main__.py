"""`make crash`: kills the product without warning, again and again, and holds it to everything it acknowledged.

Exit status 0: whole. 1: something acknowledged was lost, doubled or not delivered; with `--break`: a loss was seen, as
it must be. 2: the run could not be made, or a product that was broken on purpose lost nothing that was seen.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from evals.crash.gauge import TooQuiet
from evals.crash.options import Engine, Options, read_options
from evals.crash.postgres import postgres
from evals.crash.processes import NotRunning
from evals.crash.rig import Report, Rig
from evals.crash.table import breaches, conclusion, table

WIDTH = 130


def main(argv: Sequence[str] | None = None) -> int:
    options = read_options(argv)
    console, notes = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False), Console(stderr=True)
    folder = Path(tempfile.mkdtemp(prefix="crash-"))
    try:
        report = _run(options, folder, notes)
    except (NotRunning, TooQuiet) as error:
        notes.print(str(error), f"The folder of the run: {folder}", sep="\n", markup=False)
        return 2
    console.print(table(options, report))
    for line in breaches(report):
        console.print(line, markup=False, soft_wrap=True)
    if report.verdict.whole or options.broken:
        shutil.rmtree(folder)
    else:
        console.print(f"The folder of the run, with the clients' ledger and the logs: {folder}", markup=False)
    status, words = conclusion(options, report.verdict)
    console.print(words)
    return status


def _run(options: Options, folder: Path, notes: Console) -> Report:
    # The server of PostgreSQL runs as another user, who must be let through to its files.
    folder.chmod(0o755)
    with _database(options, folder) as url:
        return Rig(options, folder, url, lambda line: notes.print(line, markup=False, highlight=False)).run()


@contextmanager
def _database(options: Options, folder: Path) -> Iterator[str | None]:
    if options.engine is Engine.SQLITE:
        yield None
        return
    with postgres(folder) as url:
        yield url


if __name__ == "__main__":
    sys.exit(main())
