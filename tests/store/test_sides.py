"""Scans of one side of some sheets wait for the other: over restarts, each folder for itself, and only while somebody works on them."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from actors.store.nouns.archive import (
    DocumentForm,
    DocumentId,
    DocumentState,
    DocumentWarning,
    KeptSide,
    ScanSide,
    SourceKey,
    SourceKind,
    Successor,
)
from actors.store.nouns.jobs import Job, JobState
from actors.store.store import Store
from tests.store.making import at, new_document, staged

PATIENCE = timedelta(minutes=30)


def drop(store: Store, content: str, scan_ns: int, folder: str = "anna", *, key: str = "", now: float = 0) -> DocumentId:
    """Accept a scan of one side."""
    body = content.encode()
    new = replace(new_document(body), side=ScanSide(sha256(folder.encode()).hexdigest(), scan_ns, PATIENCE))
    store.originals.put(staged(store, body), new.sha256, ".pdf")
    return store.documents.accept(new, SourceKey(SourceKind.FOLDER, key or content), at(now)).document_id


def waiting(store: Store, folder: str = "anna") -> list[DocumentId]:
    return [side.document_id for side in store.sides.waiting(sha256(folder.encode()).hexdigest())]


def job_on(store: Store, document: DocumentId, now: float = 1) -> Job:
    """Lease the job of a document."""
    return next(job for job in store.jobs.lease("test", 9, at(now)) if job.document_id == document)


def joined(store: Store, job: Job, *sides: DocumentId, now: float = 5) -> list[DocumentId]:
    """Put a whole in the place of sides."""
    body = b"whole"
    new = new_document(body)
    store.originals.put(staged(store, body), new.sha256, ".pdf")
    whole = Successor(new, SourceKey(SourceKind.JOINED, "whole"), warnings=(DocumentWarning("LOOK", "at it"),))
    made = store.successions.join(job, sides, whole, lambda made: DocumentWarning("JOINED", f"into {made[0]}"), at(now))
    return [one.document_id for one in made]


def test_scans_wait_in_their_own_folder_in_the_order_in_which_they_came(store: Store) -> None:
    backs, fronts = drop(store, "backs", 20), drop(store, "fronts", 10)
    other = drop(store, "of somebody else", 15, "bert")
    assert (waiting(store), waiting(store, "bert")) == ([fronts, backs], [other])
    assert store.sides.find(fronts) == KeptSide(fronts, sha256(b"anna").hexdigest(), 10, at(1800), "")


def test_a_document_that_waits_is_left_alone_until_its_time_and_says_why(store: Store) -> None:
    fronts = drop(store, "fronts", 10)
    job = job_on(store, fronts)
    store.jobs.wait(job.id, job.fence, at(600), "it waits", at(1))
    told = store.jobs.get(job.id)
    assert (told.state, told.error, told.attempt) == (JobState.QUEUED, "it waits", 0)
    assert store.documents.get(fronts).state is DocumentState.ACCEPTED
    assert store.jobs.lease("test", 9, at(599)) == []
    assert [each.id for each in store.jobs.lease("test", 9, at(600))] == [job.id]


def test_a_scan_that_comes_into_the_folder_wakes_those_that_wait_there(store: Store) -> None:
    mine, other = drop(store, "mine", 20), drop(store, "of somebody else", 15, "bert")
    for job in store.jobs.lease("test", 9, at(1)):
        store.jobs.wait(job.id, job.fence, at(600), "it waits", at(1))
    newest = drop(store, "other side", 10, now=3)
    assert {job.document_id for job in store.jobs.lease("test", 9, at(3))} == {mine, newest}
    assert other not in {job.document_id for job in store.jobs.lease("test", 9, at(9))}


def test_a_whole_stands_in_the_place_of_both_sides_and_ends_both_jobs(store: Store) -> None:
    fronts, backs = drop(store, "fronts", 10), drop(store, "backs", 20)
    (whole,) = joined(store, job_on(store, backs), fronts, backs)
    assert store.successions.origins(whole) == [fronts, backs]
    new = store.documents.get(whole)
    assert (new.form, new.warnings) == (DocumentForm.OPEN, (DocumentWarning("LOOK", "at it"),))
    for side in (fronts, backs):
        old = store.documents.get(side)
        assert (old.form, old.delete_time, old.warnings) == (DocumentForm.REPLACED, at(5), (DocumentWarning("JOINED", f"into {whole}"),))
        assert store.sides.find(side) is None
    states = {job.document_id: job.state for job in store.jobs.list((), None, None, 10)}
    assert states == {fronts: JobState.SUCCEEDED, backs: JobState.SUCCEEDED, whole: JobState.QUEUED}


def test_sides_that_do_not_wait_any_more_are_not_joined(store: Store) -> None:
    fronts, backs = drop(store, "fronts", 10), drop(store, "backs", 20)
    job = job_on(store, backs)
    store.documents.delete(fronts, None, at(2))
    assert joined(store, job, fronts, backs) == []
    assert waiting(store) == [backs]
    store.documents.undelete(fronts, at(3))
    store.sides.part([fronts, backs], "they don't fit", at(4))
    assert joined(store, job, fronts, backs) == []
    assert waiting(store) == []
    kept = store.sides.find(fronts)
    assert kept is not None
    assert kept.problem == "they don't fit"


def test_who_is_read_is_no_side_any_more(store: Store) -> None:
    fronts = drop(store, "fronts", 10)
    job = job_on(store, fronts)
    store.documents.set_result(fronts, job.fence, DocumentState.READY, "en", (), False, at(1))
    store.jobs.succeed(job.id, job.fence, at(1))
    assert (waiting(store), store.sides.find(fronts)) == ([], None)


def test_a_side_that_comes_again_after_it_was_read_waits_again(store: Store) -> None:
    fronts = drop(store, "fronts", 10)
    job = job_on(store, fronts)
    store.documents.set_result(fronts, job.fence, DocumentState.READY, "en", (), False, at(1))
    store.jobs.succeed(job.id, job.fence, at(1))
    assert drop(store, "fronts", 30, key="again", now=2) == fronts
    assert waiting(store) == [fronts]
    assert job_on(store, fronts, 3).document_id == fronts


def test_sides_that_were_joined_and_come_again_stay_in_the_trash(store: Store) -> None:
    fronts, backs = drop(store, "fronts", 10), drop(store, "backs", 20)
    joined(store, job_on(store, backs), fronts, backs)
    drop(store, "fronts", 40, key="again", now=6)
    assert (waiting(store), store.documents.get(fronts).delete_time) == ([], at(5))
