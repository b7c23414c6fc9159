"""Socket Mode: the same Bolt app over a WebSocket that we open, so that nothing of ours need be reachable."""

from collections.abc import Iterator
from contextlib import contextmanager

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from assistant.errors import Unavailable
from integrations.slack.client import silent_logger
from integrations.slack.settings import SlackSettings


@contextmanager
def listening(app: App, settings: SlackSettings) -> Iterator[None]:
    """Connected until the end of the block; the connection is renewed whenever Slack closes it.

    Unavailable where it cannot begin, with a line for who starts it.
    """
    web = WebClient(token=settings.bot_token, base_url=settings.api_url, logger=silent_logger())
    handler = SocketModeHandler(app, settings.app_token, logger=silent_logger(), web_client=web)
    try:
        _connect(handler)
        yield
    finally:
        handler.close()  # type: ignore[no-untyped-call]


def _connect(handler: SocketModeHandler) -> None:
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except SlackApiError:
        raise Unavailable(
            "Slack does not take PRIVACY_ASSISTANT_SLACK_APP_TOKEN: make one with the scope connections:write, and"
            " switch Socket Mode on."
        ) from None
    except (SlackClientError, OSError):
        raise Unavailable("Slack cannot be reached: check the network and start again.") from None
