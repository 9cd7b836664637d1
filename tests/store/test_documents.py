"""Documents are read, changed and thrown away; who changes what has changed meanwhile is told."""

from datetime import date, timedelta, timezone
from pathlib import Path

import pytest

from actors.store.errors import DocumentNotFound, JobNotFound, NotInTrash, OriginalMissing, StaleFence, StaleRevision
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState, DocumentWarning, SourceKey, SourceKind
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.store import Store
from tests.store.making import START, at, deliver, document_id, leased, new_document, staged

NOBODY = DocumentId(4711)


def test_a_missing_document_is_not_found(store: Store) -> None:
    known = document_id(store)
    with pytest.raises(DocumentNotFound, match="4711"):
        store.documents.get(NOBODY)
    with pytest.raises(DocumentNotFound, match="4711"):
        store.documents.get_many([known, NOBODY])
    with pytest.raises(DocumentNotFound):
        store.documents.update(NOBODY, DocumentChanges(title="x"), None, START)
    with pytest.raises(DocumentNotFound):
        store.documents.delete_many([known, NOBODY], START)
    assert store.documents.count(deleted=True) == 0


def test_many_documents_come_in_the_order_asked(store: Store) -> None:
    one, two, three = (document_id(store, name) for name in ("one", "two", "three"))
    assert [document.id for document in store.documents.get_many([three, one, two, one])] == [three, one, two, one]


def test_a_change_sets_what_it_names_and_raises_the_revision(store: Store) -> None:
    changed = document_id(store, tags=("old",), created_date=date(2020, 1, 1))
    before = store.documents.get(changed)
    store.outbox.done([(changed, before.revision)])
    after = store.documents.update(changed, DocumentChanges(title="New", tags=("b", "a", "b")), before.revision, at(5))
    assert (after.title, after.tags, after.created_date) == ("New", ("a", "b"), date(2020, 1, 1))
    assert (after.revision, after.update_time, after.added_time) == (before.revision + 1, at(5), START)
    assert after == store.documents.get(changed)
    assert store.outbox.pending(10) == [(changed, after.revision)]


def test_a_date_and_all_tags_can_be_taken_away(store: Store) -> None:
    changed = document_id(store, tags=("old",), created_date=date(2020, 1, 1))
    after = store.documents.update(changed, DocumentChanges(tags=(), clear_created_date=True), None, START)
    assert (after.tags, after.created_date) == ((), None)


def test_a_stale_revision_is_refused(store: Store) -> None:
    changed = document_id(store)
    store.documents.update(changed, DocumentChanges(title="first"), 1, START)
    with pytest.raises(StaleRevision) as caught:
        store.documents.update(changed, DocumentChanges(title="second"), 1, START)
    assert (caught.value.expected, caught.value.present) == (1, 2)
    with pytest.raises(StaleRevision):
        store.documents.delete(changed, 1, START)
    assert store.documents.get(changed).title == "first"


def test_many_changes_are_kept_together_or_not_at_all(store: Store) -> None:
    one, two = document_id(store, "one"), document_id(store, "two")
    with pytest.raises(StaleRevision):
        store.documents.update_many([(one, DocumentChanges(title="x"), 1), (two, DocumentChanges(title="x"), 7)], START)
    assert [store.documents.get(each).title for each in (one, two)] == ["one", "two"]
    changed = store.documents.update_many([(one, DocumentChanges(title="x"), 1), (two, DocumentChanges(tags=("y",)), None)], START)
    assert [(document.title, document.tags) for document in changed] == [("x", ()), ("two", ("y",))]


def test_a_dry_run_answers_the_same_and_keeps_nothing(store: Store) -> None:
    changed = document_id(store)
    before = store.documents.get(changed)
    would = store.documents.update_many([(changed, DocumentChanges(title="x", tags=("new",)), 1)], START, dry_run=True)
    assert (would[0].title, would[0].tags, would[0].revision) == ("x", ("new",), 2)
    assert store.documents.get(changed) == before
    with pytest.raises(StaleRevision):
        store.documents.update_many([(changed, DocumentChanges(), 9)], START, dry_run=True)


def test_the_trash_gives_back_what_was_deleted(store: Store) -> None:
    changed = document_id(store)
    deleted = store.documents.delete(changed, 1, at(1))
    assert (deleted.delete_time, deleted.revision) == (at(1), 2)
    assert store.documents.delete(changed, None, at(2)) == deleted
    assert store.outbox.pending(1) == [(changed, 2)]
    restored = store.documents.undelete(changed, at(3))
    assert (restored.delete_time, restored.revision, restored.update_time) == (None, 3, at(3))
    with pytest.raises(NotInTrash):
        store.documents.undelete(changed, at(4))


def test_only_the_trash_can_be_purged(store: Store) -> None:
    kept = document_id(store)
    with pytest.raises(NotInTrash):
        store.documents.purge(kept)
    assert store.originals.path(store.documents.get(kept)).exists()


