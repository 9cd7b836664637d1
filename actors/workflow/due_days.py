"""On which days a document is due for a scheduled trigger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from actors.store.assignments.given import Place, Standing
from actors.store.nouns.assignments import Aspect
from actors.store.nouns.workflows import Candidate, Schedule, ScheduleDate, WorkflowId
from actors.workflow.plan import Check

_NOUNS = {
    ScheduleDate.ADDED: "the day it was added",
    ScheduleDate.CREATED: "its date",
    ScheduleDate.MODIFIED: "the day it was last changed",
}


@dataclass(frozen=True, slots=True)
class Days:
    """What the clock and the archive say of a document: days in `zone`, and the day on which each workflow last ran on it by the clock."""

    today: date
    zone: tzinfo
    added: date
    modified: date
    runs: Mapping[WorkflowId, date] = field(default_factory=dict)


# Before all days: nothing is due yet.
NO_DAYS = Days(date.min, UTC, date.max, date.max)


def day_of(value: object, zone: tzinfo) -> date | None:
    """Give the day of a date or a moment, as values of custom fields are kept, too; None for what is neither."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        try:
            return value.astimezone(zone).date()
        except (OverflowError, ValueError):  # the first or the last day that there is; which of both is raised hangs on the zone
            return value.date()
    return value if isinstance(value, date) else None


def moved(day: date, by_days: int) -> date:
    """Give a day so many days later, or earlier; never beyond the first and the last that there are."""
    return date.fromordinal(min(max(day.toordinal() + by_days, date.min.toordinal()), date.max.toordinal()))


def next_day(schedule: Schedule, due: date, last_run: date | None) -> date | None:
    """Give the day on which a document that is due on a day is to be looked at next, None where that is over.

    A date that was moved to a later day counts anew, but for that of the last change, since a run is one. Runs that were missed are made up
    for by one.
    """
    if last_run is None:
        return due
    if schedule.every_days:
        return max(due, moved(last_run, schedule.every_days))
    return due if last_run < due and schedule.date is not ScheduleDate.MODIFIED else None


def wants_look(schedule: Schedule, candidate: Candidate, workflow_revision: int, today: date, zone: tzinfo) -> bool:
    """Tell whether a workflow is to look at a document today; `zone` is the one in which moments are days.

    One that it has looked at in vain since its day came is left alone until document or workflow is another.
    """
    of, visit = day_of(candidate.dated, zone), candidate.visit
    comes = None if of is None else next_day(schedule, moved(of, schedule.offset_days), visit.run_day if visit else None)
    if comes is None or comes > today:
        return False
    if visit is None or visit.look_day < comes:
        return True
    return (visit.document_revision, visit.workflow_revision) != (candidate.revision, workflow_revision)


def check_day(schedule: Schedule, workflow: WorkflowId, standing: Standing, days: Days, named: str) -> Check:
    """Tell whether a document is due, in words; `named` is what the schedule's custom field is called."""
    of = _day(schedule, standing, days)
    noun = _NOUNS.get(schedule.date, named)
    if of is None:
        return Check("day", passed=False, words=f"it has no {'date' if schedule.date is ScheduleDate.CREATED else f'day in {named}'}")
    due, last_run = moved(of, schedule.offset_days), days.runs.get(workflow)
    comes = next_day(schedule, due, last_run)
    words = f"{_counted(schedule.offset_days, noun, of)} is {due}; today is {days.today}"
    if last_run is not None:
        words += f"; it last ran on {last_run}{', and is done' if comes is None else f' and comes again on {comes}'}"
    return Check("day", comes is not None and comes <= days.today, words)


def _counted(days: int, noun: str, of: date) -> str:
    """Say how far a day lies from another, and which that is."""
    if not days:
        return noun
    return f"{abs(days):,} day{'' if abs(days) == 1 else 's'} {'after' if days > 0 else 'before'} {noun} ({of})"


def _day(schedule: Schedule, standing: Standing, days: Days) -> date | None:
    match schedule.date:
        case ScheduleDate.ADDED:
            return days.added
        case ScheduleDate.MODIFIED:
            return days.modified
        case ScheduleDate.CREATED:
            return day_of(standing.values.get(Place(Aspect.CREATED_DATE)), days.zone)
        case ScheduleDate.FIELD:
            return day_of(standing.values.get(Place(Aspect.FIELD, schedule.field or 0)), days.zone)
