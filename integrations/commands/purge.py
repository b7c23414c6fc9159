"""`privacy-assistant purge`: retention, run by hand. `serve` does the same every hour."""

import click

from integrations.commands.office import opened_office


@click.command("purge")
def command() -> None:
    """Remove transcripts older than TRANSCRIPT_DAYS and whatever else is past its time, down to the bytes."""
    with opened_office() as office:
        removed = office.keep_retention()
    click.echo(f"{removed} conversations removed.")
