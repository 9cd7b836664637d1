"""What is asked of pages: checked against the documents as they are, and queued."""

from collections.abc import Callable
from dataclasses import replace

from actors.intake.names import shown_text
from actors.ocr.mime_types import WORDS, kind_of_type
from actors.paging.plans import Source, Wish, edit, join, split
from actors.store.nouns.archive import Document, JobId
from actors.store.nouns.page_orders import Outcome, PageOrder
from actors.store.versions.errors import InTrash, VersionOutdated
from daemon.service.documents.request_ids import own_digest
from daemon.service.ports import Archive
from daemon.service.wire.archive import document_id
from daemon.service.wire.versions import turned_pages
from scriba.v1 import versions_pb2 as pb


class PageRequests:
    """Makes orders of requests; it waits for the database, so it works in threads.

    Every call raises PagesRefused, PagesLocked, InTrash, JobActive or DocumentNotFound for what cannot be done.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def edit(self, request: pb.EditPagesRequest) -> JobId:
        """Queue a version of exactly the pages that are named; raises VersionOutdated."""
        return self._once(request.request_id, lambda: self._edit(request))

    def merge(self, request: pb.MergeDocumentsRequest) -> JobId:
        """Queue a document, or a version, of the pages of several."""
        return self._once(request.request_id, lambda: self._merge(request))

    def split(self, request: pb.SplitDocumentRequest) -> JobId:
        """Queue a document of each group of pages."""
        return self._once(request.request_id, lambda: self._split(request))

    def _once(self, request_id: str, ordered: Callable[[], tuple[PageOrder, str]]) -> JobId:
        """Answer a request that has come before as then, whatever the documents are by now."""
        own = own_digest(request_id)
        known = self._archive.store.page_orders.asked_before(own)
        if known is not None:
            return known
        order, label = ordered()
        return self._archive.store.page_orders.start(own, order, label, self._archive.now())

    def _edit(self, request: pb.EditPagesRequest) -> tuple[PageOrder, str]:
        document = self._document(request.document_id)
        if request.version and request.version != document.version:
            raise VersionOutdated(document.id, request.version, document.version)
        order = edit(source_of(document), turned_pages(request.pages))
        return replace(order, label=shown_text(request.label) or order.label), f"edit pages: {name_of(document)}"

    def _merge(self, request: pb.MergeDocumentsRequest) -> tuple[PageOrder, str]:
        documents = [self._document(source.document_id) for source in request.sources]
        wishes = [
            Wish(source_of(document), turned_pages(source.pages)) for document, source in zip(documents, request.sources, strict=True)
        ]
        subject = document_id(request.subject_id) if request.subject_id else documents[0].id
        outcome = Outcome.VERSION if request.as_version else Outcome.DOCUMENTS
        order = join(wishes, subject, outcome, request.delete_sources)
        name = next(name_of(document) for document in documents if document.id == subject)
        return order, f"merge {len(documents)} documents: {name}"

    def _split(self, request: pb.SplitDocumentRequest) -> tuple[PageOrder, str]:
        document = self._document(request.document_id)
        order = split(source_of(document), [turned_pages(part.pages) for part in request.parts], request.delete_source)
        return order, f"split: {name_of(document)}"

    def _document(self, text: str) -> Document:
        document = self._archive.store.documents.get(document_id(text))
        if document.delete_time is not None:
            raise InTrash(document.id)
        return document


def source_of(document: Document) -> Source:
    """Say what must be known of a document whose pages are asked for."""
    is_text = kind_of_type(document.mime_type) in WORDS
    return Source(document.id, document.version, document.page_count, document.encrypted, document.signed, is_text)


def name_of(document: Document) -> str:
    """Name a document for a person."""
    return document.title or document.original_filename
