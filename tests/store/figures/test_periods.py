"""Periods follow one another without a gap, and end with that of today."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.store.figures.periods import begin_of, end_of, latest, since
from actors.store.nouns.figures import Period

DAYS = st.dates(date(1, 1, 8), date(9990, 1, 1))


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        (Period.DAY, (date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1))),
        (Period.WEEK, (date(2024, 2, 12), date(2024, 2, 19), date(2024, 2, 26))),
        (Period.MONTH, (date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1))),
        (Period.YEAR, (date(2022, 1, 1), date(2023, 1, 1), date(2024, 1, 1))),
    ],
)
def test_the_last_three_periods_of_the_first_of_march(period: Period, starts: tuple[date, ...]) -> None:
    assert latest(period, 3, date(2024, 3, 1)) == starts
    assert since(period, starts[0] + timedelta(days=0), date(2024, 3, 1), 10) == starts
    assert since(period, end_of(period, starts[0]) - timedelta(days=1), date(2024, 3, 1), 10) == starts


@given(day=DAYS, period=st.sampled_from(list(Period)))
def test_every_day_lies_in_one_period_and_the_next_begins_where_it_ends(day: date, period: Period) -> None:
    begin, end = begin_of(period, day), end_of(period, day)
    assert begin <= day < end
    assert begin_of(period, end) == end
    assert begin_of(period, end - timedelta(days=1)) == begin


def test_there_are_no_more_periods_than_asked_for_and_none_before_the_calendar_begins() -> None:
    assert since(Period.DAY, date.min, date(2024, 3, 1), 401) == latest(Period.DAY, 401, date(2024, 3, 1))
    assert since(Period.YEAR, date.min, date(3, 5, 5), 401) == (date(1, 1, 1), date(2, 1, 1), date(3, 1, 1))
    assert len(latest(Period.WEEK, 401, date(1, 2, 1))) == 5
