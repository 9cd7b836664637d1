"""Documents that people have filed."""

from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.store import Store
from tests.store.making import START, deliver


def read(store: Store, title: str, *pages: str, tags: tuple[str, ...] = ("tax",)) -> DocumentId:
    """Take in a document and read it."""
    accepted = deliver(store, title, tags=tags)
    (job,) = store.jobs.lease("worker", 1, START)
    store.pages.begin(accepted.document_id, job.id, job.fence, [(number, text, False) for number, text in enumerate(pages, 1)])
    store.documents.set_result(accepted.document_id, job.fence, DocumentState.READY, "en", [], has_archive=False, now=START)
    store.jobs.succeed(job.id, job.fence, START)
    return accepted.document_id
