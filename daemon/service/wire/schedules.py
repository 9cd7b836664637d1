"""Schedules of triggers, as the contract tells them."""

from collections.abc import Callable, Iterator

from actors.store.nouns.catalog import Field, FieldKind
from actors.store.nouns.workflows import Schedule, ScheduleDate
from daemon.service.refusals import Violation
from scriba.v1 import workflows_pb2 as pb

FARTHEST_DAYS = 36_500
DATES = {date: pb.ScheduleDate.Value(f"SCHEDULE_DATE_{date.name}") for date in ScheduleDate}
_DATED = (FieldKind.DATE, FieldKind.DATE_TIME)

FindField = Callable[[str], Field | None]


def read_schedule(told: pb.Schedule, find_field: FindField) -> Schedule:
    """Read a schedule that `schedule_violations` has nothing against."""
    date = next((known for known, value in DATES.items() if value == told.date), ScheduleDate.ADDED)
    field = find_field(told.field) if told.field else None
    return Schedule(date, told.offset_days, told.every_days, None if field is None else field.id)


def schedule_violations(place: str, told: pb.Schedule, find_field: FindField) -> Iterator[Violation]:
    """Tell what is wrong with a schedule."""
    if told.date not in DATES.values():
        yield Violation(f"{place}.date", "must be added, created, modified or field")
    if abs(told.offset_days) > FARTHEST_DAYS:
        yield Violation(f"{place}.offset_days", f"must be between -{FARTHEST_DAYS:,} and {FARTHEST_DAYS:,}")
    if not 0 <= told.every_days <= FARTHEST_DAYS:
        yield Violation(f"{place}.every_days", f"must be between 0, for once, and {FARTHEST_DAYS:,}")
    if told.date == pb.SCHEDULE_DATE_FIELD:
        field = find_field(told.field)
        if field is None:
            yield Violation(f"{place}.field", "must be a custom field that is there: create it first")
        elif field.kind not in _DATED:
            yield Violation(f"{place}.field", "must be a custom field of days or of moments")
    elif told.field:
        yield Violation(f"{place}.field", "goes with the date `field` alone")


def schedule_message(schedule: Schedule, field: str) -> pb.Schedule:
    """Tell a schedule; `field` is what its custom field is called."""
    return pb.Schedule(date=DATES[schedule.date], field=field, offset_days=schedule.offset_days, every_days=schedule.every_days)
