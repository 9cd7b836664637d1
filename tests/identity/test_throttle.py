"""Guessing becomes slow, and only for who guesses."""

from actors.identity.throttle import MOST_REMEMBERED, Throttle


def failing(throttle: Throttle, key: str, times: int, now: float = 0.0) -> None:
    """Fail some times at one moment."""
    for _ in range(times):
        throttle.failed(key, now)


def test_five_failures_cost_nothing_and_then_pauses_double_up_to_a_quarter_of_an_hour() -> None:
    throttle, pauses = Throttle(5), []
    for _ in range(12):
        throttle.failed("anna", 0.0)
        pauses.append(throttle.pause("anna", 0.0))
    assert pauses == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]


def test_a_pause_goes_by() -> None:
    throttle = Throttle(1)
    throttle.failed("anna", 100.0)
    assert [throttle.pause("anna", now) for now in (100.0, 110.0, 130.0, 140.0)] == [30, 20, 0, 0]


def test_others_wait_for_nothing() -> None:
    throttle = Throttle(1)
    throttle.failed("anna", 0.0)
    assert throttle.pause("bert", 0.0) == 0


def test_a_success_begins_anew() -> None:
    throttle = Throttle(2)
    failing(throttle, "anna", 2)
    throttle.succeeded("anna")
    throttle.failed("anna", 0.0)
    assert throttle.pause("anna", 0.0) == 0


def test_a_quarter_of_an_hour_in_peace_begins_anew() -> None:
    throttle = Throttle(2)
    failing(throttle, "anna", 2)
    throttle.failed("anna", 899.0)
    assert throttle.pause("anna", 899.0) == 60
    throttle.failed("anna", 899.0 + 900)
    assert throttle.pause("anna", 899.0 + 900) == 0


def test_an_account_that_is_guessed_at_is_not_forgotten_among_many_others() -> None:
    throttle = Throttle(1)
    for number in range(MOST_REMEMBERED * 2):
        throttle.failed(f"{number}", 0.0)
        if number % 1000 == 0:
            throttle.failed("anna", 0.0)
    assert throttle.pause("anna", 0.0) == 900
    assert throttle.pause("0", 0.0) == 0
