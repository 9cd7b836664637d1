"""Schedules, as people write them into the settings."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from actors.scheduler.cron import ScheduleError, parse
from tests.fuzz.target import Target, text

MOMENTS = (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2024, 2, 29, 23, 59, tzinfo=UTC))
ZONES = (ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC"))


def fuzz_schedule(data: bytes) -> None:
    """Any text is a schedule whose next time is later than now, or refused with an example."""
    try:
        schedule = parse(text(data), ZONES[len(data) % len(ZONES)])
    except ScheduleError as error:
        assert "five fields" in str(error)
        return
    if schedule is None:
        return
    for moment in MOMENTS:
        assert schedule.next_after(moment) > moment


TARGETS = (Target(fuzz_schedule, seeds=(b"0 1 * * *", b"*/10 8-18 * * mon-fri", b"30 0 1,15 jan *", b"disable", b"0 0 29 2 *")),)
