from pathlib import Path

import pytest

from assistant.organisation import BadOrganisation, Organisation, load_organisation
from assistant.outbox.values import Kind
from assistant.security.on_call import OnCall, Target, on_call
from assistant.settings import BadSetting, Settings

TIERS = """
[[on_call]]
mail = ["duty@harbourlight.example"]

[[on_call]]
slack_webhook = "env:DUTY_SLACK"
webhook = "https://alerts.harbourlight.example/in"
webhook_secret_env = "DUTY_SECRET"
"""
ENVIRON = {"DUTY_SLACK": "https://hooks.slack.com/services/T/B/x", "DUTY_SECRET": "whsec_c2VjcmV0"}


def with_tiers(folder: Path, tiers: str = TIERS) -> Organisation:
    path = folder / "organisation.toml"
    path.write_text(path.read_text(encoding="utf-8") + tiers, encoding="utf-8")
    return load_organisation(folder)


def settings(raw: str) -> Settings:
    return Settings.from_environment(
        {"PRIVACY_ASSISTANT_ON_CALL": raw, "PRIVACY_ASSISTANT_ON_CALL_SECRET": "whsec_YQ=="}
    )


def test_without_tiers_the_privacy_contact_is_told(clinic_folder: Path) -> None:
    clinic = load_organisation(clinic_folder)
    assert on_call(clinic, Settings(), {}).tiers == ((Target(Kind.MAIL, "records@harbourlight.example"),),)


def test_the_tiers_of_the_organisation_are_read_with_their_secrets(clinic_folder: Path) -> None:
    chain = on_call(with_tiers(clinic_folder), Settings(), ENVIRON)
    hook = "https://alerts.harbourlight.example/in"
    assert chain.tiers == (
        (Target(Kind.MAIL, "duty@harbourlight.example"),),
        (Target(Kind.SLACK, ENVIRON["DUTY_SLACK"]), Target(Kind.WEBHOOK, hook, ENVIRON["DUTY_SECRET"])),
    )
    assert chain.webhook_secrets == {hook: ENVIRON["DUTY_SECRET"]}
    assert "whsec" not in repr(chain)


def test_a_variable_that_is_not_set_is_named(clinic_folder: Path) -> None:
    with pytest.raises(BadOrganisation, match="DUTY_SLACK, which is not set"):
        on_call(with_tiers(clinic_folder), Settings(), {})


@pytest.mark.parametrize(
    ("tiers", "complaint"),
    [
        ("\n[[on_call]]\n", "needs a mail address"),
        ('\n[[on_call]]\nwebhook = "https://a.example/x"\n', "needs webhook_secret_env"),
        ('\n[[on_call]]\npager = "1"\n', "on_call.0.pager"),
    ],
)
def test_a_tier_that_reaches_nobody_is_refused(clinic_folder: Path, tiers: str, complaint: str) -> None:
    with pytest.raises(BadOrganisation, match=complaint):
        with_tiers(clinic_folder, tiers)


def test_the_setting_stands_over_the_organisation(clinic_folder: Path) -> None:
    raw = "a@example.com, https://hooks.slack.com/services/T/B/x ; b@example.com, https://alerts.example.com/in"
    assert on_call(with_tiers(clinic_folder), settings(raw), {}).tiers == (
        (Target(Kind.MAIL, "a@example.com"), Target(Kind.SLACK, "https://hooks.slack.com/services/T/B/x")),
        (Target(Kind.MAIL, "b@example.com"), Target(Kind.WEBHOOK, "https://alerts.example.com/in", "whsec_YQ==")),
    )


@pytest.mark.parametrize("raw", ["nobody", "http://alerts.example.com/in", "a@b@c", "@example.com", "a b@example.com"])
def test_a_setting_that_reaches_nobody_is_refused(raw: str) -> None:
    with pytest.raises(BadSetting, match="PRIVACY_ASSISTANT_ON_CALL takes mail addresses"):
        settings(raw)


def test_nobody_is_told_twice_who_stands_in_two_tiers() -> None:
    ana, ben = Target(Kind.MAIL, "ana@example.com"), Target(Kind.MAIL, "ben@example.com")
    chain = OnCall(((ana,), (ben, ana)))
    assert chain.told(1) == (ana,)
    assert chain.told(9) == (ana, ben)
