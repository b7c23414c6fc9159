import pytest

from assistant.settings import BadSetting
from integrations.slack.roles import Act, Person, Role
from integrations.slack.settings import FAMILY, SlackSettings

WHOLE = {
    "BOT_TOKEN": "xoxb-1",
    "SIGNING_SECRET": "0123456789abcdef",
    "TEAMS": "T1, E2",
    "CHANNELS": "C1,C2",
    "SECURITY_CHANNEL": "C3",
    "AGENTS": "S1, U7",
}


def read(**more: str) -> SlackSettings | None:
    return SlackSettings.from_environment({f"{FAMILY}{name}": value for name, value in {**WHOLE, **more}.items()})


def test_what_is_set_is_read() -> None:
    settings = read()
    assert settings is not None
    assert settings.teams == {"T1", "E2"}
    assert settings.groups[Role.AGENT] == {"S1", "U7"}
    assert settings.groups[Role.SECURITY] == frozenset()


def test_without_a_bot_token_slack_is_off() -> None:
    assert read(BOT_TOKEN="") is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "xoxp-1"),
        ("SIGNING_SECRET", "not hexadecimal"),
        ("APP_TOKEN", "xoxb-1"),
        ("TEAMS", "my workspace"),
        ("TEAMS", ""),
        ("CHANNELS", "general"),
        ("QUEUE_CHANNEL", "#privacy"),
        ("AGENTS", "@agents"),
        ("API_URL", "http://slack.example.com/"),
    ],
)
def test_a_bad_value_is_refused_by_its_name_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"PRIVACY_ASSISTANT_SLACK_{name}") as refused:
        read(**{name: value})
    assert not value or value not in str(refused.value)


def test_one_of_the_two_ways_in_must_be_set_up() -> None:
    with pytest.raises(BadSetting, match="SIGNING_SECRET"):
        read(SIGNING_SECRET="")
    settings = read(SIGNING_SECRET="", APP_TOKEN="xapp-1")
    assert settings is not None
    assert settings.signing_secret is None


def test_a_name_that_nothing_reads_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    read(TOKEN="x")
    assert "PRIVACY_ASSISTANT_SLACK_TOKEN is not a setting" in caplog.text


def test_no_secret_shows_in_its_repr() -> None:
    shown = repr(read(APP_TOKEN="xapp-secret"))
    assert not [each for each in ("xoxb-1", "0123456789abcdef", "xapp-secret") if each in shown]


def test_who_is_no_member_may_do_nothing_whatever_their_roles() -> None:
    person = Person("U1", is_member=False, roles=frozenset(Role))
    assert not any(person.may(act) for act in Act)


def test_a_member_without_a_role_may_report_and_be_shown_how_to_handle() -> None:
    person = Person("U1", is_member=True)
    assert {act for act in Act if person.may(act)} == {Act.HANDLING, Act.REPORT}


def test_only_an_approver_refuses_or_gives_more_time() -> None:
    may = {role: Person("U1", is_member=True, roles=frozenset({role})) for role in Role}
    assert [role for role in Role if may[role].may(Act.REFUSE)] == [Role.APPROVER]
    assert [role for role in Role if may[role].may(Act.EXTEND)] == [Role.APPROVER]
    assert [role for role in Role if may[role].may(Act.RESPOND)] == [Role.SECURITY]
