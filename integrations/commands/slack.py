"""`privacy-assistant slack`: Slack by Socket Mode, and the manifest of the app."""

import json
import os
from pathlib import Path

import click

from assistant.bootstrap import build_assistant
from assistant.organisation import load_organisation
from assistant.policy_folder import policy_folder
from assistant.settings import BadSetting, all_given
from integrations.commands.opening import read_settings
from integrations.commands.stopping import told_to_stop
from integrations.slack.door import SlackDoor
from integrations.slack.manifest import manifest as made
from integrations.slack.settings import SlackSettings
from integrations.slack.socket import listening
from integrations.transports import make_transports


@click.group("slack", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Serve Slack by Socket Mode, which needs no public address; or print the manifest of the app."""
    if context.invoked_subcommand is None:
        _serve()


@command.command("manifest")
@click.option("--socket", is_flag=True, help="For Socket Mode.")
def manifest(*, socket: bool) -> None:
    """Print the manifest to paste at api.slack.com/apps."""
    settings = read_settings()
    organisation = load_organisation(policy_folder(settings.policy))
    shown = made(organisation, settings.public_url, socket_mode=socket)
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))


def _serve() -> None:
    stopping = told_to_stop()
    settings = read_settings()
    slack = SlackSettings.from_environment(all_given(os.environ, dotenv=Path(".env")))
    if slack is None or slack.app_token is None:
        raise BadSetting("SLACK_APP_TOKEN", "and PRIVACY_ASSISTANT_SLACK_BOT_TOKEN must be set for Socket Mode.")
    organisation = load_organisation(policy_folder(settings.policy))
    # It may be the only one that serves this data folder: then nobody else keeps the log of the database short.
    assistant = build_assistant(settings, transports=make_transports(settings, organisation), server=True)
    door = SlackDoor(assistant, slack)
    try:
        assistant.start()
        door.start()
        with listening(door.bolt, slack):
            click.echo(f"{organisation.name}: listening to Slack.")
            stopping.wait()
    finally:
        door.close()
        assistant.close()
