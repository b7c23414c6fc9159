"""`privacy-assistant serve`: the HTTP doors."""

import click

from assistant.bootstrap import build_assistant
from integrations.app import create_app
from integrations.app import serve as run
from integrations.commands.opening import read_settings


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def command(host: str, port: int) -> None:
    """Serve the assistant over HTTP; an empty data folder is migrated and indexed first."""
    assistant = build_assistant(read_settings(), server=True)
    assistant.start()
    click.echo(f"{assistant.organisation.name}: http://{host}:{port}/")
    run(create_app(assistant), host=host, port=port)
