"""The Web API of Slack: one call, bounded in time, with failures as the outbox reads them. Nothing of it is logged."""

import logging
import ssl
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from assistant.outbox.values import Postponed, Refused

SECONDS = 6
_TOO_MANY = 429
_GONE = frozenset({403, 404, 410})
_OK = 200
_USUAL_PAUSE, _TOKEN_PAUSE = 1.0, 60.0
_HOOKS = "https://hooks.slack.com/"
# Slack's words for what another attempt does not change (docs.slack.dev, errors of each method).
FINAL = frozenset(
    {
        "cant_update_message", "channel_not_found", "duplicate_external_id", "edit_window_closed",
        "exchanged_trigger_id", "expired_trigger_id", "hash_conflict", "invalid_arguments",
        "invalid_blocks", "invalid_blocks_format", "invalid_trigger_id", "is_archived",
        "message_not_found", "messages_tab_disabled", "msg_blocks_too_long", "msg_too_long",
        "no_text", "not_enabled", "not_in_channel", "restricted_action",
        "user_not_found", "user_not_in_channel", "view_too_large", "not_found",
        "cannot_dm_bot", "thread_not_found", "trigger_expired",
        "no_such_subteam", "permission_denied", "plan_upgrade_required", "user_not_visible",
    }
)  # fmt: skip
# The token is no good at the moment: whoever runs this puts in another one, and what waits goes out then.
_TOKEN = frozenset(
    {
        "account_inactive", "invalid_auth", "missing_scope", "not_authed",
        "team_access_not_granted", "token_expired", "token_revoked",
    }
)  # fmt: skip


def silent_logger() -> logging.Logger:
    """The SDK logs bodies and tokens at its finer levels; nothing of it is wanted."""
    logger = logging.getLogger("integrations.slack.sdk")
    logger.disabled = True
    logger.propagate = False
    return logger


class NoLonger(Refused):
    """The address that answers a command is used up."""


class SlackClient:
    def __init__(self, token: str, api_url: str) -> None:
        # Made once: reading the certificates costs more than a call.
        self._context = ssl.create_default_context()
        self._web = WebClient(
            token=token,
            base_url=api_url,
            timeout=SECONDS,
            ssl=self._context,
            logger=silent_logger(),
            retry_handlers=[],
        )
        self._answers = _HOOKS if api_url.startswith("https://slack.com/") else api_url.removesuffix("api/")

    def call(self, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """What Slack answers; Refused for what will not pass, Postponed for what may."""
        return self._caught(lambda: self._web.api_call(method, json=dict(arguments)).data)

    def read(self, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """The same for a method that only reads: those take no JSON."""
        return self._caught(lambda: self._web.api_call(method, http_verb="GET", params=dict(arguments)).data)

    def respond(self, url: str, message: Mapping[str, Any]) -> None:
        """Answer a command at the address that came with it; NoLonger where that has expired."""
        if not url.startswith(self._answers):
            raise Refused("slack-foreign-address")
        hook = WebhookClient(url, timeout=SECONDS, ssl=self._context, logger=silent_logger(), retry_handlers=[])
        try:
            answer = hook.send_dict({"response_type": "ephemeral", **message})
        except (OSError, SlackClientError, ValueError):
            raise Postponed("slack-connection") from None
        if answer.status_code in _GONE:
            raise NoLonger("slack-respond-expired")
        if answer.status_code == _TOO_MANY:
            raise Postponed("slack-429", seconds=_seconds(answer.headers))
        if answer.status_code != _OK:
            raise Postponed(f"slack-{answer.status_code}")

    def _caught(self, call: Callable[[], object]) -> Mapping[str, Any]:
        try:
            return cast("Mapping[str, Any]", call())
        except SlackApiError as error:
            raise _failure(error) from None
        except (SlackClientError, URLError, OSError, ValueError):
            raise Postponed("slack-connection") from None


def _failure(error: SlackApiError) -> Postponed | Refused:
    response: Any = error.response
    status = getattr(response, "status_code", 0)
    if status == _TOO_MANY:
        return Postponed("slack-429", seconds=_seconds(response.headers))
    data = getattr(response, "data", None)
    word = str(data.get("error", "")) if isinstance(data, Mapping) else ""
    word = word if word.isascii() and word.replace("_", "").isalnum() else f"http-{status}"
    code = f"slack-{word}"
    if word in FINAL:
        return Refused(code)
    if word == "ratelimited":
        return Postponed(code, seconds=_seconds(response.headers))
    return Postponed(code, seconds=_TOKEN_PAUSE if word in _TOKEN else None)


def _seconds(headers: Any) -> float:
    asked = next((value for name, value in dict(headers or {}).items() if str(name).lower() == "retry-after"), "")
    digits = str(asked[0] if isinstance(asked, list) else asked)
    return float(digits[:9]) if digits.isascii() and digits.isdigit() else _USUAL_PAUSE
