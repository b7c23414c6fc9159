"""Global Privacy Control of the browser is seen on every kind of ticket that its conversation opens."""

import pytest

from assistant.bootstrap import Assistant

SAID = (
    ("I want to talk to a human",),
    ("Somebody hacked my account and is leaking patient data right now",),
    ("Please delete all my data", "riya@example.com", "Yes"),
)


@pytest.mark.parametrize("privacy_control", [True, False])
@pytest.mark.parametrize("said", SAID, ids=("inquiry", "incident", "rights request"))
def test_it_shows_on_the_ticket(clinic: Assistant, said: tuple[str, ...], *, privacy_control: bool) -> None:
    chat = clinic.front_desk.open(channel="web", language=None, privacy_control=privacy_control).id
    replies = [clinic.front_desk.take_turn(chat, None, text) for text in said]
    view = clinic.desk.show(replies[-1]["tickets"][0]["reference"], actor="local")
    assert view.privacy_control is privacy_control
    assert view.as_json()["global_privacy_control"] is privacy_control
