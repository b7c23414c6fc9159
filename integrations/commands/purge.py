"""`privacy-assistant purge`: retention, run by hand. `serve` does the same every hour."""

import click

from assistant.access.secret import load_secret
from assistant.clock import utc_now
from assistant.conversation.store import ConversationStore
from assistant.erasure.eraser import Eraser
from integrations.commands.opening import read_settings
from integrations.commands.stored import opened_database


@click.command("purge")
def command() -> None:
    """Remove transcripts older than TRANSCRIPT_DAYS, down to the bytes."""
    settings = read_settings()
    with opened_database() as database:
        eraser = Eraser(
            database,
            ConversationStore(database),
            secret=load_secret(settings),
            transcript_days=settings.transcript_days,
        )
        removed = eraser.purge(utc_now())
    click.echo(f"{removed} conversations removed.")
