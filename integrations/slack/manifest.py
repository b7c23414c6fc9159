"""The app's manifest, to be pasted at api.slack.com: what the app may do and hears, no more than the door uses."""

from typing import Any

from assistant.organisation import Organisation
from integrations.slack import blocks, wording
from integrations.slack.gate import PATH
from integrations.slack.incoming import COMMAND
from integrations.slack.receiver import SHORTCUT

EVENTS = (
    "app_home_opened",
    "app_mention",
    "message.channels",
    "message.groups",
    "message.im",
)
_NAME, _DESCRIPTION, _LONG = 35, 140, 300
# What Slack asks for where no address is known: it is replaced once the app is served.
UNKNOWN_SITE = "https://privacy.example.com"


def manifest(organisation: Organisation, site: str | None, *, socket_mode: bool) -> dict[str, Any]:
    """Everything that Slack needs to make the app; with Socket Mode no address."""
    request_url = f"{site or UNKNOWN_SITE}{PATH}"
    address = {} if socket_mode else {"request_url": request_url}
    command = {"command": COMMAND, "description": "Ask the privacy policy, or report", "should_escape": True}
    return {
        "display_information": {
            "name": blocks.cut(f"{organisation.name} privacy", _NAME),
            "description": blocks.cut("Answers from the privacy policy, with the clause; takes reports.", _DESCRIPTION),
        },
        "features": {
            "agent_view": {
                "agent_description": blocks.cut(f"Answers in the words of {organisation.name}'s privacy policy.", _LONG)
            },
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "privacy", "always_online": True},
            "slash_commands": [{**command, "usage_hint": "[question] or report [what happened]", **_url(address)}],
            "shortcuts": [
                {
                    "name": blocks.cut(wording.REPORT, 24),
                    "type": "message",
                    "callback_id": SHORTCUT,
                    "description": "Report this message to the privacy team",
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(wording.SCOPES)}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }


def _url(address: dict[str, str]) -> dict[str, str]:
    return {"url": address["request_url"]} if address else {}
