"""`privacy-assistant serve`: the HTTP doors."""

import signal
import sys
from types import FrameType

import click

from assistant.bootstrap import build_assistant
from assistant.organisation import load_organisation
from assistant.policy_folder import policy_folder
from integrations.adapters import slack_door
from integrations.app import create_app, listen
from integrations.app import serve as run
from integrations.commands.opening import read_settings
from integrations.transports import make_transports


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def command(host: str, port: int) -> None:
    """Serve the assistant over HTTP; an empty data folder is migrated and indexed first."""
    # Told to stop, before or while it serves, it ends with status 0: nothing has failed.
    signal.signal(signal.SIGTERM, _stop)
    settings = read_settings()
    with listen(host, port) as listening:
        organisation = load_organisation(policy_folder(settings.policy))
        assistant = build_assistant(settings, transports=make_transports(settings, organisation), server=True)
        slack = None
        try:
            slack = slack_door(assistant)
            assistant.start()
            if slack:
                slack.start()
            shown_host = f"[{host}]" if ":" in host else host
            click.echo(f"{assistant.organisation.name}: http://{shown_host}:{listening.getsockname()[1]}/")
            run(create_app(assistant, doors=slack.middleware() if slack else ()), listening)
        finally:
            if slack:
                slack.close()
            assistant.close()


def _stop(number: int, frame: FrameType | None) -> None:
    del number, frame
    sys.exit(0)
