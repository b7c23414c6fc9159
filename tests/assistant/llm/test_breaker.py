from assistant.llm.breaker import Breaker


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Seconds) -> Breaker:
    breaker = Breaker(clock)
    for _ in range(5):
        assert breaker.permits()
        breaker.failed()
    return breaker


def test_four_failures_are_borne_and_the_fifth_opens() -> None:
    breaker = Breaker(Seconds())
    for _ in range(4):
        breaker.failed()
    assert breaker.permits()
    breaker.failed()
    assert not breaker.permits()


def test_only_failures_in_a_row_count() -> None:
    breaker = Breaker(Seconds())
    for _ in range(4):
        breaker.failed()
    breaker.succeeded()
    for _ in range(4):
        breaker.failed()
    assert breaker.permits()


def test_after_the_rest_one_call_is_tried_and_a_success_closes() -> None:
    clock = Seconds()
    breaker = opened(clock)
    clock.now = 29.9
    assert not breaker.permits()
    clock.now = 30.0
    assert breaker.permits()
    assert not breaker.permits()
    breaker.succeeded()
    assert breaker.permits()
    assert breaker.permits()


def test_a_failed_trial_rests_again() -> None:
    clock = Seconds()
    breaker = opened(clock)
    clock.now = 31.0
    assert breaker.permits()
    breaker.failed()
    clock.now = 60.9
    assert not breaker.permits()
    clock.now = 61.0
    assert breaker.permits()
