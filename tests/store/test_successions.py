"""Documents that others replace: nothing is lost, nothing is doubled, and it can be taken back."""

from dataclasses import replace

import pytest

from actors.store.errors import OriginalMissing, StaleFence
from actors.store.nouns.access import Access, AccessChange, Grant, Level, Subject, SubjectKind
from actors.store.nouns.archive import (
    Accepted,
    DocumentChanges,
    DocumentForm,
    DocumentId,
    DocumentState,
    DocumentWarning,
    SourceKey,
    SourceKind,
    Successor,
)
from actors.store.nouns.identity import Role, UserFacts
from actors.store.nouns.jobs import Job, JobKind, JobState
from actors.store.nouns.pages import PageState
from actors.store.store import Store
from tests.store.making import at, deliver, leased, new_document, staged


def part(store: Store, job: Job, content: str, *payloads: tuple[str, ...] | None) -> Successor:
    """Store the original of a part."""
    body = content.encode()
    new = new_document(body)
    store.originals.put(staged(store, body, f"{content}.part"), new.sha256, ".pdf")
    return Successor(new, SourceKey(SourceKind.SPLIT, f"{job.id} {content}"), payloads)


def notice(made: object) -> DocumentWarning:
    return DocumentWarning("SPLIT", f"split into {made}")


def begun(store: Store, content: str = "scan", **given: object) -> tuple[Job, DocumentId]:
    """Lease a scan of three pages whose barcodes are known."""
    deliver(store, content, **given)  # type: ignore[arg-type]  # passes deliver's own options on
    (job,) = store.jobs.lease("test", 1, at(0))
    document = DocumentId(job.document_id or 0)
    store.pages.begin(document, job.id, job.fence, [(1, "", True), (2, "", True), (3, "own", False)])
    store.documents.set_inspection(document, job.fence, 3, False, False, (), at(0))
    return job, document


def divided(store: Store, content: str = "scan") -> tuple[DocumentId, list[Accepted]]:
    """Divide a scan in two."""
    job, scan = begun(store, content)
    parts = [part(store, job, f"{content} one", ("ASN1",)), part(store, job, f"{content} two", (), None)]
    return scan, list(store.successions.split(job, scan, parts, notice, at(1)))


def test_parts_stand_in_the_place_of_their_scan(store: Store) -> None:
    scan, made = divided(store)
    old = store.documents.get(scan)
    assert (old.form, old.delete_time, old.state) == (DocumentForm.REPLACED, at(1), DocumentState.READY)
    assert old.warnings == (DocumentWarning("SPLIT", f"split into {[one.document_id for one in made]}"),)
    assert [store.documents.get(one.document_id).form for one in made] == [DocumentForm.WHOLE, DocumentForm.WHOLE]
    assert store.successions.successors(scan) == [one.document_id for one in made]
    assert [store.successions.origins(one.document_id) for one in made] == [[scan], [scan]]
    assert (store.documents.count(deleted=False), store.documents.count(deleted=True)) == (2, 1)
    first, second = (store.pages.records(one.document_id) for one in made)
    assert [(page.state, page.barcodes, page.barcodes_read) for page in first] == [(PageState.PENDING, ("ASN1",), True)]
    assert [(page.number, page.barcodes_read) for page in second] == [(1, True), (2, False)]
    states = {job.document_id: job.state for job in store.jobs.list((), None, None, 10)}
    assert states == {scan: JobState.SUCCEEDED} | {one.document_id: JobState.QUEUED for one in made}


def test_the_first_look_at_a_part_keeps_the_barcodes_that_are_known(store: Store) -> None:
    _, made = divided(store)
    (job, *_) = store.jobs.lease("test", 5, at(2))
    store.pages.begin(made[0].document_id, job.id, job.fence, [(1, "own text", False)])
    (page,) = store.pages.records(made[0].document_id)
    assert (page.state, page.text, page.barcodes) == (PageState.DONE, "own text", ("ASN1",))


def test_what_a_scan_was_given_goes_over_to_its_parts(store: Store) -> None:
    job, scan = begun(store, tags=("batch",))
    store.documents.update(scan, DocumentChanges(add_tags=("mine",), correspondent="Bank", created_date=at(0).date(), asn=7), None, at(0))
    (made,) = store.successions.split(job, scan, [part(store, job, "one", None)], notice, at(1))
    new = store.documents.get(made.document_id)
    assert (sorted(new.tags), new.created_date, new.asn, new.title) == (["batch", "mine"], at(0).date(), None, "one")
    assert new.correspondent is not None
    assert new.correspondent.name == "Bank"


