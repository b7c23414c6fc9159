"""What a run came to, for people: one table, what is wrong line by line, and whether that fails."""

import statistics
from collections.abc import Sequence

from rich.table import Table

from evals.crash.judge import Verdict
from evals.crash.options import Options
from evals.crash.rig import Report

MOST_NAMED = 20


def table(options: Options, report: Report) -> Table:
    verdict = report.verdict
    broken = f", broken on purpose: {options.broken}" if options.broken else ""
    shown = Table("kill -9", "measured", title=f"{options.engine}, seed {options.seed}{broken}")
    hits = ", ".join(f"{name} {count}" for name, count in sorted(report.blows.items()))
    shown.add_row("kills", f"{sum(report.blows.values())} ({hits})")
    shown.add_row("in flight at a kill, least / median", _least_and_median(report.in_flight))
    shown.add_row("answers acknowledged", f"{report.acknowledged:,}")
    opened = ", ".join(f"{story} {count:,}" for story, count in sorted(report.tickets.items()))
    shown.add_row("tickets", f"{sum(report.tickets.values()):,} ({opened})")
    for name in ("lost", "doubled", "undelivered", "others"):
        shown.add_row(name.replace("others", "other breaches"), f"{len(getattr(verdict, name)):,}")
    shown.add_row("mails / of them delivered again", f"{report.mails:,} / {report.redelivered:,}")
    shown.add_row("seconds to ready, median / longest", _median_and_longest(report.ready_seconds))
    shown.add_row("what the clients met", ", ".join(f"{what} {n:,}" for what, n in sorted(report.met.items())))
    shown.add_row("the run took", f"{report.seconds:,.0f} s")
    return shown


def breaches(report: Report) -> list[str]:
    """One line each, the first of every kind."""
    verdict = report.verdict
    kinds = {"lost": verdict.lost, "doubled": verdict.doubled, "undelivered": verdict.undelivered, "": verdict.others}
    lines = []
    for kind, found in kinds.items():
        lines += [f"{kind}: {line}" if kind else line for line in found[:MOST_NAMED]]
        if len(found) > MOST_NAMED:
            lines.append(f"{kind}: and {len(found) - MOST_NAMED:,} more")
    return lines


def conclusion(options: Options, verdict: Verdict) -> tuple[int, str]:
    """Exit status and last line."""
    if options.broken is not None:
        seen = bool(verdict.lost)
        return (1, "Broken on purpose, and the loss was seen.") if seen else (2, "Broken on purpose, and no loss seen.")
    if verdict.whole:
        return 0, "Whole: nothing acknowledged was lost, doubled or left undelivered."
    return 1, "Not whole."


def _least_and_median(numbers: Sequence[int]) -> str:
    return f"{min(numbers)} / {statistics.median(numbers):.0f}"


def _median_and_longest(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.1f} / {max(seconds):.1f}"
