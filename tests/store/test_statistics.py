"""The figures of the archive are those of its documents."""

from dataclasses import replace

from actors.store.nouns.archive import DocumentId, DocumentState, Statistics
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.store import Store
from tests.store.making import START, deliver, leased


def test_an_empty_archive_has_no_figures_but_the_size_of_its_database(store: Store, url: str) -> None:
    told = store.statistics()
    kind, none = url.split("+")[0].split(":")[0], dict.fromkeys(LabelKind, 0)
    assert replace(told, database_bytes=0) == Statistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, {}, {}, none, kind, 0)
    assert (told.database_bytes > 100_000, store.characters()) == (True, 0)


def test_figures_count_what_is_not_in_the_trash(store: Store) -> None:
    read = leased(store, "read")
    document = DocumentId(read.document_id or 0)
    store.catalog.labels.create(LabelKind.TAG, LabelFacts("tax"))
    store.documents.set_inspection(document, read.fence, 3, encrypted=False, signed=False, warnings=[], now=START)
    store.data.archive_file(document).write_bytes(b"1234567")
    (store.data.index / "segment").write_bytes(b"12")
    store.documents.set_result(document, read.fence, DocumentState.READY, "de", [], has_archive=True, now=START)
    store.jobs.succeed(read.id, read.fence, START)
    broken = leased(store, "broken")
    store.jobs.fail(broken.id, broken.fence, "no", retryable=False, now=START, jitter=0.0)
    retried = leased(store, "retried")
    store.jobs.fail(retried.id, retried.fence, "no", retryable=True, now=START, jitter=0.0)
    leased(store, "running")
    deliver(store, "queued")
    store.documents.delete(deliver(store, "trashed").document_id, None, START)
    assert replace(store.statistics(), database="", database_bytes=0) == Statistics(
        documents=5,
        documents_deleted=1,
        documents_failed=1,
        pages=3,
        original_bytes=len("read" + "broken" + "retried" + "running" + "queued"),
        archive_bytes=7,
        index_bytes=2,
        jobs_queued=3,
        jobs_running=1,
        jobs_failed=1,
        documents_by_mime_type={"application/pdf": 5},
        documents_by_language={"de": 1, "": 4},
        labels={LabelKind.TAG: 1, LabelKind.CORRESPONDENT: 0, LabelKind.DOCUMENT_TYPE: 0, LabelKind.STORAGE_PATH: 0},
    )


def test_letters_are_counted_outside_the_trash(store: Store) -> None:
    for text in ("Größe", "in the trash"):
        job = leased(store, text)
        document = DocumentId(job.document_id or 0)
        store.documents.set_inspection(document, job.fence, 1, encrypted=False, signed=False, warnings=[], now=START)
        store.pages.save(document, job.id, job.fence, PageRecord(1, PageState.DONE, text))
    store.documents.delete(document, None, START)
    assert store.characters() == len("Größe")
