import base64
import json
from datetime import datetime, timedelta, timezone

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from assistant.clock import Clock, utc_now
from assistant.outbox.values import Postponed, Refused
from integrations.webhooks.standard import BadSecret, WebhookTransport, payload
from tests.integrations.webhooks.conftest import Posted, Receiver, event

NEW, OLD = (f"whsec_{base64.b64encode(bytes([number]) * 32).decode()}" for number in (1, 2))


def transport(receiver: Receiver, *secrets: str, clock: Clock = utc_now) -> WebhookTransport:
    return WebhookTransport(receiver.client(), {receiver.url: secrets or (NEW,)}, clock)


def verified(posted: Posted, secret: str) -> object:
    return Webhook(secret).verify(posted.body, dict(posted.headers))


def test_an_event_is_signed_as_the_standard_has_it(receiver: Receiver) -> None:
    transport(receiver).send(event(receiver.url))
    (posted,) = receiver.posted
    assert posted.headers["webhook-id"] == "a1b2"
    assert verified(posted, NEW) == {
        "type": "incident.reported",
        "timestamp": "2026-09-22T10:15:07.123456Z",
        "data": {"reference": "CM-7F3K-92QD"},
    }


def test_another_secret_another_body_or_another_time_does_not_verify(receiver: Receiver) -> None:
    transport(receiver).send(event(receiver.url))
    (posted,) = receiver.posted
    altered = Posted(posted.path, posted.headers, posted.body.replace(b"CM-7", b"CM-8"))
    late = Posted(posted.path, {**posted.headers, "webhook-timestamp": "1700000000"}, posted.body)
    for wrong, secret in ((posted, OLD), (altered, NEW), (late, NEW)):
        with pytest.raises(WebhookVerificationError):
            verified(wrong, secret)


def test_while_a_secret_is_replaced_both_verify(receiver: Receiver) -> None:
    transport(receiver, NEW, OLD).send(event(receiver.url))
    (posted,) = receiver.posted
    assert verified(posted, NEW) == verified(posted, OLD)


def test_a_repeat_has_the_same_id_and_body_and_a_fresh_time(receiver: Receiver) -> None:
    receiver.answers = [(500, {})]
    now = datetime.now(timezone(timedelta(hours=5, minutes=30)))
    with pytest.raises(Postponed):
        transport(receiver, clock=lambda: now).send(event(receiver.url))
    transport(receiver, clock=lambda: now + timedelta(seconds=60)).send(event(receiver.url, attempt=2))
    first, second = receiver.posted
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 60
    assert verified(first, NEW) == verified(second, NEW)


@pytest.mark.parametrize("status", [301, 400, 401, 404, 408, 429, 500, 502, 503, 504])
def test_whatever_is_no_success_is_tried_again(receiver: Receiver, status: int) -> None:
    receiver.answers = [(status, {"Retry-After": "90"})]
    with pytest.raises(Postponed) as failure:
        transport(receiver).send(event(receiver.url))
    assert (failure.value.code, failure.value.seconds) == (f"http-{status}", 90.0)


def test_an_endpoint_that_is_gone_gets_no_more(receiver: Receiver) -> None:
    receiver.answers = [(410, {})]
    with pytest.raises(Refused, match="http-410"):
        transport(receiver).send(event(receiver.url))


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_kind_of_success_is_one(receiver: Receiver, status: int) -> None:
    receiver.answers = [(status, {})]
    transport(receiver).send(event(receiver.url))
    assert len(receiver.posted) == 1


def test_nothing_leaves_unsigned(receiver: Receiver) -> None:
    with pytest.raises(Postponed, match="webhook-no-secret"):
        WebhookTransport(receiver.client(), {}).send(event(receiver.url))
    assert receiver.posted == []


@pytest.mark.parametrize("subject", ["Incident reported", "", "incident..reported", ".a", "incident-reported"])
def test_a_type_outside_the_standard_is_refused(subject: str) -> None:
    with pytest.raises(Refused, match="webhook-bad-type"):
        payload(event("https://hooks.example.com/", subject=subject))


def test_an_event_stays_thin() -> None:
    with pytest.raises(Refused, match="webhook-too-long"):
        payload(event("https://hooks.example.com/", data={"words": "x" * 20_000}))
    assert json.loads(payload(event("https://hooks.example.com/", data=None)))["data"] == {}


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_????", f"whsec_{base64.b64encode(b'short').decode()}", NEW[6:]]
)
def test_a_secret_that_is_none_is_said_at_the_start_and_not_shown(receiver: Receiver, secret: str) -> None:
    with pytest.raises(BadSecret) as refusal:
        transport(receiver, secret)
    assert not secret or secret == "whsec_" or secret not in str(refusal.value)
