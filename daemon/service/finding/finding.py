"""From a query to documents: the index finds, the database tells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from actors.index.errors import QueryError
from actors.index.messages import Hit, Order, OrderField, SearchAnswer, SearchRequest
from actors.store.errors import DocumentNotFound
from actors.store.nouns.archive import Document, DocumentId
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, QueryRefused, TokenMismatch, Violation
from daemon.service.wire.page_tokens import position_of
from scriba.v1 import documents_pb2, search_pb2

FOUND_AT_ONCE = 1_000
ORDER_FIELDS = {
    "added_time": OrderField.ADDED,
    "created_date": OrderField.CREATED,
    "title": OrderField.TITLE,
    "archive_serial_number": OrderField.ASN,
    "page_count": OrderField.PAGES,
    "size_bytes": OrderField.SIZE,
}


def found_order(text: str, default: str) -> Order:
    """Read an `order_by` of finds; raises InvalidRequest with the orders that there are."""
    field, _, direction = (text or default).partition(" ")
    if field == "relevance" and not direction:
        return Order()
    if field not in ORDER_FIELDS or direction not in ("", "desc"):
        known = ", ".join(ORDER_FIELDS)
        raise InvalidRequest(Violation("order_by", f"'{text}' is no order here; there are relevance and, each also with ' desc', {known}"))
    return Order(ORDER_FIELDS[field], direction == "desc")


def found_after(request: documents_pb2.ListDocumentsRequest | search_pb2.SearchDocumentsRequest) -> str:
    """Open the page token of finds; '' on the first page."""
    if not request.page_token:
        return ""
    match position_of("page_token", request.page_token, request):
        case [str(after)]:
            return after
        case _:
            raise TokenMismatch("page_token")


class Finding:
    """Asks the index, and fetches the documents behind its finds; both may wait for files, so it works in threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def search(self, field: str, request: SearchRequest) -> SearchAnswer:
        """Ask the index; raises QueryRefused with the field of the RPC that holds the query."""
        try:
            return self._archive.searcher.search(replace(request, sight=self._archive.sight))
        except QueryError as error:
            raise QueryRefused(field, error.column, error.expected, str(error)) from None

    def documents(self, hits: Sequence[Hit]) -> list[tuple[Hit, Document]]:
        """Give the documents of finds, without those that were deleted since the index saw them."""
        wanted = list(hits)
        while True:
            try:
                documents = self._archive.store.documents.get_many([hit.document_id for hit in wanted])
            except DocumentNotFound as purged:
                wanted = [hit for hit in wanted if hit.document_id != purged.document_id]
            else:
                return [(hit, document) for hit, document in zip(wanted, documents, strict=True) if document.delete_time is None]


def found_by(finding: Finding, query: str, now: datetime) -> Iterator[DocumentId]:
    """Name all documents that a query finds, newest first; raises QueryRefused."""
    after = ""
    while True:
        asked = SearchRequest(query, now, FOUND_AT_ONCE, after, Order(OrderField.ADDED, descending=True), highlight=False)
        answer = finding.search("query", asked)
        yield from (hit.document_id for hit in answer.hits)
        if not (after := answer.next_after):
            return
