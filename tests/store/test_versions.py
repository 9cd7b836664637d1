"""Versions: the first file stays for good, the newest is what a document is, and what goes is gone."""

from pathlib import Path

import pytest

from actors.store.errors import JobActive
from actors.store.files.discarded import Discarded
from actors.store.nouns.archive import DocumentForm, DocumentId, DocumentState
from actors.store.nouns.assignments import Giver
from actors.store.nouns.versions import StoredFile, Version, VersionFacts
from actors.store.rows.versions import loosen
from actors.store.store import Store
from actors.store.trash import sweep
from actors.store.versions.errors import FileIsThere, FirstVersionStays, InTrash, VersionNotFound, VersionOutdated
from tests.store.making import START, at, deliver, new_document, staged

FACTS = VersionFacts("application/pdf", "scan.pdf", 2, "page 3 left out")


def work(store: Store) -> None:
    """Take all queued jobs to their end, as the pipeline does."""
    for job in store.jobs.lease("worker", 100, at(1000)):
        document_id = job.document_id or DocumentId(0)
        store.documents.set_inspection(document_id, job.fence, 3, encrypted=False, signed=False, warnings=(), now=at(1000))
        store.documents.set_result(document_id, job.fence, DocumentState.READY, "en", (), False, at(1000))
        store.jobs.succeed(job.id, job.fence, at(1000))


def add(store: Store, document: DocumentId, content: str, facts: VersionFacts = FACTS, after: int | None = None) -> Version:
    """Add a version as an edit does, and have it read."""
    version = store.versions.add(document, staged(store, content.encode()), facts, at(100), after)
    work(store)
    return version


def stored(store: Store) -> set[str]:
    """Name what the archive holds, by its bytes."""
    return {path.read_text() for path in store.data.originals.glob("*/*")}


@pytest.fixture
def document(store: Store) -> DocumentId:
    made = deliver(store, "one").document_id
    work(store)
    return made


def test_a_document_has_one_version_at_first(store: Store, document: DocumentId) -> None:
    new = new_document(b"one")
    facts = VersionFacts("application/pdf", "scan.pdf", 3, "", Giver.DELIVERY)
    assert store.versions.list(document) == [Version(document, 1, True, StoredFile(new.sha256, new.size_bytes), facts, START)]
    assert (store.documents.get(document).version, store.documents.get(document).version_count) == (1, 1)


def test_the_newest_version_is_what_a_document_is_and_the_first_file_stays(store: Store, document: DocumentId) -> None:
    before = store.documents.get(document)
    facts = VersionFacts("image/png", "scan.png", 2, "opened", Giver.WORKFLOW, "Open bills")
    version = store.versions.add(document, staged(store, b"two"), facts, at(100))
    now = store.documents.get(document)
    assert version == Version(document, 2, True, StoredFile(now.sha256, 3), facts, at(100))
    assert (now.version, now.version_count, now.mime_type, now.original_filename, now.page_count) == (2, 2, "image/png", "scan.png", 2)
    assert (now.title, now.added_time, now.has_archive, now.state) == (before.title, before.added_time, False, DocumentState.ACCEPTED)
    assert store.originals.path(now).read_bytes() == b"two"
    assert store.originals.path(now).stat().st_mode & 0o777 == 0o444
    first = store.versions.get(document, 1)
    assert (first.present, first.facts.page_count, first.file.sha256) == (False, 3, before.sha256)
    assert store.originals.require(first.file.sha256).read_bytes() == b"one"
    assert [job.document_id for job in store.jobs.lease("worker", 9, at(100))] == [document]


def test_the_bytes_of_any_version_are_a_duplicate_of_their_document(store: Store, document: DocumentId) -> None:
    add(store, document, "two")
    for number, content in enumerate(("one", "two"), 1):
        again = deliver(store, content, key=f"again {content}")
        assert (again.document_id, again.duplicate, store.documents.get(document).duplicate_count) == (document, True, number)


