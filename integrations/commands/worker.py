"""`privacy-assistant worker`: sends what the outbox holds and does what falls due, beside any number of servers."""

import click

from assistant.bootstrap import build_assistant
from assistant.organisation import load_organisation
from assistant.policy_folder import policy_folder
from integrations.adapters import slack_door
from integrations.commands.opening import read_settings
from integrations.commands.stopping import told_to_stop
from integrations.transports import make_transports


@click.command("worker")
def command() -> None:
    """Send mails, alerts and webhooks, and keep the clocks, until told to stop."""
    stopping = told_to_stop()
    settings = read_settings()
    organisation = load_organisation(policy_folder(settings.policy))
    assistant = build_assistant(settings, transports=make_transports(settings, organisation))
    slack = None
    try:
        slack = slack_door(assistant)
        assistant.work()
        if slack:
            slack.start(answers=False)
        click.echo(f"{organisation.name}: sending what the outbox holds.")
        stopping.wait()
    finally:
        if slack:
            slack.close()
        assistant.close()
