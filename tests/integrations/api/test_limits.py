import threading
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from integrations.api.limits import MESSAGES_PER_CONVERSATION, OPENINGS_PER_ADDRESS, Rate, RateLimiter, TokenBuckets
from integrations.app import create_app
from tests.fakes.assistant import DESK_KEY, fake_assistant, fake_compare
from tests.integrations.visiting import Visitor, is_problem

SIX = Rate("six", per_minute=6, burst=2, detail="Six a minute.")


@dataclass
class Ticks:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def limited_client(
    ticks: Ticks, *, on: bool = True, address: str = "203.0.113.7", proxies: tuple[str, ...] = ()
) -> TestClient:
    assistant = fake_assistant(Settings(rate_limit=on, trusted_proxies=proxies))
    return TestClient(create_app(assistant, compare=fake_compare, ticks=ticks), client=(address, 4711))


def test_a_burst_is_granted_then_one_each_time_the_rate_allows(ticks: Ticks) -> None:
    buckets = TokenBuckets(ticks)
    assert [buckets.take(SIX, "a") for _ in range(3)] == [0.0, 0.0, 10.0]
    ticks.now += 9
    assert buckets.take(SIX, "a") == pytest.approx(1.0)
    ticks.now += 1
    assert buckets.take(SIX, "a") == 0.0


def test_rest_earns_no_more_than_a_burst(ticks: Ticks) -> None:
    buckets = TokenBuckets(ticks)
    buckets.take(SIX, "a")
    ticks.now += 3600
    assert [buckets.take(SIX, "a") > 0 for _ in range(3)] == [False, False, True]


def test_keys_and_rates_do_not_share_a_bucket(ticks: Ticks) -> None:
    buckets = TokenBuckets(ticks)
    other = Rate("other", per_minute=6, burst=2, detail="")
    taken = [buckets.take(rate, key) for rate in (SIX, other) for key in ("a", "b") for _ in range(2)]
    assert taken == [0.0] * 8


def test_memory_is_bounded_and_the_longest_untouched_goes_first(ticks: Ticks) -> None:
    buckets = TokenBuckets(ticks, size=3)
    for key in ("a", "a", "b", "c", "a", "d"):
        buckets.take(SIX, key)
    assert len(buckets) == 3
    assert buckets.take(SIX, "a") > 0
    assert buckets.take(SIX, "b") == 0.0


def test_threads_never_get_more_than_the_bucket_holds(ticks: Ticks) -> None:
    buckets: RateLimiter = TokenBuckets(ticks)
    granted: list[bool] = []

    def take() -> None:
        granted.extend(buckets.take(MESSAGES_PER_CONVERSATION, "a") == 0.0 for _ in range(50))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(granted) == MESSAGES_PER_CONVERSATION.burst


def test_five_conversations_a_minute_from_one_address(ticks: Ticks) -> None:
    with limited_client(ticks) as client:
        opened = [client.post("/v1/conversations", json={"channel": "web"}) for _ in range(6)]
        assert [response.status_code for response in opened] == [201] * 5 + [429]
        assert is_problem(opened[-1], 429)
        assert opened[-1].headers["retry-after"] == "12"
        ticks.now += 12
        assert client.post("/v1/conversations", json={"channel": "web"}).status_code == 201


def test_ten_messages_at_once_and_then_one_a_second_from_one_address(ticks: Ticks) -> None:
    with limited_client(ticks) as client:
        visitor = Visitor.arriving(client)
        assert [visitor.say("Hello").status_code for _ in range(11)] == [200] * 10 + [429]
        ticks.now += 1
        assert [visitor.say("Hello").status_code for _ in range(2)] == [200, 429]


def test_twenty_messages_a_minute_in_one_conversation(ticks: Ticks) -> None:
    with limited_client(ticks) as client:
        visitor = Visitor.arriving(client)
        statuses = []
        for _ in range(40):
            statuses.append(visitor.say("Hello").status_code)
            ticks.now += 1
        assert statuses[:20] == [200] * 20
        assert statuses.count(200) == 20 + int(40 * 20 / 60)


def test_three_hundred_calls_a_minute_with_one_key(ticks: Ticks) -> None:
    with limited_client(ticks) as client:
        call = {"json": {"question": "Hello"}, "headers": {"Authorization": f"Bearer {DESK_KEY}"}}
        statuses = [client.post("/v1/ask", **call).status_code for _ in range(301)]  # type: ignore[arg-type]
        assert statuses == [200] * 300 + [429]


def test_switched_off_no_rate_holds_but_sizes_do(ticks: Ticks) -> None:
    with limited_client(ticks, on=False) as client:
        visitor = Visitor.arriving(client)
        assert {visitor.say("Hello").status_code for _ in range(30)} == {200}
        assert {client.post("/v1/conversations", json={"channel": "web"}).status_code for _ in range(10)} == {201}
        assert is_problem(visitor.say("a" * 4001), 422)
        assert is_problem(visitor.send(b"[" * 70_000), 413)


def test_a_forged_forwarding_header_earns_nothing_without_a_trusted_proxy(ticks: Ticks) -> None:
    with limited_client(ticks) as client:
        statuses = [
            client.post(
                "/v1/conversations", json={"channel": "web"}, headers={"X-Forwarded-For": f"198.51.100.{number}"}
            ).status_code
            for number in range(8)
        ]
        assert statuses == [201] * OPENINGS_PER_ADDRESS.burst + [429] * 3


def test_behind_a_trusted_proxy_visitors_count_apart_and_cannot_choose_their_address(ticks: Ticks) -> None:
    with limited_client(ticks, address="10.0.0.5", proxies=("10.0.0.0/8",)) as client:

        def opened(forwarded: str) -> int:
            headers = {"X-Forwarded-For": forwarded}
            return client.post("/v1/conversations", json={"channel": "web"}, headers=headers).status_code

        assert [opened(f"198.51.100.{number}, 203.0.113.9") for number in range(6)] == [201] * 5 + [429]
        assert opened("203.0.113.10") == 201