def test_a_version_that_is_deleted_falls_back_and_its_number_is_not_given_again(store: Store, document: DocumentId) -> None:
    add(store, document, "two")
    add(store, document, "three")
    fallen = store.versions.delete(document, 3, at(200))
    assert (fallen.number, fallen.present, store.documents.get(document).sha256) == (2, True, fallen.file.sha256)
    assert stored(store) == {"one", "two"}
    work(store)
    assert add(store, document, "four").number == 4
    store.versions.delete(document, 2, at(200))
    assert [(one.number, one.present) for one in store.versions.list(document)] == [(1, False), (4, True)]
    assert (stored(store), store.documents.get(document).version_count) == ({"one", "four"}, 2)
    assert deliver(store, "two", key="two").duplicate is False


def test_the_first_version_cannot_be_deleted(store: Store, document: DocumentId) -> None:
    with pytest.raises(FirstVersionStays):
        store.versions.delete(document, 1, at(200))
    add(store, document, "two")
    with pytest.raises(FirstVersionStays):
        store.versions.delete(document, 1, at(200))
    with pytest.raises(VersionNotFound, match="no version 7"):
        store.versions.delete(document, 7, at(200))
    assert stored(store) == {"one", "two"}


def test_a_version_is_labelled_the_first_one_too(store: Store, document: DocumentId) -> None:
    assert store.versions.label(document, 1, "as it came", at(1)).facts.label == "as it came"
    add(store, document, "two")
    assert store.versions.label(document, 2, "signed", at(1)).facts.label == "signed"
    assert [one.facts.label for one in store.versions.list(document)] == ["as it came", "signed"]
    with pytest.raises(VersionNotFound):
        store.versions.label(document, 3, "", at(1))


def test_what_cannot_get_a_version_keeps_nothing_of_its_file(store: Store, document: DocumentId) -> None:
    busy, other = deliver(store, "busy").document_id, deliver(store, "other")
    with pytest.raises(JobActive):
        add(store, busy, "two")
    with pytest.raises(VersionOutdated):
        add(store, document, "two", after=2)
    with pytest.raises(FileIsThere, match=f"document {other.document_id} has"):
        add(store, document, "other")
    store.documents.delete(document, None, at(1))
    with pytest.raises(InTrash, match="restore it first"):
        add(store, document, "two")
    assert stored(store) == {"one", "busy", "other"}


def test_an_edit_after_a_version_that_is_not_the_newest_is_refused(store: Store, document: DocumentId) -> None:
    add(store, document, "two", after=1)
    with pytest.raises(VersionOutdated, match="at version 2 by now, not 1"):
        add(store, document, "three", after=1)
    add(store, document, "three", after=2)


def test_a_file_that_was_stored_and_never_got_its_row_is_taken_the_second_time(store: Store, document: DocumentId) -> None:
    file = store.originals.take(staged(store, b"two"), ".pdf")  # the process dies here
    assert [one.number for one in store.versions.list(document)] == [1]
    assert add(store, document, "two").file == file
    assert stored(store) == {"one", "two"}


def test_a_purge_takes_all_versions_and_keeps_them_all_where_one_wants_them(store: Store, document: DocumentId, tmp_path: Path) -> None:
    add(store, document, "two")
    store.documents.delete(document, None, at(200))
    store.documents.purge(document, Discarded(tmp_path / "kept"))
    assert stored(store) == set()
    kept = {path.name: path.read_text() for path in (tmp_path / "kept").iterdir()}
    assert kept == {f"{document:07}-scan-version-1.pdf": "one", f"{document:07}-scan-version-2.pdf": "two"}


def test_files_that_a_dead_process_was_to_remove_go_at_the_next_start_unless_they_came_back(store: Store, document: DocumentId) -> None:
    add(store, document, "two")
    with store.database.write() as session:
        for content in (b"two", b"three"):
            file = store.originals.take(staged(store, content), ".pdf")
            loosen(session, document, file.sha256, store.originals.stamp)
    sweep(store.database, store.data)
    assert stored(store) == {"one", "two"}


def test_figures_count_the_bytes_of_all_versions(store: Store, document: DocumentId) -> None:
    add(store, document, "two two")
    assert store.statistics().original_bytes == len("one") + len("two two")
    store.versions.delete(document, 2, at(200))
    assert store.statistics().original_bytes == len("one")


def test_a_document_with_versions_is_divided_no_more(store: Store) -> None:
    document = deliver(store, "batch").document_id
    (job,) = store.jobs.lease("worker", 9, at(0))
    store.jobs.cancel(job.id, at(0))
    add(store, document, "two")
    assert store.documents.get(document).form is DocumentForm.WHOLE
