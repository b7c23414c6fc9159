import pytest

from assistant.outbox.schedule import pause


def steps(purpose: str) -> list[float]:
    found: list[float] = []
    while (wait := pause(purpose, failures=len(found) + 1, asked=None, random=lambda: 0.0)) is not None:
        found.append(wait.total_seconds())
    return found


def test_the_steps_are_those_of_standard_webhooks() -> None:
    assert steps("receipt") == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]


def test_an_alert_is_tried_again_within_seconds_and_then_for_days() -> None:
    assert steps("alert")[:4] == [1, 5, 30, 300]
    assert steps("alert")[-1] == 86400


def test_a_code_is_tried_for_no_longer_than_it_is_good_for() -> None:
    assert steps("code")[:3] == [1, 5, 30]
    assert sum(steps("code")) * 1.2 < 600


def test_chance_only_adds() -> None:
    waits = [pause("receipt", failures=1, asked=None, random=lambda share=share: share) for share in (0.0, 0.5, 1.0)]  # type: ignore[misc]
    assert [wait.total_seconds() for wait in waits if wait] == [5.0, 5.5, 6.0]


@pytest.mark.parametrize(("asked", "seconds"), [(90.0, 90.0), (1.0, 5.0), (10.0**9, 86400.0)])
def test_a_receiver_gets_the_pause_it_asks_for_up_to_a_day(asked: float, seconds: float) -> None:
    wait = pause("receipt", failures=1, asked=asked, random=lambda: 0.0)
    assert wait is not None
    assert wait.total_seconds() == seconds
