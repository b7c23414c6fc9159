"""`privacy-assistant policy`: what the policy says at which time."""

import sys
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from assistant.clock import utc_now
from assistant.organisation import load_organisation
from assistant.policy_folder import policy_folder
from integrations.commands.opening import newest_version, read_settings
from integrations.commands.printing import say, shown
from knowledge.clause import PolicyVersion
from knowledge.parser.policy import parse
from knowledge.periods.table import load_periods
from knowledge.questions import FILE_NAME, bind, load_bank, save_bank
from knowledge.versions.difference import diff
from knowledge.versions.library import PolicyLibrary

_MARKS = {"delete": "red strike", "insert": "green underline", "equal": ""}


@click.group("policy")
def command() -> None:
    """Publish, list and compare policy versions; show the periods they state."""


@command.command("publish")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--effective", type=click.DateTime(["%Y-%m-%d"]), help="The day from which it holds.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def publish(file: Path, effective: datetime | None, *, yes: bool) -> None:
    """Add FILE (plain text, Markdown or HTML) as the next version, after showing its clauses."""
    folder = policy_folder(read_settings().policy)
    library = PolicyLibrary(folder)
    data = file.read_bytes()
    parsed = parse(data, name=file.name)
    for section in parsed.sections:
        say(f"\n{section.number}  {section.title}")
        for paragraph in section.paragraphs:
            for clause in paragraph:
                say(f"  {clause.id}  {clause.text}")
    count = sum(len(paragraph) for section in parsed.sections for paragraph in section.paragraphs)
    say(f"\n{count} clauses in {len(parsed.sections)} sections.")
    if not yes and not click.confirm("Publish this as a new version?"):
        raise click.Abort
    known = library.versions()
    if known and parsed.sha256 not in {version.sha256 for version in known}:
        _bind_bank(folder, known[-1])
    today = utc_now().astimezone(load_organisation(folder).zone).date()
    version = library.publish(data, name=file.name, effective=effective.date() if effective else None, today=today)
    say(f"Version {version.label} is published. Run `privacy-assistant index` to answer from it.")
    _list_stale(folder, version)


def _bind_bank(folder: Path, version: PolicyVersion) -> None:
    """Before ids can mean two versions, every line gets the hashes of the one that it was written for."""
    lines = load_bank(folder / FILE_NAME)
    if any(line.clauses and not line.bound for line in lines):
        save_bank(folder / FILE_NAME, bind(lines, version).lines)


def _list_stale(folder: Path, version: PolicyVersion) -> None:
    stale = bind(load_bank(folder / FILE_NAME), version).stale
    if stale:
        say(f"{len(stale)} bank lines no longer vote for a clause that changed or vanished:")
    for found in stale:
        say(f"  line {found.line.number}, {found.clause}: {found.line.question}")
    for period in load_periods(folder, version).stale:
        say(f"  period of {period.clause} in periods.toml: its clause changed or vanished")
    organisation = load_organisation(folder)
    for promise in organisation.promises:
        if promise.bound not in version.by_hash:
            say(f"  promise {promise.id!r} in organisation.toml: clause {promise.clause} changed or vanished")
    contact = organisation.privacy_contact
    if contact.bound not in version.by_hash:
        say(f"  privacy_contact in organisation.toml: clause {contact.clause} changed or vanished")


@command.command("versions")
def versions() -> None:
    """List the versions, oldest first."""
    for version in PolicyLibrary(policy_folder(read_settings().policy)).versions():
        effective = version.effective or "unknown"
        say(
            f"{version.label}  {version.sha256[:12]}  effective {effective}  retrieved {version.retrieved}"
            f"  {len(version.clauses)} clauses"
        )


@command.command("diff")
@click.argument("old")
@click.argument("new")
def compare(old: str, new: str) -> None:
    """Show what changed from version OLD to NEW, clause by clause; a version is a label or 12 digits of its hash."""
    library = PolicyLibrary(policy_folder(read_settings().policy))
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    quiet = True
    for change in diff(library.find(old), library.find(new)).entries:
        if change.kind == "unchanged":
            continue
        quiet = False
        sides = [clause for clause in (change.old, change.new) if clause]
        console.print(Text(f"{change.kind}  {' -> '.join(clause.id for clause in sides)}", style="bold"))
        runs = change.words or (("equal", sides[-1].text),)
        console.print(Text.assemble("  ", *((_marked(op, text), _MARKS[op]) for op, text in runs)))
    if quiet:
        console.print("The two versions have the same clauses.")


def _marked(operation: str, text: str) -> str:
    """Marks that survive without colours."""
    text = shown(text)
    return {"delete": f"[-{text}-]", "insert": f"{{+{text}+}}"}.get(operation, text)


@command.command("periods")
def periods() -> None:
    """Show the durations and deadlines that the newest version states, for review."""
    folder = policy_folder(read_settings().policy)
    version = newest_version(folder)
    table = load_periods(folder, version)
    source = "periods.toml" if table.reviewed else "extracted from the text, not reviewed"
    say(f"Periods of version {version.label} ({source}):")
    for clause in version.clauses:
        for period in table.of(clause):
            amount = str(period.amount_low)
            if period.amount_high != period.amount_low:
                amount += f" to {period.amount_high}"
            starts = f", counted {period.starts}" if period.starts else ""
            say(f"  {clause.id}  {period.kind}: {period.qualifier} {amount} {period.unit}{starts}  [{period.subject}]")
    for stale in table.stale:
        say(f"  stale: {stale.clause}: its sentence changed or vanished")
