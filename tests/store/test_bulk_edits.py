"""Many documents are changed by one job, step by step, and all of it can be taken back; on each database."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from actors.store.errors import JobActive, JobNotFound, NothingToUndo, StaleFence
from actors.store.nouns.archive import Document, DocumentChanges, DocumentId, DocumentState, JobId
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.bulk_edits import BulkAction, BulkFailure, BulkOrder
from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelKind
from actors.store.nouns.jobs import JobState
from actors.store.nouns.workflows import Deeds, Trigger, TriggerKind, WorkflowFacts
from actors.store.store import Store
from tests.store.making import START, at, document_id

EDIT = BulkOrder(BulkAction.EDIT, DocumentChanges(correspondent="Bank", add_tags=("tax",), remove_tags=("new",)))


def letters(store: Store, count: int) -> list[DocumentId]:
    return [document_id(store, f"letter {number}", tags=("new",)) for number in range(count)]


def done(store: Store, job_id: JobId, at_once: int = 2, seconds: float = 1) -> JobId:
    """Do a queued bulk edit as the pipeline does, and let documents wait."""
    job = next(job for job in store.jobs.lease("test", 1000, at(seconds)) if job.id == job_id)
    ids, position = store.bulk_edits.documents(job_id), job.pages_done
    while position < len(ids):
        position = store.bulk_edits.step(job_id, job.fence, position, ids[position : position + at_once], len(ids), at(seconds))
    store.jobs.succeed(job_id, job.fence, at(seconds))
    return job_id


def edited(store: Store, order: BulkOrder, ids: Sequence[DocumentId], seconds: float = 1) -> JobId:
    return done(store, store.bulk_edits.start(order, ids, "edit", START), seconds=seconds)


def undone(store: Store, job_id: JobId, seconds: float = 2) -> JobId:
    return done(store, store.bulk_edits.undo(job_id, START)[0], seconds=seconds)


def facts(document: Document) -> tuple[str, tuple[str, ...]]:
    return document.correspondent.name if document.correspondent else "", document.tags


def counts(store: Store, job_id: JobId) -> tuple[int, int, int]:
    edit = store.bulk_edits.get(job_id, 10)
    return edit.documents, edit.changed, edit.failed


def test_all_are_changed_and_the_index_is_told(store: Store) -> None:
    ids = letters(store, 5)
    store.documents.update(ids[0], EDIT.changes, None, START)
    store.outbox.done(store.outbox.pending(100))
    job_id = edited(store, EDIT, ids)
    assert [facts(store.documents.get(each)) for each in ids] == [("Bank", ("tax",))] * 5
    assert counts(store, job_id) == (5, 4, 0)
    assert [each for each, _ in store.outbox.pending(100)] == ids[1:]
    job = store.jobs.get(job_id)
    assert (job.state, job.step, job.pages_done, job.pages_total) == (JobState.SUCCEEDED, "edited", 5, 5)
    assert store.assignments.list(ids[1])[-1].reason.words == f"bulk edit {job_id}"


def test_a_request_is_queued_once_and_those_without_an_id_each_time(store: Store) -> None:
    ids = letters(store, 2)
    first = store.bulk_edits.start(EDIT, ids, "edit", START, "request")
    assert store.bulk_edits.start(EDIT, ids[:1], "another", START, "request") == first == store.bulk_edits.asked_before("request")
    assert store.bulk_edits.documents(first) == ids
    assert (store.bulk_edits.asked_before("other"), store.bulk_edits.asked_before("")) == (None, None)
    assert len({store.bulk_edits.start(EDIT, ids, "edit", START) for _ in range(2)}) == 2


def test_one_that_cannot_be_changed_stops_no_other_and_is_told(store: Store) -> None:
    first, gone, last = letters(store, 3)
    other = store.bulk_edits.start(BulkOrder(BulkAction.EDIT, DocumentChanges(title="All")), [first, gone, last], "edit", START)
    store.documents.delete(gone, None, START)
    store.documents.purge(gone)
    done(store, other, at_once=3)
    assert [store.documents.get(each).title for each in (first, last)] == ["All", "All"]
    assert store.bulk_edits.get(other, 10).failures == (BulkFailure(gone, f"there is no document {gone}"),)


def test_a_document_that_is_in_the_way_of_a_batch_is_the_only_one_that_fails(store: Store) -> None:
    first, busy, last = letters(store, 3)
    for job in store.jobs.lease("reader", 100, START):
        if job.document_id != busy:
            store.jobs.succeed(job.id, job.fence, START)
    job_id = edited(store, BulkOrder(BulkAction.REPROCESS), [first, busy, last])
    (failure,) = store.bulk_edits.get(job_id, 10).failures
    assert (failure.document_id, counts(store, job_id)) == (busy, (3, 2, 1))
    assert store.jobs.documents_at_work() == {first, busy, last}
    with pytest.raises(NothingToUndo):
        store.bulk_edits.undo(job_id, START)


def test_it_is_undone_as_a_whole_and_the_undoing_too(store: Store) -> None:
    ids = letters(store, 3)
    before = [facts(store.documents.get(each)) for each in ids]
    job_id = edited(store, EDIT, ids)
    undoing = undone(store, job_id)
    assert [facts(store.documents.get(each)) for each in ids] == before
    assert (counts(store, undoing), store.bulk_edits.get(undoing, 1).undoes) == ((3, 3, 0), job_id)
    undone(store, undoing, seconds=3)
    assert [facts(store.documents.get(each)) for each in ids] == [("Bank", ("tax",))] * 3


def test_what_somebody_has_changed_since_stays_and_is_named(store: Store) -> None:
    one, other = letters(store, 2)
    job_id = edited(store, EDIT, [one, other])
    store.documents.update(one, DocumentChanges(correspondent="Town"), None, at(2))
    undoing = undone(store, job_id, seconds=3)
    assert [facts(store.documents.get(each)) for each in (one, other)] == [("Town", ("new",)), ("", ("new",))]
    assert store.bulk_edits.get(undoing, 10).failures == (BulkFailure(one, "changed since, and left as it is: correspondent"),)


def test_documents_that_are_gone_are_named_when_it_is_undone(store: Store) -> None:
    ids = letters(store, 2)
    job_id = edited(store, EDIT, ids)
    for each in ids:
        store.documents.delete(each, None, START)
        store.documents.purge(each)
    undoing = undone(store, job_id)
    assert [failure.document_id for failure in store.bulk_edits.get(undoing, 10).failures] == ids


def test_custom_fields_dates_and_tags_are_kept_in_the_order(store: Store) -> None:
    (one,) = letters(store, 1)
    field = store.catalog.fields.create(FieldKind.BOOLEAN, FieldFacts("Paid"), ())
    changes = DocumentChanges(title="Bill", tags=("b", "a"), created_date=START.date(), fields=((field.id, True),))
    job_id = edited(store, BulkOrder(BulkAction.EDIT, changes), [one])
    found = store.documents.get(one)
    assert (found.title, found.tags, found.created_date) == ("Bill", ("a", "b"), START.date())
    assert [(entry.field.facts.name, entry.value) for entry in found.fields] == [("Paid", True)]
    undone(store, job_id)
    found = store.documents.get(one)
    assert (found.title, found.tags, found.created_date, found.fields) == ("letter 0", ("new",), None, ())


def test_the_trash_is_filled_and_emptied_again(store: Store) -> None:
    ids = letters(store, 3)
    store.documents.delete(ids[0], None, START)
    job_id = edited(store, BulkOrder(BulkAction.DELETE), ids)
    assert (counts(store, job_id), store.documents.count(deleted=True)) == ((3, 2, 0), 3)
    undone(store, job_id)
    assert [store.documents.get(each).delete_time is None for each in ids] == [False, True, True]
    restored = edited(store, BulkOrder(BulkAction.UNDELETE), ids, seconds=3)
    assert (counts(store, restored), store.documents.count(deleted=True)) == ((3, 1, 0), 0)
    undone(store, restored, seconds=4)
    assert store.documents.count(deleted=True) == 1


def test_a_step_that_is_tried_again_does_nothing_twice(store: Store) -> None:
    ids = letters(store, 4)
    job_id = store.bulk_edits.start(EDIT, ids, "edit", START)
    job = next(job for job in store.jobs.lease("test", 100, START) if job.id == job_id)
    steps = [store.bulk_edits.step(job_id, job.fence, begin, ids[begin : begin + 2], 4, START) for begin in (0, 0, 2)]
    assert (steps, counts(store, job_id)) == ([2, 2, 4], (4, 4, 0))


def test_who_has_lost_the_job_changes_nothing_and_what_was_done_can_be_undone(store: Store) -> None:
    ids = letters(store, 4)
    job_id = store.bulk_edits.start(EDIT, ids, "edit", START)
    job = next(job for job in store.jobs.lease("test", 100, START) if job.id == job_id)
    store.bulk_edits.step(job_id, job.fence, 0, ids[:2], 4, START)
    with pytest.raises(JobActive):
        store.bulk_edits.undo(job_id, START)
    store.jobs.cancel(job_id, START)
    with pytest.raises(StaleFence):
        store.bulk_edits.step(job_id, job.fence, 2, ids[2:], 4, START)
    assert [facts(store.documents.get(each))[0] for each in ids] == ["Bank", "Bank", "", ""]
    undone(store, job_id)
    assert [facts(store.documents.get(each))[0] for each in ids] == [""] * 4


def test_a_job_that_is_no_bulk_edit_is_not_found(store: Store) -> None:
    letters(store, 1)
    (job,) = store.jobs.list((), None, None, 10)
    for call in (store.bulk_edits.documents, lambda each: store.bulk_edits.get(each, 1), lambda each: store.bulk_edits.undo(each, START)):
        with pytest.raises(JobNotFound):
            call(job.id)


def test_workflows_look_at_what_a_bulk_edit_has_changed(store: Store) -> None:
    first, second = letters(store, 2)
    updated = Trigger(TriggerKind.DOCUMENT_UPDATED)
    store.workflows.create(WorkflowFacts("look", True, (updated,)))
    store.documents.update(first, DocumentChanges(tags=("tax",)), None, at(0))
    store.workflows.carry_out(first, Deeds(), at(0), mark=store.workflows.edited(10)[0][1])
    edited(store, BulkOrder(BulkAction.EDIT, DocumentChanges(add_tags=("tax",))), [first, second])
    assert [document for document, _ in store.workflows.edited(10)] == [second]


READY = DocumentState.READY
BY_RULE = Reason(Giver.RULE, "the word 'tax'")
FILE = BulkOrder(BulkAction.APPLY_RULES, kinds=frozenset({LabelKind.CORRESPONDENT}))


def filed(store: Store, ids: Sequence[DocumentId], order: BulkOrder = FILE, correspondent: str = "Tax office") -> JobId:
    """Have rules file documents, as the pipeline does."""
    job_id = store.bulk_edits.start(order, ids, "apply rules", START)
    job = next(job for job in store.jobs.lease("test", 1000, at(1)) if job.id == job_id)
    wanted = {each: [Proposal(Aspect.CORRESPONDENT, correspondent, BY_RULE)] for each in ids}
    assert store.bulk_edits.step(job_id, job.fence, 0, ids, len(ids), at(1), wanted) == len(ids)
    store.jobs.succeed(job_id, job.fence, at(1))
    return job_id


def read(store: Store, count: int) -> list[DocumentId]:
    """Give documents that are ready."""
    ids = letters(store, count)
    for job in store.jobs.lease("reader", count, START):
        assert job.document_id is not None
        store.documents.set_result(job.document_id, job.fence, READY, "en", (), False, START)
        store.jobs.succeed(job.id, job.fence, START)
    return ids


def test_rules_file_again_what_rules_filed_and_all_of_it_is_taken_back(store: Store) -> None:
    ids = read(store, 4)
    store.assignments.propose(ids[0], [Proposal(Aspect.CORRESPONDENT, "Ada", BY_RULE)], START)
    store.assignments.propose(ids[1], [Proposal(Aspect.CORRESPONDENT, "Bob", Reason(Giver.BARCODE))], START)
    store.documents.delete(ids[2], None, START)
    last = store.assignments.latest()
    job_id = filed(store, ids)
    assert store.bulk_edits.order(job_id) == FILE
    names = [facts(store.documents.get(each))[0] for each in ids]
    assert (names, counts(store, job_id)) == (["Tax office", "Bob", "", "Tax office"], (4, 2, 0))
    given = store.bulk_edits.given(job_id, last, 10)
    assert [(one.document_id, one.value, one.before, one.reason) for one in given] == [
        (ids[0], "Tax office", "Ada", BY_RULE),
        (ids[3], "Tax office", "", BY_RULE),
    ]
    assert store.bulk_edits.given(job_id, given[0].id, 10) == given[1:]
    assert store.bulk_edits.given(job_id, last, 1) == given[:1]
    store.documents.update(ids[3], DocumentChanges(correspondent="Eve"), None, at(2))
    undoing = undone(store, job_id, 3)
    assert [facts(store.documents.get(each))[0] for each in ids] == ["Ada", "Bob", "", "Eve"]
    assert store.bulk_edits.get(undoing, 10).failures == (BulkFailure(ids[3], "changed since, and left as it is: correspondent"),)


def test_rules_leave_alone_what_is_there_where_only_empty_places_are_meant(store: Store) -> None:
    ids = read(store, 2)
    store.assignments.propose(ids[0], [Proposal(Aspect.CORRESPONDENT, "Ada", BY_RULE)], START)
    filed(store, ids, replace(FILE, keep_values=True))
    assert [facts(store.documents.get(each))[0] for each in ids] == ["Ada", "Tax office"]
