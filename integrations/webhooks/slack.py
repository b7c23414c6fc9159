"""Messages to a Slack channel through an incoming webhook: plain words that mention nobody and unfold no link."""

import json

from assistant.outbox.values import Delivery
from integrations.webhooks.client import PublicClient
from integrations.webhooks.standard import accept

MOST_CHARACTERS = 3000
# What Slack answers when the message, the channel or the hook is no good: another attempt changes nothing.
_FINAL = frozenset({400, 403, 404, 410})


class SlackTransport:
    def __init__(self, client: PublicClient) -> None:
        self._client = client

    def send(self, delivery: Delivery) -> None:
        message = delivery.message
        text = "\n".join(part for part in (message.subject, message.body) if part)
        body = {"text": escaped(text[:MOST_CHARACTERS]), "unfurl_links": False, "unfurl_media": False, "mrkdwn": False}
        accept(self._client.post(message.to, json.dumps(body).encode(), {}), final=_FINAL)


def escaped(text: str) -> str:
    """Slack reads mentions and links between angle brackets only."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
