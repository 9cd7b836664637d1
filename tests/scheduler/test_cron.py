"""When something is due by a cron expression, also where the clock on the wall jumps."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from actors.scheduler.cron import Schedule, ScheduleError, parse

BERLIN = ZoneInfo("Europe/Berlin")


def times(expression: str, begin: datetime, count: int, zone: ZoneInfo = BERLIN) -> list[str]:
    """Give the next times, as a clock on the wall shows them."""
    schedule, moment, found = parse(expression, zone), begin, []
    assert schedule is not None
    for _ in range(count):
        moment = schedule.next_after(moment)
        assert moment.tzinfo is UTC
        found.append(moment.astimezone(zone).strftime("%a %d.%m. %H:%M"))
    return found


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0 1 * * *", ["Sat 28.11. 01:00", "Sun 29.11. 01:00"]),
        ("*/10 * * * *", ["Fri 27.11. 12:10", "Fri 27.11. 12:20"]),
        ("5 */1 * * *", ["Fri 27.11. 12:05", "Fri 27.11. 13:05"]),
        ("30 0 * * sun", ["Sun 29.11. 00:30", "Sun 06.12. 00:30"]),
        ("0 0 1 1 *", ["Fri 01.01. 00:00", "Sat 01.01. 00:00"]),
        ("  0   1 * * * ", ["Sat 28.11. 01:00", "Sun 29.11. 01:00"]),
        ("0 0 29 2 *", ["Tue 29.02. 00:00", "Sun 29.02. 00:00"]),
    ],
)
def test_the_five_fields_say_when(expression: str, expected: list[str]) -> None:
    assert times(expression, at("2026-11-27 12:00"), 2) == expected


def test_what_is_due_now_is_due_next_time() -> None:
    assert times("0 1 * * *", at("2026-11-27 01:00"), 1) == ["Sat 28.11. 01:00"]


def test_an_hour_that_is_skipped_comes_an_hour_later() -> None:
    assert times("30 2 * * *", at("2026-03-28 12:00"), 3) == ["Sun 29.03. 03:30", "Mon 30.03. 02:30", "Tue 31.03. 02:30"]


def test_an_hour_that_comes_twice_counts_once() -> None:
    assert times("30 2 * * *", at("2026-10-24 12:00"), 2) == ["Sun 25.10. 02:30", "Mon 26.10. 02:30"]
    in_the_second = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert in_the_second.astimezone(BERLIN).hour == 2
    assert times("30 2 * * *", in_the_second, 1) == ["Mon 26.10. 02:30"]


@pytest.mark.parametrize("begin", ["2026-03-28 20:00", "2026-10-24 20:00"])
def test_time_goes_on_across_every_change_of_the_clock(begin: str) -> None:
    schedule, moment, found = parse("*/7 * * * *", BERLIN), at(begin).astimezone(UTC), []
    assert schedule is not None
    for _ in range(120):
        moment = schedule.next_after(moment)
        found.append(moment)
    assert all(before < after for before, after in pairwise(found))


def test_disable_is_never() -> None:
    assert [parse(text) for text in ("disable", " Disable ")] == [None, None]


@pytest.mark.parametrize(
    "text", ["", "1 2 3 4", "* * * * * *", "61 * * * *", "0 1 * *", "0 0 31 4 *", "@daily", "a b c d e", "0 1 * * mon-", "H H * * *", "\0"]
)
def test_what_is_no_schedule_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ScheduleError, match=r"write five fields, .* such as 0 1 \* \* \* .* or disable"):
        parse(text)


def test_a_schedule_is_written_plainly() -> None:
    assert parse(" 0  1 * * sun ") == Schedule("0 1 * * sun")
