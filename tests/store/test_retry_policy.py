"""A failed job waits longer each time, but never long, and ends."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from actors.store.jobs.retry_policy import MAX_ATTEMPTS, MAX_DELAY, is_given_up, restart_delay

FAILURES = st.integers(1, 10_000)
JITTER = st.floats(-1, 1)


def test_the_pause_doubles_from_15_seconds_to_15_minutes() -> None:
    pauses = [restart_delay(failures, 0.0).total_seconds() for failures in range(1, 10)]
    assert pauses == [15, 30, 60, 120, 240, 480, 900, 900, 900]


@given(FAILURES, JITTER)
def test_jitter_moves_the_pause_by_a_fifth_at_most(failures: int, jitter: float) -> None:
    middle = restart_delay(failures, 0.0)
    assert middle * 0.8 <= restart_delay(failures, jitter) <= middle * 1.2
    assert timedelta(seconds=12) <= restart_delay(failures, jitter) <= MAX_DELAY * 1.2


@given(FAILURES, JITTER)
def test_another_failure_never_shortens_the_pause(failures: int, jitter: float) -> None:
    assert restart_delay(failures + 1, jitter) >= restart_delay(failures, jitter)


@given(FAILURES)
def test_more_jitter_is_a_longer_pause(failures: int) -> None:
    assert restart_delay(failures, -1) < restart_delay(failures, 0) < restart_delay(failures, 1)


def test_a_job_is_given_up_at_its_last_attempt_or_when_trying_is_in_vain() -> None:
    assert [is_given_up(attempt, retryable=True) for attempt in range(1, MAX_ATTEMPTS + 1)] == [False, False, False, False, True]
    assert is_given_up(1, retryable=False)
