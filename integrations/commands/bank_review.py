"""`privacy-assistant bank review`: questions that were left open, and what the privacy team decides about them."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.prompt import Prompt
from rich.text import Text

from assistant.bank.decisions import DecisionStore
from assistant.bank.review import Added, Cluster, LeftOpen, NoSuchClause, ReviewDesk
from assistant.bootstrap import Assistant
from integrations.commands.opening import newest_version
from integrations.commands.printing import escaped, say, shown
from integrations.commands.progress import progress_bar
from integrations.commands.whole import opened_assistant
from knowledge.questions import BadBank

SHOWN = 5
_CHOICES = {"a": "accept with its clauses", "n": "not stated", "i": "ignore", "s": "skip", "q": "quit"}


@click.command("review")
@click.option("--json", "as_json", is_flag=True, help="Print the clusters, a JSON object a line, and change nothing.")
@click.option("--accept", metavar="CLUSTER", help="Put its question into the bank; --clauses says what answers it.")
@click.option("--not-stated", metavar="CLUSTER", help="Put it there as what the policy does not state.")
@click.option("--ignore", metavar="CLUSTER", help="Do not show its questions again.")
@click.option("--clauses", help="Clause ids, the best first: 7.1.3,7.1.4. With --not-stated: where to point.")
@click.option(
    "--wording", multiple=True, help="The question to put into the bank instead of the visitor's; repeatable."
)
def review(
    *,
    as_json: bool,
    accept: str | None,
    not_stated: str | None,
    ignore: str | None,
    clauses: str | None,
    wording: tuple[str, ...],
) -> None:
    """Go through the questions that ended in not stated, not understood or not helpful, in clusters.

    Shows masked questions only, as long as their transcripts are kept. What was decided does not come again.
    """
    if sum(map(bool, (as_json, accept, not_stated, ignore))) > 1:
        raise click.UsageError("Give one of --json, --accept, --not-stated and --ignore, or none of them.")
    if (clauses or wording) and not (accept or not_stated):
        raise click.UsageError("--clauses and --wording go with --accept or --not-stated.")
    if accept and not clauses:
        raise click.UsageError("--accept needs --clauses: which clauses answer the question, the best first.")
    ids = _ids(clauses or "")
    with _opened_desk() as desk:
        if accept:
            _added(desk.accept(desk.cluster(accept), ids, wordings=wording))
        elif not_stated:
            _added(desk.not_stated(desk.cluster(not_stated), ids, wordings=wording))
        elif ignore:
            desk.ignore(desk.cluster(ignore))
            say("Its questions will not be shown again.")
        elif as_json:
            for cluster in _found(desk).clusters:
                click.echo(escaped(json.dumps(_as_json(cluster), ensure_ascii=False)))
        else:
            _one_by_one(desk, _found(desk))


@contextmanager
def _opened_desk() -> Iterator[ReviewDesk]:
    with opened_assistant() as assistant:
        assistant.indexing.ensure()
        yield _desk(assistant)


def _desk(assistant: Assistant) -> ReviewDesk:
    reader = assistant.indexing.room.reader()
    return ReviewDesk(
        database=assistant.database,
        decisions=DecisionStore(assistant.database, assistant.sealer),
        encoder=assistant.indexing.room.encoder,
        find=reader.find,
        folder=assistant.indexing.folder,
        version=newest_version(assistant.indexing.folder),
        days=assistant.settings.transcript_days,
        clock=assistant.clock,
    )


def _found(desk: ReviewDesk) -> LeftOpen:
    with progress_bar() as bar:
        task = bar.add_task("reading questions", total=None)
        return desk.left_open(progress=lambda done, total: bar.update(task, completed=done, total=total))


def _ids(raw: str) -> tuple[str, ...]:
    return tuple(raw.replace(",", " ").split())


def _added(done: Added) -> None:
    for line in done.lines:
        say(f"Added to the bank: {line.question}  [{line.kind.value}: {' '.join(line.clauses)}]")
    say("Run `privacy-assistant index` to answer from it." if done.lines else "The bank had this question already.")


def _as_json(cluster: Cluster) -> dict[str, object]:
    return {
        "id": cluster.id,
        "count": cluster.count,
        "questions": list(cluster.questions),
        "reasons": dict(cluster.reasons),
        "nearest": [
            {"clause": near.clause, "section": near.section, "text": near.text, "score": near.score}
            for near in cluster.nearest
        ],
        "first_at": cluster.first_at.isoformat(),
        "last_at": cluster.last_at.isoformat(),
    }


def _one_by_one(desk: ReviewDesk, found: LeftOpen) -> None:
    """Each decision is written at once, so that whoever stops in the middle loses none."""
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    _summary(console, found)
    changed = False
    try:
        for at, cluster in enumerate(found.clusters, 1):
            _show(console, cluster, f"{at} of {len(found.clusters)}")
            choice = Prompt.ask("", console=console, choices=list(_CHOICES), default="s", show_default=False)
            if choice == "q":
                break
            if choice == "i":
                desk.ignore(cluster)
            if choice in {"a", "n"}:
                changed = _decide(console, desk, cluster, accepts=choice == "a") or changed
    except EOFError:
        console.print()
    if changed:
        say("Run `privacy-assistant index` to answer from what was added.")


def _decide(console: Console, desk: ReviewDesk, cluster: Cluster, *, accepts: bool) -> bool:
    """Ask for clauses and wording until both can be used; whether the bank has a new line."""
    nearest = cluster.nearest[0].clause if cluster.nearest else ""
    asks = "  answered by (ids, the best first)" if accepts else "  nearest to it (ids)"
    while True:
        ids = _ids(Prompt.ask(asks, console=console, default=nearest))
        wording = Prompt.ask("  worded as", console=console, default=shown(cluster.questions[0])).strip()
        wordings = (wording,) if wording != shown(cluster.questions[0]) else ()
        try:
            act = desk.accept if accepts else desk.not_stated
            return bool(act(cluster, ids, wordings=wordings).lines)
        except (NoSuchClause, BadBank) as error:
            console.print(Text(f"  {error}", style="red"))


def _summary(console: Console, found: LeftOpen) -> None:
    turns = sum(cluster.count for cluster in found.clusters)
    console.print(Text(f"{turns} questions in {len(found.clusters)} clusters wait for a decision."))
    if found.settled:
        console.print(Text(f"{found.settled} more were decided, or are alike to what was, and are not shown."))
    if found.still_open:
        console.print(
            Text(
                f"{found.still_open} of them were left open after their question was accepted:"
                " run `privacy-assistant index`, or add another wording."
            )
        )
    if found.clusters:
        console.print(Text("  ".join(f"{key} = {meaning}" for key, meaning in _CHOICES.items()), style="dim"))


def _show(console: Console, cluster: Cluster, place: str) -> None:
    reasons = ", ".join(f"{reason.replace('_', ' ')} {count}" for reason, count in cluster.reasons.items())
    times = "once" if cluster.count == 1 else f"{cluster.count} times"
    console.print(Text(f"\n{place}  {cluster.id}  asked {times}: {reasons}", style="dim"))
    for question in cluster.questions[:SHOWN]:
        console.print(Text(f"  {shown(question)}", style="bold"))
    if len(cluster.questions) > SHOWN:
        console.print(Text(f"  ... and {len(cluster.questions) - SHOWN} other wordings", style="dim"))
    for near in cluster.nearest:
        console.print(Text(f"    {near.clause}  {near.score:.2f}  {shown(near.text)}", style="dim"))
