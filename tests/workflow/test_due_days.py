"""On which days documents are due by the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.store.assignments.given import Standing
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.workflows import (
    Assign,
    Candidate,
    Schedule,
    ScheduleDate,
    Trigger,
    TriggerKind,
    Visit,
    Workflow,
    WorkflowId,
)
from actors.workflow.due_days import Days, day_of, moved, next_day, wants_look
from actors.workflow.plan import Check
from tests.workflow.making import DUE, TODO, document, filled, having, run, workflow

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 27)
DAYS = Days(TODAY, BERLIN, added=date(2026, 10, 28), modified=date(2026, 11, 26))
ONE = WorkflowId(1)


def scheduled(schedule: Schedule) -> Workflow:
    return workflow(1, Assign(tags=(TODO,)), triggers=(Trigger(TriggerKind.SCHEDULED, schedule=schedule),))


def day_check(schedule: Schedule, days: Days = DAYS, standing: Standing | None = None) -> Check:
    plan = run(document(standing=standing, days=days), scheduled(schedule), kind=TriggerKind.SCHEDULED)
    ((check,),) = [trigger.checks for trigger in plan.traces[0].triggers]
    assert bool(plan.deeds.proposals) == check.passed
    return check


def test_each_date_of_a_document_can_be_counted_from() -> None:
    assert day_check(Schedule(offset_days=30)) == Check(
        "day", True, "30 days after the day it was added (2026-10-28) is 2026-11-27; today is 2026-11-27"
    )
    assert day_check(Schedule(offset_days=31)).words == "31 days after the day it was added (2026-10-28) is 2026-11-28; today is 2026-11-27"
    assert not day_check(Schedule(offset_days=31)).passed
    assert day_check(Schedule(ScheduleDate.MODIFIED, 1)).passed
    assert not day_check(Schedule(ScheduleDate.MODIFIED, 2)).passed
    dated = having(created_date="2026-11-28")
    assert day_check(Schedule(ScheduleDate.CREATED, -1), standing=dated).words.startswith(
        "1 day before its date (2026-11-28) is 2026-11-27;"
    )
    assert not day_check(Schedule(ScheduleDate.CREATED), standing=dated).passed
    before = Schedule(ScheduleDate.FIELD, -3, field=DUE)
    assert day_check(before, standing=filled({DUE: date(2026, 11, 30)})).passed
    assert not day_check(before, standing=filled({DUE: date(2026, 12, 1)})).passed


def test_a_document_without_the_date_is_never_due() -> None:
    assert day_check(Schedule(ScheduleDate.CREATED)) == Check("day", False, "it has no date")
    assert day_check(Schedule(ScheduleDate.FIELD, field=DUE)) == Check("day", False, "it has no day in 'Due'")


def test_a_document_is_due_once_or_again_after_so_many_days() -> None:
    ran = replace(DAYS, runs={ONE: date(2026, 11, 20)})
    assert day_check(Schedule(), ran) == Check(
        "day", False, "the day it was added is 2026-10-28; today is 2026-11-27; it last ran on 2026-11-20, and is done"
    )
    assert day_check(Schedule(every_days=7), ran).passed
    assert day_check(Schedule(every_days=8), ran).words.endswith("it last ran on 2026-11-20 and comes again on 2026-11-28")
    assert day_check(Schedule(), replace(DAYS, runs={WorkflowId(2): TODAY})).passed


def test_a_date_that_was_moved_to_a_later_day_counts_anew() -> None:
    ran = date(2026, 5, 2)
    once = Schedule(ScheduleDate.CREATED)
    assert next_day(once, date(2026, 5, 1), ran) is None
    assert next_day(once, date(2026, 6, 1), ran) == date(2026, 6, 1)
    assert next_day(replace(once, every_days=10), date(2026, 6, 1), ran) == date(2026, 6, 1)
    assert next_day(replace(once, every_days=90), date(2026, 6, 1), ran) == date(2026, 7, 31)
    assert next_day(Schedule(ScheduleDate.MODIFIED), date(2026, 6, 1), ran) is None


def test_two_reminders_of_one_workflow_both_come() -> None:
    early, late = Schedule(ScheduleDate.CREATED, -30), Schedule(ScheduleDate.CREATED, -3)
    due, ran = date(2026, 12, 31), date(2026, 12, 1)
    assert next_day(early, moved(due, early.offset_days), ran) is None
    assert next_day(late, moved(due, late.offset_days), ran) == date(2026, 12, 28)


def candidate(visit: Visit | None, revision: int = 5, dated: object = TODAY) -> Candidate:
    return Candidate(DocumentId(1), revision, dated, visit)


@pytest.mark.parametrize(
    ("visit", "wanted"),
    [
        (None, True),
        (Visit(TODAY, None, 5, 1), False),
        (Visit(TODAY, None, 4, 1), True),
        (Visit(TODAY, None, 5, 2), True),
        (Visit(date(2026, 11, 26), None, 5, 1), True),
        (Visit(TODAY, TODAY, 4, 1), False),
    ],
)
def test_a_look_in_vain_is_not_taken_again_until_something_is_another(visit: Visit | None, wanted: bool) -> None:
    assert wants_look(Schedule(), candidate(visit), 1, TODAY, BERLIN) is wanted


def test_nobody_looks_before_the_day_or_without_one() -> None:
    for dated in (date(2026, 11, 28), None, "no day", 7):
        assert not wants_look(Schedule(), candidate(None, dated=dated), 1, TODAY, BERLIN)


def test_days_are_those_of_the_household() -> None:
    late = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    assert day_of(late, BERLIN) == date(2026, 11, 28)
    assert day_of("2026-11-27T23:30:00+00:00", BERLIN) == date(2026, 11, 28)
    assert day_of("2026-11-27", BERLIN) == day_of(TODAY, BERLIN) == TODAY
    assert day_of("9999-12-31T23:59:59+00:00", BERLIN) == date.max


@given(day=st.dates(), offset=st.integers(-40_000, 40_000), every=st.integers(0, 40_000), ran=st.none() | st.dates())
def test_whatever_was_run_a_document_is_never_due_before_its_day(day: date, offset: int, every: int, ran: date | None) -> None:
    due = moved(day, offset)
    comes = next_day(Schedule(offset_days=offset, every_days=every), due, ran)
    assert comes is None or comes >= due
    assert comes is not None or (ran is not None and not every)
    if comes is not None and ran is not None and every:
        assert comes == date.max or comes - ran >= timedelta(days=every)
