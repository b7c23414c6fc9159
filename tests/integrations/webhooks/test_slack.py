import json

import pytest

from assistant.outbox.values import Kind, Postponed, Refused
from integrations.webhooks.slack import SlackTransport
from tests.integrations.webhooks.conftest import Receiver, event


def send(receiver: Receiver, subject: str = "Incident CM-7F3K-92QD", body: str = "Critical.") -> dict[str, object]:
    SlackTransport(receiver.client()).send(event(receiver.url, kind=Kind.SLACK, subject=subject, body=body, data=None))
    posted: dict[str, object] = json.loads(receiver.posted[-1].body)
    return posted


def test_a_message_is_its_subject_and_its_body(receiver: Receiver) -> None:
    assert send(receiver)["text"] == "Incident CM-7F3K-92QD\nCritical."
    assert send(receiver, subject="")["text"] == "Critical."


def test_nothing_in_it_mentions_anybody_or_unfolds(receiver: Receiver) -> None:
    posted = send(receiver, body="<!channel> <https://evil.example|here> & <@U1>")
    text = str(posted["text"])
    assert "<" not in text
    assert text.endswith("&lt;!channel&gt; &lt;https://evil.example|here&gt; &amp; &lt;@U1&gt;")
    assert (posted["unfurl_links"], posted["unfurl_media"], posted["mrkdwn"]) == (False, False, False)


def test_a_long_message_is_cut_to_what_slack_takes(receiver: Receiver) -> None:
    assert len(str(send(receiver, body="x" * 10_000)["text"])) == 3000


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_what_slack_will_never_take_is_given_up(receiver: Receiver, status: int) -> None:
    receiver.answers = [(status, {})]
    with pytest.raises(Refused):
        send(receiver)


def test_a_pause_that_slack_asks_for_is_passed_on(receiver: Receiver) -> None:
    receiver.answers = [(429, {"Retry-After": "30"})]
    with pytest.raises(Postponed) as failure:
        send(receiver)
    assert failure.value.seconds == 30.0
