"""Socket Mode: the same Bolt app over a WebSocket that we open, so that nothing of ours need be reachable."""

from collections.abc import Iterator
from contextlib import contextmanager

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from integrations.slack.client import silent_logger
from integrations.slack.settings import SlackSettings


@contextmanager
def listening(app: App, settings: SlackSettings) -> Iterator[None]:
    """Connected until the end of the block; the connection is renewed whenever Slack closes it."""
    web = WebClient(token=settings.bot_token, base_url=settings.api_url, logger=silent_logger())
    handler = SocketModeHandler(app, settings.app_token, logger=silent_logger(), web_client=web)
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        handler.close()  # type: ignore[no-untyped-call]
