"""A page is read once and kept for ever, by the worker that holds its document."""

import zlib

import pytest

from actors.store.errors import PageNotFound, StaleFence
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.jobs import Job, JobKind
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.store import Store
from tests.store.making import START, at, leased

READ = PageRecord(
    number=2,
    state=PageState.DONE,
    text="Überweisung 12,50 €",
    confidence=91.5,
    turned=90,
    skew=-1.25,
    words=zlib.compress(b'[["12,50",1,2,3,4,91.5,1]]'),
    width=2480,
    height=3508,
    barcodes=("ASN00001",),
    barcodes_read=True,
    replaces=True,
    warning="doubtful",
    languages=("fra", "eng"),
    script="Hebrew",
)


def begun(store: Store) -> tuple[Job, DocumentId]:
    """Lease a document of three pages, the first of which has text of its own."""
    job = leased(store)
    document = DocumentId(job.document_id or 0)
    store.pages.begin(document, job.id, job.fence, [(1, "own text", False), (2, "", True), (3, "", True)])
    return job, document


def test_pages_without_text_are_to_be_read(store: Store) -> None:
    _, document = begun(store)
    assert store.pages.pending(document) == [2, 3]
    assert store.pages.texts(document) == ["own text", "", ""]
    assert store.pages.record(document, 1) == PageRecord(1, PageState.DONE, "own text")


def test_a_page_is_kept_as_it_was_read(store: Store) -> None:
    job, document = begun(store)
    store.pages.save(document, job.id, job.fence, READ)
    assert store.pages.record(document, 2) == READ
    assert [page.number for page in store.pages.records(document)] == [1, 2, 3]
    assert store.pages.pending(document) == [3]


def test_a_page_that_is_done_stays_when_the_document_begins_again(store: Store) -> None:
    job, document = begun(store)
    store.pages.save(document, job.id, job.fence, READ)
    store.pages.save(document, job.id, job.fence, PageRecord(3, PageState.FAILED, warning="unreadable"))
    store.pages.begin(document, job.id, job.fence, [(1, "other text", False), (2, "", True), (3, "", True)])
    assert store.pages.texts(document) == ["own text", READ.text, ""]
    assert store.pages.texts_of([document, DocumentId(99)], 1, 8) == {document: ["own text", READ.text, ""]}
    assert store.pages.texts_of([document], 2, 2) == {document: [READ.text]}
    assert store.pages.pending(document) == [3]


def test_pages_that_the_document_no_longer_has_are_dropped(store: Store) -> None:
    job, document = begun(store)
    store.pages.begin(document, job.id, job.fence, [(1, "own text", False)])
    assert [page.number for page in store.pages.records(document)] == [1]


def test_a_document_that_is_read_again_is_found_meanwhile(store: Store) -> None:
    job, document = begun(store)
    store.pages.save(document, job.id, job.fence, READ)
    store.jobs.succeed(job.id, job.fence, START)
    store.jobs.enqueue(document, JobKind.DOCUMENT, "letter", {"ocr_mode": "force"}, START)
    assert store.pages.pending(document) == [1, 2, 3]
    assert store.pages.texts(document) == ["own text", READ.text, ""]
    (again,) = store.jobs.lease("worker", 1, START)
    store.pages.begin(document, again.id, again.fence, [(1, "new own text", False), (2, "", True), (3, "", True)])
    assert store.pages.texts(document) == ["new own text", READ.text, ""]
    assert store.pages.pending(document) == [2, 3]


def test_a_reset_lets_every_page_be_read_again(store: Store) -> None:
    _, document = begun(store)
    store.pages.reset(document)
    assert store.pages.pending(document) == [1, 2, 3]


def test_a_worker_that_lost_its_lease_cannot_write_a_page(store: Store) -> None:
    job, document = begun(store)
    store.jobs.lease("another", 1, at(60))
    with pytest.raises(StaleFence):
        store.pages.save(document, job.id, job.fence, READ)
    with pytest.raises(StaleFence):
        store.pages.begin(document, job.id, job.fence, [])
    assert store.pages.texts(document) == ["own text", "", ""]


def test_a_missing_page_is_not_found(store: Store) -> None:
    _, document = begun(store)
    with pytest.raises(PageNotFound, match="4"):
        store.pages.record(document, 4)
    assert store.pages.texts(DocumentId(99)) == []
    assert store.pages.texts_of([DocumentId(99)], 1, 8) == {}


def test_a_text_of_any_bytes_is_stored(store: Store) -> None:
    job, document = begun(store)
    store.pages.save(document, job.id, job.fence, PageRecord(2, PageState.DONE, "a\0b\ud800c\U0001f600"))
    assert store.pages.texts(document)[1] == "ab\ufffdc\U0001f600"
