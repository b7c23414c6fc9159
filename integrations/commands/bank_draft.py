"""`privacy-assistant bank draft` and `bank accept`: proposed questions, and a person's word on each of them."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.prompt import Prompt
from rich.text import Text

from assistant.bank.drafting import Drafted, DraftingDesk
from assistant.bank.writing import SECONDS
from assistant.bootstrap import language_model
from assistant.organisation import load_organisation
from assistant.policy_folder import policy_folder
from integrations.commands.opening import newest_version, read_settings
from integrations.commands.printing import say, shown
from integrations.commands.progress import progress_bar
from knowledge.clause import PolicyVersion
from knowledge.drafting import draft as drafts
from knowledge.drafting.draft import DRAFT_NAME, DraftLine
from knowledge.drafting.known import known_policies
from knowledge.encoder.onnx import OnnxEncoder

SHOWN = 20
_CHOICES = {"a": "accept", "c": "change and accept", "d": "drop", "s": "skip", "q": "quit"}


@click.command("draft")
@click.option(
    "--per-clause", default=3, show_default=True, type=click.IntRange(1, 50), help="Questions a clause should have."
)
def draft(*, per_clause: int) -> None:
    """Propose questions for clauses that have none or few, beside the bank; `bank accept` takes them over.

    They come from the nearest clauses of known policies, and from the language model where LLM is set. Running it twice
    proposes nothing twice.
    """
    settings = read_settings()
    folder = policy_folder(settings.policy)
    version = newest_version(folder)
    known = known_policies(version)
    model = language_model(settings, seconds=SECONDS)
    if not known and model is None:
        raise click.ClickException(
            "There is no policy to carry questions over from: install the package with knowledge/training/data,"
            " or set PRIVACY_ASSISTANT_LLM."
        )
    names = load_organisation(folder).names
    desk = DraftingDesk(folder, version, known, OnnxEncoder(threads=2), names, model)
    with progress_bar() as bar:
        task = bar.add_task("reading", total=None)
        found = desk.draft(
            per_clause=per_clause,
            progress=lambda what, done, total: bar.update(task, description=what, completed=done, total=total),
        )
    _report(found, known=len(known), asked_a_model=model is not None)


def _report(found: Drafted, *, known: int, asked_a_model: bool) -> None:
    sources = f"{known} known policies" + (" and the language model" if asked_a_model else "")
    clauses = {clause for line in found.added for clause in line.clauses}
    say(f"{len(found.added)} questions proposed for {len(clauses)} clauses, from {sources}.")
    for line in found.added[:SHOWN]:
        say(f"  {_row(line)}")
    if len(found.added) > SHOWN:
        say(f"  ... and {len(found.added) - SHOWN} more in {DRAFT_NAME}")
    if found.model_failures:
        say(f"The language model failed {found.model_failures} times: those clauses have fewer questions.")
    if found.bare:
        say(f"{len(found.bare)} clauses are like no known one and have no question: {_ids(found)}")
        say("Write some for these first: beside clauses that have questions, one that has none is found less often.")
    if found.added:
        say("None of them counts yet: go through them with `privacy-assistant bank accept`.")


def _ids(found: Drafted) -> str:
    return " ".join(clause.id for clause in found.bare)


@click.command("accept")
@click.argument("ids", nargs=-1)
@click.option("--list", "listing", is_flag=True, help="List what waits, and change nothing.")
@click.option("--yes", is_flag=True, help="Accept everything that waits and looks foreign in nothing.")
@click.option("--foreign", is_flag=True, help="With --yes: also what looks foreign.")
@click.option("--drop", is_flag=True, help="Drop the lines with these IDS instead.")
def accept(ids: tuple[str, ...], *, listing: bool, yes: bool, foreign: bool, drop: bool) -> None:
    """Put drafted questions into the bank: those with these IDS, or one by one when none is named."""
    if (ids and (yes or listing)) or (drop and not ids) or (foreign and not yes) or (yes and listing):
        raise click.UsageError("Give IDS (with --drop to drop them), --yes (with or without --foreign), or --list.")
    folder = policy_folder(read_settings().policy)
    version = newest_version(folder)
    waits = drafts.waiting(drafts.load_draft(folder))
    if listing:
        for line in waits:
            say(_row(line))
    elif not waits and not ids:
        say(f"Nothing waits in {DRAFT_NAME}: `privacy-assistant bank draft` proposes questions.")
    elif drop:
        say(f"{drafts.drop(folder, ids)} dropped.")
    elif ids:
        _accepted(drafts.accept(folder, version, ids, reworded={}))
    elif yes:
        chosen = [line.id for line in waits if foreign or not line.foreign]
        _accepted(drafts.accept(folder, version, chosen, reworded={}))
        if left := len(waits) - len(chosen):
            say(f"{left} have something foreign in them and wait for you: `privacy-assistant bank accept`.")
    else:
        _accepted(_one_by_one(folder, version, waits))


def _accepted(count: int) -> None:
    say(f"{count} lines added to the bank." + (" Run `privacy-assistant index` to answer from them." * bool(count)))


def _one_by_one(folder: Path, version: PolicyVersion, waits: Sequence[DraftLine]) -> int:
    """Each decision is written at once, so that whoever stops in the middle loses none."""
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    console.print(Text("  ".join(f"{key} = {meaning}" for key, meaning in _CHOICES.items()), style="dim"))
    added = 0
    try:
        for at, line in enumerate(waits, 1):
            _show(console, line, version, f"{at} of {len(waits)}")
            choice = Prompt.ask("", console=console, choices=list(_CHOICES), default="s", show_default=False)
            if choice == "q":
                break
            if choice == "d":
                drafts.drop(folder, [line.id])
            if choice in {"a", "c"}:
                reworded = {line.id: _reworded(console, line)} if choice == "c" else {}
                added += drafts.accept(folder, version, [line.id], reworded=reworded)
    except EOFError:
        console.print()
    return added


def _reworded(console: Console, line: DraftLine) -> str:
    return Prompt.ask("  as", console=console, default=line.question, show_default=False).strip() or line.question


def _show(console: Console, line: DraftLine, version: PolicyVersion, place: str) -> None:
    question = Text(shown(line.question), style="bold")
    for word in line.foreign:
        question.highlight_words([shown(word)], style="bold yellow")
    console.print(Text(f"\n{place}  {line.id}  from {shown(line.source)}", style="dim"))
    console.print(question)
    if line.foreign:
        console.print(Text(f"  foreign: {shown(', '.join(line.foreign))}", style="yellow"))
    for clause in line.clauses:
        text = version.by_id[clause].text if clause in version.by_id else "(not in this version)"
        console.print(Text(f"  {clause}  {shown(text)}"))


def _row(line: DraftLine) -> str:
    foreign = f"  foreign: {', '.join(line.foreign)}" if line.foreign else ""
    return f"{line.id}  {' '.join(line.clauses)}  {line.question}  [{line.source}]{foreign}"
