"""Page orders: one job for a request, ended together with what it has made, or not at all."""

import pytest

from actors.store.errors import JobNotFound, OriginalMissing, StaleFence
from actors.store.nouns.access import Viewer
from actors.store.nouns.archive import DocumentId, DocumentOrder, DocumentState, DocumentWarning, JobId
from actors.store.nouns.identity import Role, UserFacts
from actors.store.nouns.jobs import Job, JobKind, JobState
from actors.store.nouns.page_orders import Outcome, PageOrder, Piece, TurnedPage
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.nouns.versions import StoredFile, VersionFacts
from actors.store.store import Store
from actors.store.versions.errors import FileIsThere, InTrash, VersionOutdated
from tests.store.access.bringing import brought
from tests.store.making import at, deliver, new_document, staged

FACTS = VersionFacts("application/pdf", "scan.pdf", 2, "in another order")


def notice(made: object) -> DocumentWarning:
    return DocumentWarning("SPLIT", f"split into {made}")


def order_of(document: DocumentId, *numbers: int, version: int = 1, outcome: Outcome = Outcome.VERSION, discard: bool = False) -> PageOrder:
    pages = tuple(TurnedPage(number, 90 if number == 1 else 0) for number in numbers)
    return PageOrder(outcome, document, ((Piece(document, version, pages),),), "label", discard)


@pytest.fixture
def document(store: Store) -> DocumentId:
    """A document of three pages that is ready."""
    made = deliver(store, "one", tags=("kept",)).document_id
    (job,) = store.jobs.lease("worker", 9, at(0))
    store.pages.begin(made, job.id, job.fence, [(number, "", True) for number in (1, 2, 3)])
    for number in (1, 2, 3):
        store.pages.save(made, job.id, job.fence, PageRecord(number, PageState.DONE, f"text {number}", words=b"words", barcodes_read=True))
    store.documents.set_inspection(made, job.fence, 3, encrypted=False, signed=False, warnings=(), now=at(0))
    store.documents.set_result(made, job.fence, DocumentState.READY, "en", (), False, at(0))
    store.jobs.succeed(job.id, job.fence, at(0))
    return made


def begun(store: Store, order: PageOrder, request: str = "request") -> Job:
    store.page_orders.start(request, order, "pages", at(1))
    (job,) = store.jobs.lease("worker", 9, at(2))
    return job


def stored(store: Store, content: bytes) -> StoredFile:
    return store.originals.take(staged(store, content), ".pdf")


def test_the_same_request_is_the_same_job_whatever_became_of_it(store: Store, document: DocumentId) -> None:
    order = order_of(document, 3, 1)
    job = begun(store, order)
    assert (job.kind, job.document_id, job.label, job.pages_total) == (JobKind.PAGES, None, "pages", 1)
    assert store.page_orders.start("request", order, "pages", at(3)) == job.id
    assert (store.page_orders.asked_before("request"), store.page_orders.asked_before("another")) == (job.id, None)
    store.page_orders.end_with_version(job, stored(store, b"two"), FACTS, notice, at(4))
    assert store.page_orders.start("request", order, "pages", at(5)) == job.id
    assert store.page_orders.get(job.id).order == order
    with pytest.raises(JobNotFound):
        store.page_orders.get(JobId(77))


def test_a_version_comes_with_the_end_of_its_job_and_texts_move_with_their_pages(store: Store, document: DocumentId) -> None:
    job = begun(store, order_of(document, 3, 1))
    store.page_orders.end_with_version(job, stored(store, b"two"), FACTS, notice, at(4))
    assert store.jobs.get(job.id).state is JobState.SUCCEEDED
    result = store.page_orders.get(job.id)
    assert (result.documents, len(result.reading), store.documents.get(document).version) == ((document,), 1, 2)
    pages = store.pages.records(document)
    assert [(page.number, page.state, page.text, page.words, page.barcodes_read) for page in pages] == [
        (1, PageState.PENDING, "text 3", b"words", False),
        (2, PageState.PENDING, "text 1", b"", False),
    ]
    with pytest.raises(StaleFence):
        store.page_orders.end_with_version(job, stored(store, b"three"), FACTS, notice, at(5))
    assert store.documents.get(document).version == 2


def test_documents_come_with_the_end_of_their_job(store: Store, document: DocumentId) -> None:
    job = begun(store, order_of(document, 2, outcome=Outcome.DOCUMENTS, discard=True))
    stored(store, b"part")
    store.page_orders.end_with_documents(job, [new_document(b"part", "Part")], notice, at(4))
    (made,) = store.page_orders.get(job.id).documents
    new, old = store.documents.get(made), store.documents.get(document)
    assert (new.title, new.tags, new.page_count, store.pages.texts(made)) == ("Part", ("kept",), 1, ["text 2"])
    assert (old.delete_time, old.warnings) == (at(4), (DocumentWarning("SPLIT", f"split into [{made}]"),))


def test_a_document_of_pages_of_several_is_for_those_who_may_see_them_all(store: Store, document: DocumentId) -> None:
    anna, bert = (store.users.create(UserFacts(name, Role.EDITOR), at(0)).id for name in ("anna", "bert"))
    hers = brought(store, "hers", anna)
    (job,) = store.jobs.lease("worker", 9, at(0))
    store.pages.begin(hers, job.id, job.fence, [(1, "text", False)])
    store.documents.set_inspection(hers, job.fence, 1, encrypted=False, signed=False, warnings=(), now=at(0))
    store.documents.set_result(hers, job.fence, DocumentState.READY, "en", (), False, at(0))
    store.jobs.succeed(job.id, job.fence, at(0))
    pieces = tuple(Piece(one, 1, (TurnedPage(1, 0),)) for one in (document, hers))
    held = begun(store, PageOrder(Outcome.DOCUMENTS, document, (pieces,), "label", discard=False))
    new = new_document(b"both")
    store.originals.put(staged(store, b"both"), new.sha256, ".pdf")
    store.page_orders.end_with_documents(held, [new], notice, at(3))
    (made,) = store.page_orders.get(held.id).documents
    seen = [
        made in {one.id for one in store.seen_by(Viewer(user)).documents.list(DocumentOrder(), None, 9, deleted=False)}
        for user in (anna, bert)
    ]
    assert (store.documents.get(made).owner, seen) == (anna, [True, False])


def test_what_fails_at_the_end_leaves_all_as_it_was(store: Store, document: DocumentId) -> None:
    other = deliver(store, "other").document_id
    store.jobs.cancel(store.jobs.list((), other, None, 1)[0].id, at(0))
    job = begun(store, order_of(document, 2, outcome=Outcome.DOCUMENTS, discard=True))
    with pytest.raises(OriginalMissing):
        store.page_orders.end_with_documents(job, [new_document(b"part")], notice, at(4))
    with pytest.raises(FileIsThere):
        store.page_orders.end_with_documents(job, [new_document(b"other")], notice, at(4))
    store.documents.delete(document, None, at(4))
    with pytest.raises(InTrash):
        store.page_orders.end_with_documents(job, [new_document(b"part")], notice, at(5))
    assert (store.jobs.get(job.id).state, store.page_orders.get(job.id).documents) == (JobState.RUNNING, ())
    assert store.documents.count(deleted=False) == 1


def test_an_order_for_a_version_that_is_not_the_newest_is_refused(store: Store, document: DocumentId) -> None:
    with pytest.raises(VersionOutdated):
        store.page_orders.start("request", order_of(document, 1, version=2), "pages", at(1))
    assert store.page_orders.asked_before("request") is None
