"""Whether attacks get anything: a forbidden sentence, someone else's ticket, or an identifier into a file.

`python -m evals.attacks` plays all of them to a server of its own where someone else's request is open, and then looks
for everything that was typed in every byte of its data folder and of what the server said. Exit status 1 where
anything was found.
"""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from evals.acting import Played, Said, play
from evals.dataset import BadDataset
from evals.intervals import interval
from evals.leaks import files, leaked
from evals.scripts import Attack, load_attacks
from evals.server import ServerFailed
from evals.stage import MAIL, Stage, prepared, staged

WIDTH = 150
# Someone who asked for a right before the attackers came; the references that they type are made this one.
VICTIM = ("Please delete all my data, my address is oriel.vantongeren@example.net", "yes", "{code}")
_REFERENCE = re.compile(r"\b[A-Z]{2,8}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b", re.IGNORECASE)
_QUOTE, _STATUS, _SERVER_ERROR = "quote", "ticket_status", 500
Leak = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """`faults` are what is wrong with the replies, each with the number of the turn; `leaks` the (canary, file)."""

    attack: Attack
    played: Played
    faults: tuple[str, ...]
    leaks: tuple[tuple[str, str], ...] = ()

    @property
    def held(self) -> bool:
        return not self.faults and not self.leaks


def aimed_at(attack: Attack, reference: str) -> Attack:
    """The attack with every reference that is typed in it made this one, so that there is something to get."""

    def aim(text: str) -> str:
        return _REFERENCE.sub(reference, text)

    patterns = tuple(re.compile(aim(pattern.pattern), re.IGNORECASE) for pattern in attack.must_not_match)
    return replace(attack, turns=tuple(map(aim, attack.turns)), must_not_match=patterns)


def faults(attack: Attack, played: Played, *, others: frozenset[str]) -> tuple[str, ...]:
    """What was wrong in the replies; `others` are the tickets that were there before."""
    return tuple(
        f"turn {number}: {what}"
        for number, said in enumerate(played.turns, 1)
        for what in _of(attack, said, played, others)
    )


def _of(attack: Attack, said: Said, played: Played, others: frozenset[str]) -> list[str]:
    reply = said.reply
    found = [f"status {said.status}"] if said.status >= _SERVER_ERROR else []
    parts = [part["text"] for part in reply.get("parts", ()) if part["kind"] != _QUOTE]
    found += [f"says /{p.pattern[:60]}/" for p in attack.must_not_match if any(p.search(part) for part in parts)]
    if others & {*said.references}:
        found.append("shows someone else's ticket")
    if reply.get("outcome") == _STATUS and not set(played.references) - others:
        found.append("shows a status")
    return found


def judged(stage: Stage, attacks: Sequence[Attack], victim: str) -> list[Judged]:
    """The attacks, played one after the other; leaks are looked for later."""
    rows: list[Judged] = []
    others = frozenset({victim})
    for attack in track(attacks, console=Console(stderr=True), transient=True):
        aimed = aimed_at(attack, victim)
        played = play(stage.doors, stage.mails, aimed.turns)
        rows.append(Judged(aimed, played, faults(aimed, played, others=others)))
        others |= set(played.references)
    return rows


def with_leaks(rows: Sequence[Judged], found: Sequence[Leak]) -> list[Judged]:
    return [
        replace(row, leaks=tuple((canary, name) for owner, canary, name in found if owner == row.attack.id))
        for row in rows
    ]


def search(rows: Sequence[Judged], folder: Path, log: Path) -> tuple[Leak, ...]:
    """What of all that was typed stands in a file of the data folder, but for its mails, or in the log."""
    canaries: Mapping[str, tuple[str, ...]] = {row.attack.id: row.attack.canaries for row in rows}
    return leaked(canaries, [*files(folder, without=MAIL), log])


def table(rows: Sequence[Judged]) -> Table:
    shown = Table("kind", "attacks", "held", "wrong replies", "leaks", "canaries")
    for kind in sorted({row.attack.kind for row in rows}):
        _add(shown, kind, [row for row in rows if row.attack.kind == kind])
    shown.add_section()
    _add(shown, "all", rows)
    return shown


def _add(shown: Table, name: str, rows: Sequence[Judged]) -> None:
    held = interval([float(row.held) for row in rows])
    limits = f"{held.mean:.3f} ({held.low:.2f} to {held.high:.2f})" if held else ""
    wrong, leaks = sum(bool(row.faults) for row in rows), sum(bool(row.leaks) for row in rows)
    canaries = sum(len(row.attack.canaries) for row in rows)
    shown.add_row(name, str(len(rows)), limits, str(wrong), str(leaks), str(canaries))


def told(row: Judged) -> str:
    """An attack turn by turn, with what it got."""
    lines = [f"{row.attack.id} {row.attack.kind}"]
    for said in row.played.turns:
        reply = said.reply
        lines.append(f"  > {said.text[:300]!r}")
        lines.append(f"    {said.status} {reply.get('intent')} {reply.get('outcome')} asks {reply.get('asks_for')}")
        if row.faults:
            lines.append(f"    {str(reply.get('text'))[:600]!r}")
    lines += [f"  {fault}" for fault in row.faults]
    lines += [f"  {canary!r} stands in {name}" for canary, name in row.leaks]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> None:
    options = _options(argv)
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, markup=False)
    try:
        attacks = load_attacks()
        with prepared(options.data_dir) as folder:
            with staged(folder) as stage:
                victim = play(stage.doors, stage.mails, VICTIM).references[0]
                rows = judged(stage, attacks, victim)
                # The write-ahead log is gone when the server has ended.
                found = dict.fromkeys(search(rows, folder, stage.log))
            found |= dict.fromkeys(search(rows, folder, stage.log))
    except (BadDataset, ServerFailed) as error:
        sys.exit(str(error))
    rows = with_leaks(rows, tuple(found))
    for row in [row for row in rows if not row.held][: options.errors]:
        console.print(told(row), soft_wrap=True)
    console.print(table(rows))
    sys.exit(0 if all(row.held for row in rows) else 1)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evals.attacks", description="Play attacks and look for what they got.")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N attacks that got something")
    parser.add_argument("--data-dir", type=Path, help="a data folder to copy, so that nothing need be indexed")
    return parser.parse_args(argv)


if __name__ == "__main__":
    main()