def test_parts_belong_to_whom_their_scan_belongs_and_are_granted_as_it_was(store: Store) -> None:
    job, scan = begun(store)
    anna, bert = (store.users.create(UserFacts(name, Role.EDITOR), at(0)).id for name in ("anna", "bert"))
    change = AccessChange(anna, grants=(Grant(Subject(SubjectKind.USER, bert), Level.EDIT),), private=True)
    store.permissions.change([scan], change, None, at(0))
    made = store.successions.split(job, scan, [part(store, job, name, None) for name in ("one", "two")], notice, at(1))
    assert store.permissions.of([one.document_id for one in made]) == [Access(anna, change.grants or (), private=True)] * 2


def test_who_has_lost_the_job_replaces_nothing(store: Store) -> None:
    job, scan = begun(store)
    parts = [part(store, job, "one", None)]
    store.jobs.take_over(at(1))
    with pytest.raises(StaleFence):
        store.successions.split(job, scan, parts, notice, at(1))
    assert (store.documents.count(deleted=False), store.documents.get(scan).form) == (1, DocumentForm.OPEN)


def test_a_part_whose_original_is_gone_leaves_all_as_it_was(store: Store) -> None:
    job, scan = begun(store)
    parts = [part(store, job, "one", None), part(store, job, "two", None)]
    lost = replace(parts[1], new=replace(parts[1].new, sha256="0" * 64))
    with pytest.raises(OriginalMissing):
        store.successions.split(job, scan, [parts[0], lost], notice, at(1))
    assert (store.documents.count(deleted=False), store.documents.count(deleted=True)) == (1, 0)


def test_a_part_that_is_in_the_archive_already_is_no_second_document(store: Store) -> None:
    there = deliver(store, "one").document_id
    job, scan = begun(store)
    made = store.successions.split(job, scan, [part(store, job, "one", None), part(store, job, "two", None)], notice, at(1))
    assert [(one.document_id, one.duplicate) for one in made] == [(there, True), (made[1].document_id, False)]
    assert store.documents.get(there).duplicate_count == 1


def test_a_scan_that_is_restored_is_read_as_a_whole_and_once(store: Store) -> None:
    scan, _ = divided(store)
    restored = store.documents.undelete(scan, at(2))
    assert (restored.form, restored.state, restored.delete_time) == (DocumentForm.REPLACED, DocumentState.ACCEPTED, None)
    job = next(job for job in store.jobs.lease("test", 9, at(3)) if job.document_id == scan)
    for record in store.pages.records(scan):
        store.pages.save(scan, job.id, job.fence, replace(record, state=PageState.DONE))
    store.documents.set_result(scan, job.fence, DocumentState.READY, "en", (), False, at(4))
    store.jobs.succeed(job.id, job.fence, at(4))
    assert store.documents.get(scan).form is DocumentForm.REPLACED
    store.documents.delete(scan, None, at(5))
    assert store.documents.undelete(scan, at(6)).state is DocumentState.READY
    assert all(one.state is not JobState.QUEUED for one in store.jobs.list((), scan, None, 9))


def test_the_same_scan_again_stays_in_the_trash_while_its_parts_are_there(store: Store) -> None:
    scan, made = divided(store)
    again = deliver(store, "scan", key="again", now=at(2))
    assert (again.document_id, again.duplicate) == (scan, True)
    assert store.documents.get(scan).delete_time == at(1)
    assert store.documents.get(scan).duplicate_count == 1
    store.documents.delete_many([one.document_id for one in made], at(3))
    deliver(store, "scan", key="third time", now=at(4))
    back = store.documents.get(scan)
    assert (back.delete_time, back.form, back.state) == (None, DocumentForm.OPEN, DocumentState.ACCEPTED)


def test_parts_in_the_trash_come_back_when_their_scan_is_divided_again(store: Store) -> None:
    scan, made = divided(store)
    store.documents.delete_many([one.document_id for one in made], at(2))
    deliver(store, "scan", key="again", now=at(3))
    job = next(job for job in store.jobs.lease("test", 9, at(4)) if job.document_id == scan)
    parts = [part(store, job, "scan one", None), part(store, job, "scan two", None)]
    again = store.successions.split(job, scan, parts, notice, at(5))
    assert [(one.document_id, one.duplicate) for one in again] == [(one.document_id, True) for one in made]
    assert store.documents.count(deleted=False) == 2


def test_a_document_that_was_read_once_is_whole(store: Store) -> None:
    job = leased(store)
    document = DocumentId(job.document_id or 0)
    assert store.documents.get(document).form is DocumentForm.OPEN
    store.documents.set_result(document, job.fence, DocumentState.READY, "en", (), False, at(1))
    store.jobs.succeed(job.id, job.fence, at(1))
    assert store.documents.get(document).form is DocumentForm.WHOLE
    store.jobs.enqueue(document, JobKind.DOCUMENT, "again", {}, at(2))
    assert store.documents.get(document).form is DocumentForm.WHOLE