def test_a_purged_document_leaves_nothing(store: Store) -> None:
    job = leased(store)
    gone = DocumentId(job.document_id or 0)
    document = store.documents.get(gone)
    store.pages.begin(gone, job.id, job.fence, [(1, "text", False)])
    files = [
        store.originals.path(document),
        store.layers.put(gone, 1, b"layer"),
        store.unlocked.put(staged(store, b"decrypted"), gone),
        store.data.archive_file(gone),
        store.data.thumbnail_file(gone),
    ]
    for file in files[3:]:
        file.write_bytes(b"made")
    store.documents.delete(gone, None, START)
    store.documents.purge(gone)
    assert [file for file in files if file.exists()] == []
    with pytest.raises(DocumentNotFound):
        store.documents.get(gone)
    with pytest.raises(JobNotFound):
        store.jobs.get(job.id)
    with pytest.raises(StaleFence):
        store.pages.save(gone, job.id, job.fence, PageRecord(1, PageState.DONE))
    assert store.pages.texts(gone) == []
    assert store.documents.count(deleted=True) == 0
    # The index must still hear of it, to forget it.
    assert [marked for marked, _ in store.outbox.pending(10)] == [gone]
    assert store.documents.for_index([gone]) == []


def test_an_id_is_never_given_twice(store: Store) -> None:
    first = document_id(store, "one")
    store.documents.delete(first, None, START)
    store.documents.purge(first)
    assert document_id(store, "two") > first
    again = deliver(store, "one", key="one")
    assert (again.duplicate, again.document_id > first) == (False, True)


def test_the_first_delivery_of_a_document_is_known(store: Store) -> None:
    one = document_id(store, "one", key="first")
    document_id(store, "one", key="second", now=at(seconds=1))
    assert store.documents.delivery(one) == SourceKey(SourceKind.FOLDER, "first")
    assert store.documents.delivery(NOBODY) is None


def test_a_file_is_refused_whose_original_was_purged_meanwhile(store: Store) -> None:
    first = document_id(store)
    new = new_document(b"letter")
    store.documents.delete(first, None, START)
    store.originals.put(staged(store, b"letter"), new.sha256, ".pdf")
    store.documents.purge(first)
    with pytest.raises(OriginalMissing):
        store.documents.accept(new, SourceKey(SourceKind.FOLDER, "again"), START)


def test_an_original_that_came_again_survives_the_purge_of_its_former_document(store: Store, tmp_path: Path) -> None:
    content = b"letter"
    new = new_document(content)
    document_id(store)
    stamp = store.originals.stamp(new.sha256)
    store.originals.put(staged(store, content), new.sha256, ".pdf")
    store.originals.remove(new.sha256, stamp)
    assert store.originals.stamp(new.sha256) != 0


def test_what_the_first_look_found_is_kept(store: Store) -> None:
    job = leased(store)
    looked_at = DocumentId(job.document_id or 0)
    warning = DocumentWarning("SIGNED", "It is signed.", 3)
    store.documents.set_inspection(looked_at, job.fence, 3, encrypted=False, signed=True, warnings=[warning], now=at(1))
    document = store.documents.get(looked_at)
    assert (document.page_count, document.signed, document.encrypted, document.warnings) == (3, True, False, (warning,))


def test_a_result_is_kept_and_goes_to_the_index(store: Store) -> None:
    job = leased(store)
    done = DocumentId(job.document_id or 0)
    store.outbox.done(store.outbox.pending(10))
    store.data.archive_file(done).write_bytes(b"12345")
    store.documents.set_result(done, job.fence, DocumentState.READY, "de", [], has_archive=True, now=at(2))
    document = store.documents.get(done)
    assert (document.state, document.language, document.has_archive, document.update_time) == (DocumentState.READY, "de", True, at(2))
    assert store.outbox.pending(10) == [(done, document.revision)]
    assert store.statistics().archive_bytes == 5


def test_a_worker_that_lost_its_lease_cannot_write_a_document(store: Store) -> None:
    job = leased(store)
    target = DocumentId(job.document_id or 0)
    before = store.documents.get(target)
    for fence in (job.fence - 1, job.fence + 1, 0):
        with pytest.raises(StaleFence):
            store.documents.set_inspection(target, fence, 3, encrypted=False, signed=False, warnings=[], now=START)
        with pytest.raises(StaleFence):
            store.documents.set_result(target, fence, DocumentState.READY, "de", [], has_archive=False, now=START)
    assert store.documents.get(target) == before


def test_times_come_back_in_utc_and_a_naive_one_is_refused(store: Store) -> None:
    tokyo = START.astimezone(timezone(timedelta(hours=9)))
    stored = store.documents.get(document_id(store, now=tokyo)).added_time
    assert (stored, stored.utcoffset()) == (START, timedelta(0))
    with pytest.raises(Exception, match="no time zone"):
        document_id(store, "other", now=START.replace(tzinfo=None))
