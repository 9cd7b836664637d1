"""The figures of the archive are those of its documents."""

from actors.store.nouns.archive import DocumentId, DocumentState, Statistics
from actors.store.store import Store
from tests.store.making import START, deliver, leased


def test_an_empty_archive_has_no_figures(store: Store) -> None:
    assert store.statistics() == Statistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, {}, {})


def test_figures_count_what_is_not_in_the_trash(store: Store) -> None:
    read = leased(store, "read")
    document = DocumentId(read.document_id or 0)
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
    assert store.statistics() == Statistics(
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
    )
