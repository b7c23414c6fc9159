"""Whether scripted dialogues end in exactly the right tickets. `python -m evals.dialogues` plays all of them.

Plays them one after the other to a server of its own, and prints a table by kind. With `--errors N` the first N that
went wrong are shown turn by turn: everybody in them is invented.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from evals.acting import Played, play
from evals.dataset import BadDataset
from evals.intervals import interval
from evals.scripts import JUDGED, Dialogue, TicketSeen, half, load_dialogues
from evals.server import ServerFailed
from evals.stage import Stage, prepared, staged

RIGHT_TO_REACH = 0.90
WIDTH = 150
SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """`tickets` are what the desk has of this conversation at the end; None for one that is shown and not there."""

    dialogue: Dialogue
    played: Played
    tickets: tuple[TicketSeen | None, ...]

    @property
    def right(self) -> bool:
        """Whether the tickets at the end are exactly the expected ones, and the server answered every turn."""
        found = [ticket for ticket in self.tickets if ticket is not None]
        whole = len(found) == len(self.tickets) and not any(said.status >= SERVER_ERROR for said in self.played.turns)
        return whole and tuple(sorted(found)) == self.dialogue.tickets

    @property
    def last(self) -> Mapping[str, bool]:
        """Of each thing that the last reply should have, whether it has it."""
        return {name: self.played.last.reply.get(name) == value for name, value in self.dialogue.last}


def judged(stage: Stage, dialogue: Dialogue) -> Judged:
    played = play(stage.doors, stage.mails, dialogue.turns)
    return Judged(dialogue, played, tuple(map(stage.desk.ticket, played.references)))


def table(rows: Sequence[Judged]) -> Table:
    """By kind, then over odd and even ids, then over all; shares with what they are of, and 95 % intervals."""
    shown = Table("kind", "dialogues", "right tickets", *(f"last reply: {name}" for name in JUDGED))
    for kind in sorted({each.dialogue.kind for each in rows}):
        _add(shown, kind, [each for each in rows if each.dialogue.kind == kind])
    shown.add_section()
    for ids in ("odd", "even"):
        chosen = {line.id for line in half(ids, [each.dialogue for each in rows])}
        _add(shown, f"{ids} ids", [each for each in rows if each.dialogue.id in chosen])
    _add(shown, "all", rows)
    return shown


def _add(shown: Table, name: str, rows: Sequence[Judged]) -> None:
    last = ([each.last.get(judged) for each in rows] for judged in JUDGED)
    shown.add_row(name, str(len(rows)), _share([each.right for each in rows]), *map(_share, last))


def _share(holds: Sequence[bool | None]) -> str:
    measured = interval([float(each) for each in holds if each is not None])
    if measured is None:
        return ""
    return f"{measured.mean:.3f} ({measured.low:.2f} to {measured.high:.2f}) of {measured.count}"


def told(each: Judged) -> str:
    """A dialogue turn by turn, with what was expected of it and what came."""
    lines = [f"{each.dialogue.id} {each.dialogue.kind}"]
    for said in each.played.turns:
        reply = said.reply
        lines.append(f"  > {said.text[:300]}")
        tickets = " ".join(
            f"{t['reference']} {t['right'] or t['kind']} {t['status']}" for t in reply.get("tickets", ())
        )
        asks = f"asks {reply['asks_for']}" if reply.get("asks_for") else ""
        also = " ".join(reply.get("other_intents", ()))
        lines.append(
            f"    {said.status} {reply.get('intent')} [{also}] {reply.get('outcome')} {asks} {tickets}".rstrip()
        )
    lines.append(f"  expected {_tickets(each.dialogue.tickets)}; {dict(each.dialogue.last)}")
    lines.append(f"  got      {_tickets(each.tickets)}; right: {each.right}, {dict(each.last)}")
    return "\n".join(lines)


def _tickets(seen: Sequence[TicketSeen | None]) -> str:
    return ", ".join(f"{t.right or t.kind} {t.status}" if t else "not in the queue" for t in seen) or "no ticket"


def main(argv: Sequence[str] | None = None) -> None:
    """Exit status 1 where fewer dialogues end in the right tickets than should."""
    options = _options(argv)
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, markup=False)
    try:
        dialogues = half(options.ids, load_dialogues())
        with prepared(options.data_dir) as folder, staged(folder) as stage:
            known = stage.desk.references()
            rows = [judged(stage, each) for each in track(dialogues, console=Console(stderr=True), transient=True)]
            hidden = stage.desk.references() - known - {name for each in rows for name in each.played.references}
    except (BadDataset, ServerFailed) as error:
        sys.exit(str(error))
    wrong = [each for each in rows if not (each.right and all(each.last.values()))]
    for each in wrong[: options.errors]:
        console.print(told(each), soft_wrap=True)
    console.print(table(rows))
    console.print(f"Right tickets to reach: {RIGHT_TO_REACH}. Tickets that no reply showed: {len(hidden)}.")
    sys.exit(0 if sum(each.right for each in rows) >= RIGHT_TO_REACH * len(rows) and not hidden else 1)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evals.dialogues", description="Play scripted dialogues and judge their end.")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong dialogues turn by turn")
    parser.add_argument("--ids", choices=("all", "odd", "even"), default="all", help="play only half of them")
    parser.add_argument("--data-dir", type=Path, help="a data folder to copy, so that nothing need be indexed")
    return parser.parse_args(argv)


if __name__ == "__main__":
    main()
