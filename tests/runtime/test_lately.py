"""What was done of late is counted for an hour, to a few seconds."""

from hypothesis import given
from hypothesis import strategies as st

from actors.runtime.lately import LONGEST_SECONDS, STEP_SECONDS, Lately


def test_what_was_done_is_forgotten_minute_by_minute() -> None:
    moment = 1_000.0
    lately = Lately(lambda: moment)
    counts = []
    for seconds in (0, 0, 1, 50, 40, 500, 3_500):
        moment += seconds
        lately.add()
        counts.append(tuple(lately.within(length) for length in (60, 600, 3_600)))
    assert counts == [(1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4), (2, 5, 5), (1, 6, 6), (1, 1, 2)]
    moment += LONGEST_SECONDS + STEP_SECONDS
    assert lately.within(LONGEST_SECONDS) == 0


@given(pauses=st.lists(st.floats(0, 300), max_size=200), seconds=st.sampled_from([60, 600, LONGEST_SECONDS]))
def test_no_count_is_wrong_by_more_than_a_step(pauses: list[float], seconds: int) -> None:
    moment, moments = 50.0, list[float]()
    lately = Lately(lambda: moment)
    for pause in pauses:
        moment += pause
        lately.add()
        moments.append(moment)
    surely, perhaps = (sum(moment - one < length for one in moments) for length in (seconds - STEP_SECONDS, seconds + STEP_SECONDS))
    assert surely <= lately.within(seconds) <= perhaps
