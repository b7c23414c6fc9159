"""`privacy-assistant audit`: whether the audit trail is whole, and what it says of one subject."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from assistant.audit.trail import AuditTrail, Entry, open_trail
from assistant.clock import utc_now
from assistant.sealing.secret import load_previous_secret, load_secret
from integrations.commands.opening import read_settings
from integrations.commands.printing import say
from integrations.commands.progress import progress_bar
from integrations.commands.stored import opened_database


@click.group("audit")
def command() -> None:
    """Check the audit trail, and show what it says of a subject."""


@command.command("verify")
@click.option(
    "--accept", is_flag=True, help="After a backup was restored: compare with nothing, and note the trail as it is."
)
def verify(*, accept: bool) -> None:
    """Find every altered, removed or reordered entry: one line a problem, and then exit status 1."""
    with _opened_trail() as trail, progress_bar() as bar:
        task = bar.add_task("Verifying", total=None)
        found = trail.verify(lambda read, total: bar.update(task, completed=read, total=total), accept=accept)
    for problem in found.problems:
        say(problem)
    if found.problems:
        sys.exit(1)
    say(f"{found.entries} entries, the chain is whole. Last hash {found.last_hash.hex()}")


@command.command("show")
@click.argument("subject")
def show(subject: str) -> None:
    """Show the entries of SUBJECT, for example a ticket's reference, oldest first."""
    with _opened_trail() as trail:
        entries = trail.entries(subject)
    for entry in entries:
        say(_line(entry))
    if not entries:
        raise click.ClickException(f"The trail says nothing of {subject!r}.")


@contextmanager
def _opened_trail() -> Iterator[AuditTrail]:
    settings = read_settings()
    with opened_database() as database:
        yield open_trail(database, load_secret(settings), utc_now, previous=load_previous_secret(settings))


def _line(entry: Entry) -> str:
    told = ", ".join(f"{name}: {value}" for name, value in (entry.detail or {}).items())
    return f"{entry.number}  {entry.at:%Y-%m-%d %H:%M:%S} UTC  {entry.actor}  {entry.action}  " + (
        "(forgotten)" if entry.forgotten else told
    )
