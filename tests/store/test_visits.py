"""Which documents may be due, and what is remembered of looks at them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from actors.store.errors import NamedByWorkflows
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState
from actors.store.nouns.catalog import FieldFacts, FieldKind
from actors.store.nouns.workflows import (
    Candidate,
    Deeds,
    Schedule,
    ScheduleDate,
    Trigger,
    TriggerKind,
    Visit,
    WorkflowFacts,
    WorkflowId,
)
from actors.store.store import Store
from tests.store.making import START, leased

TODAY = START.date()
BERLIN = ZoneInfo("Europe/Berlin")
VISIT = Visit(TODAY, TODAY, 3, 1)
ONE = WorkflowId(1)
ALL = DocumentId(1), DocumentId(1000)


def made(store: Store, *schedules: Schedule) -> WorkflowId:
    triggers = tuple(Trigger(TriggerKind.SCHEDULED, schedule=one) for one in schedules)
    return store.workflows.create(WorkflowFacts(f"by the clock {len(store.workflows.list())}", True, triggers)).id


def ready(store: Store, content: str = "letter", now: datetime = START, **changes: object) -> DocumentId:
    job = leased(store, content, now)
    assert job.document_id is not None
    store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", [], False, now)
    store.jobs.succeed(job.id, job.fence, now)
    if changes:
        store.documents.update(job.document_id, DocumentChanges(**changes), None, now)  # type: ignore[arg-type]  # passes changes on
    return job.document_id


def found(store: Store, schedule: Schedule, until: date = TODAY) -> list[DocumentId]:
    return [one.document_id for one in store.visits.candidates(ONE, schedule, until, BERLIN, ALL)]


def test_documents_are_found_by_the_day_on_which_they_were_added_in_the_household(store: Store) -> None:
    evening = datetime(2026, 11, 24, 22, 59, tzinfo=UTC)  # a minute before midnight in Berlin
    old, new = ready(store, "old", evening), ready(store, "new", evening + timedelta(minutes=1))
    assert found(store, Schedule(), date(2026, 11, 23)) == []
    assert found(store, Schedule(), date(2026, 11, 24)) == [old]
    assert found(store, Schedule(), date(2026, 11, 25)) == [old, new]


def test_each_date_of_documents_can_be_asked_for(store: Store) -> None:
    due = store.catalog.fields.create(FieldKind.DATE, FieldFacts("Due"), ()).id
    plain, dated = ready(store, "plain"), ready(store, "dated", created_date=TODAY, fields=((due, date(2030, 1, 1)),))
    later = START + timedelta(days=2)
    store.documents.update(plain, DocumentChanges(title="another"), None, later)
    assert found(store, Schedule(ScheduleDate.MODIFIED)) == [dated]
    assert found(store, Schedule(ScheduleDate.MODIFIED), later.date()) == [plain, dated]
    assert found(store, Schedule(ScheduleDate.CREATED)) == [dated]
    assert found(store, Schedule(ScheduleDate.CREATED), TODAY - timedelta(days=1)) == []
    (by_field,) = store.visits.candidates(ONE, Schedule(ScheduleDate.FIELD, field=due), TODAY, BERLIN, ALL)
    assert (by_field.document_id, by_field.dated) == (dated, "2030-01-01")


def test_documents_in_the_trash_and_those_that_are_still_read_are_not_due(store: Store) -> None:
    thrown, failed = ready(store, "thrown"), leased(store, "failed")
    leased(store, "at work")
    store.documents.delete(thrown, None, START)
    store.jobs.fail(failed.id, failed.fence, "torn", False, START, 0.0)
    assert found(store, Schedule()) == [failed.document_id]


def test_only_those_between_two_ids_are_listed(store: Store) -> None:
    ids = [ready(store, f"{number}") for number in range(4)]
    listed = store.visits.candidates(ONE, Schedule(), TODAY, BERLIN, (ids[1], ids[2]))
    assert [one.document_id for one in listed] == ids[1:3]


def test_a_visit_is_kept_with_what_workflows_did(store: Store) -> None:
    workflow, other = made(store, Schedule()), made(store, Schedule())
    document = ready(store)
    store.workflows.carry_out(document, Deeds(), START, visits={workflow: VISIT})
    (known,) = store.visits.candidates(workflow, Schedule(), TODAY, BERLIN, ALL)
    assert known == Candidate(document, known.revision, START, VISIT)
    (unknown,) = store.visits.candidates(other, Schedule(), TODAY, BERLIN, ALL)
    assert unknown.visit is None
    store.visits.note({document: {other: replace(VISIT, run_day=None)}})
    assert store.visits.runs(document) == {workflow: TODAY}
    store.visits.note({document: {workflow: replace(VISIT, look_day=date(2027, 1, 1))}})
    assert store.visits.runs(document) == {workflow: TODAY}


def test_visits_go_with_their_document_and_their_workflow(store: Store) -> None:
    workflow, document = made(store, Schedule()), ready(store)
    store.visits.note({document: {workflow: VISIT, WorkflowId(99): VISIT}, DocumentId(99): {workflow: VISIT}})
    assert store.visits.runs(document) == {workflow: TODAY}
    assert store.visits.runs(DocumentId(99)) == {}
    store.workflows.delete(workflow, None)
    assert store.visits.runs(document) == {}
    again = made(store, Schedule())
    store.visits.note({document: {again: VISIT}})
    store.documents.delete(document, None, START)
    store.documents.purge(document)
    assert store.visits.runs(document) == {}


def test_a_visit_of_the_future_was_today(store: Store) -> None:
    workflow, document = made(store, Schedule()), ready(store)
    store.visits.note({document: {workflow: Visit(date(2030, 1, 1), date(2030, 1, 1), 3, 1)}})
    store.visits.none_after(TODAY)
    (one,) = store.visits.candidates(workflow, Schedule(), TODAY, BERLIN, ALL)
    assert one.visit == VISIT


def test_a_schedule_is_kept_with_its_workflow_and_its_field_stays(store: Store) -> None:
    due = store.catalog.fields.create(FieldKind.DATE_TIME, FieldFacts("Due"), ()).id
    schedules = Schedule(ScheduleDate.FIELD, -14, 7, due), Schedule()
    kept = store.workflows.get(made(store, *schedules))
    assert [trigger.schedule for trigger in kept.facts.triggers] == list(schedules)
    assert store.workflows.enabled_for(TriggerKind.SCHEDULED) == [kept]
    with pytest.raises(NamedByWorkflows):
        store.catalog.fields.delete(due, None, START)
