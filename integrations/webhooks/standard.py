"""Events to a receiver's endpoint, as Standard Webhooks 1.0 has it: signed, thin, the same id at every attempt."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC

from standardwebhooks import Webhook

from assistant.clock import Clock, utc_now
from assistant.errors import AssistantError
from assistant.outbox.values import Delivery, Postponed, Refused
from integrations.webhooks.client import Answer, PublicClient

MOST_BYTES = 20_000
_TYPE = re.compile(r"[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*")
_GONE = 410
_MARK = "whsec_"
FEWEST_BYTES = 24


class BadSecret(AssistantError):
    def __init__(self) -> None:
        super().__init__(
            f"The secret of a webhook is {_MARK} and the base64 of {FEWEST_BYTES} random bytes or more: make a new one."
        )


class WebhookTransport:
    """`secrets`: those of each URL, the newest first; while one is replaced, what is sent carries a signature of each.

    Raises BadSecret for one that is not `whsec_` and base64 of 24 bytes or more.
    """

    def __init__(self, client: PublicClient, secrets: Mapping[str, Sequence[str]], clock: Clock = utc_now) -> None:
        self._client = client
        self._signers = {url: tuple(_signer(secret) for secret in of_url) for url, of_url in secrets.items()}
        self._clock = clock

    def send(self, delivery: Delivery) -> None:
        """Return when the endpoint has answered with success; it must know an event by its id."""
        signers = self._signers.get(delivery.message.to, ())
        if not signers:
            # Nothing leaves unsigned; a secret that is set later still finds it here.
            raise Postponed("webhook-no-secret")
        body = payload(delivery)
        # The library reads any time as UTC.
        now = self._clock().astimezone(UTC)
        headers = {
            "webhook-id": delivery.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(signer.sign(delivery.id, now, body) for signer in signers),
        }
        accept(self._client.post(delivery.message.to, body.encode(), headers), final=frozenset({_GONE}))


def payload(delivery: Delivery) -> str:
    """The exact text that is signed and sent; Refused for what the standard does not allow."""
    message = delivery.message
    if not _TYPE.fullmatch(message.subject):
        raise Refused("webhook-bad-type")
    happened = delivery.created_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    body = json.dumps({"type": message.subject, "timestamp": happened, "data": dict(message.data or {})})
    if len(body) >= MOST_BYTES:
        raise Refused("webhook-too-long")
    return body


def _signer(secret: str) -> Webhook:
    try:
        key = base64.b64decode(secret.removeprefix(_MARK), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith(_MARK) or len(key) < FEWEST_BYTES:
        raise BadSecret
    return Webhook(key)


def accept(answer: Answer, *, final: frozenset[int]) -> None:
    """Return for a success; Refused for one of the final statuses, Postponed for any other."""
    if answer.status // 100 == 2:  # noqa: PLR2004 the hundred that means success
        return
    code = f"http-{answer.status}"
    if answer.status in final:
        raise Refused(code)
    raise Postponed(code, seconds=answer.retry_after)
