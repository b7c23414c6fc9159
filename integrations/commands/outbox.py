"""`privacy-assistant outbox`: what waits to be sent and what could not be. Prints neither receivers nor contents."""

import click

from assistant.outbox.values import Entry, State
from integrations.commands.office import opened_office
from integrations.commands.printing import say


@click.group("outbox")
def command() -> None:
    """Show what must be sent; send again what could not be."""


@command.command("list")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only entries in this state.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 1000))
def listing(state: str | None, limit: int) -> None:
    """List the newest entries: id, state, kind, purpose, ticket, attempts."""
    with opened_office() as office:
        entries = office.outbox.entries(State(state) if state else None, limit=limit)
    for entry in entries:
        say(_line(entry))


@command.command("replay")
@click.argument("id", required=False)
@click.option("--all", "everything", is_flag=True, help="Every dead entry.")
def replay(id: str | None, *, everything: bool) -> None:  # noqa: A002 the argument's own word
    """Let a dead entry be tried again; a running server or worker sends it within a second."""
    if everything == (id is not None):
        raise click.UsageError("Give the ID of a dead entry, or --all.")
    with opened_office() as office:
        count = 1
        if id is None:
            count = office.outbox.replay_all()
        else:
            office.outbox.replay(id)
    say(f"{count} to be sent again.")


def _line(entry: Entry) -> str:
    parts = [
        entry.id,
        entry.state.value,
        entry.kind.value,
        entry.purpose,
        entry.reference or "-",
        f"attempts {entry.attempts}",
        f"made {entry.created_at:%Y-%m-%d %H:%M:%S} UTC",
    ]
    if entry.state is State.WAITING:
        parts.append(f"next {entry.due_at:%Y-%m-%d %H:%M:%S} UTC")
    if entry.settled_at is not None:
        parts.append(f"{entry.state.value} {entry.settled_at:%Y-%m-%d %H:%M:%S} UTC")
    if entry.last_error:
        parts.append(entry.last_error)
    return "  ".join(parts)
