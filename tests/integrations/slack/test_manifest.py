import json
from pathlib import Path

from assistant.organisation import load_organisation
from assistant.policy_folder import policy_folder
from integrations.slack import wording
from integrations.slack.manifest import manifest

SITE = "https://privacy.example.com"
DOCS = Path("docs/slack.md")


def test_it_asks_for_the_scopes_that_are_explained_and_no_other() -> None:
    made = manifest(load_organisation(policy_folder("codemites")), SITE, socket_mode=False)
    assert made["oauth_config"]["scopes"]["bot"] == sorted(wording.SCOPES)
    explained = DOCS.read_text(encoding="utf-8")
    assert [scope for scope in wording.SCOPES if f"`{scope}`" not in explained] == []


def test_it_is_an_agent_with_a_home_and_one_address_for_everything() -> None:
    made = manifest(load_organisation(policy_folder("codemites")), SITE, socket_mode=False)
    assert made["features"]["agent_view"]["agent_description"]
    assert "assistant_view" not in json.dumps(made)
    assert made["features"]["app_home"]["home_tab_enabled"]
    address = f"{SITE}/slack/events"
    settings = made["settings"]
    assert {
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        made["features"]["slash_commands"][0]["url"],
    } == {address}
    assert settings["socket_mode_enabled"] is False


def test_socket_mode_has_no_address() -> None:
    made = manifest(load_organisation(policy_folder("codemites")), SITE, socket_mode=True)
    assert SITE not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True


def test_its_names_fit() -> None:
    made = manifest(load_organisation(policy_folder("codemites")), None, socket_mode=False)
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    assert len(made["features"]["shortcuts"][0]["name"]) <= 24
