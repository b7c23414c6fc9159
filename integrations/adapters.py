"""Doors that are loaded only where their setting is on: what they import is no part of a start without them."""

import os
from pathlib import Path

from assistant.bootstrap import Assistant
from assistant.settings import all_given
from integrations.door import Door


def slack_door(assistant: Assistant) -> Door | None:
    """The Slack door on this assistant, not started; None where PRIVACY_ASSISTANT_SLACK_BOT_TOKEN is not set."""
    given = all_given(os.environ, dotenv=Path(".env"))
    if not any(name.startswith("PRIVACY_ASSISTANT_SLACK_") and value for name, value in given.items()):
        return None
    from integrations.slack.door import SlackDoor
    from integrations.slack.settings import SlackSettings

    settings = SlackSettings.from_environment(given)
    return SlackDoor(assistant, settings) if settings else None
