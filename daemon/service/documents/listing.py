"""Pages of the archive or of the trash."""

import asyncio

from actors.index.messages import SearchRequest
from actors.store.nouns.archive import Cursor, Document, DocumentId, DocumentOrder, SortField
from actors.store.rows.ordering import cursor_of, is_place
from daemon.service.finding.finding import Finding, found_after, found_order
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, TokenMismatch, Violation
from daemon.service.wire.archive import document_message
from daemon.service.wire.page_tokens import page_token, position_of
from scriba.v1 import documents_pb2

PAGE_SIZE = 50
DEFAULT_ORDER = "added_time desc"


class Listing:
    """Lists documents from the database and, with a filter, through the index."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._finding = Finding(archive)

    async def page(self, request: documents_pb2.ListDocumentsRequest) -> documents_pb2.ListDocumentsResponse:
        """Answer one page; raises InvalidRequest for an unknown order and TokenMismatch for another query's token."""
        return await asyncio.to_thread(self._found if request.filter.strip() else self._stored, request)

    def _stored(self, request: documents_pb2.ListDocumentsRequest) -> documents_pb2.ListDocumentsResponse:
        order, size = order_of(request.order_by), request.page_size or PAGE_SIZE
        store = self._archive.store.documents
        documents = store.list(order, _after(request, order), size + 1, request.show_deleted, request.skip)
        return documents_pb2.ListDocumentsResponse(
            documents=map(document_message, documents[:size]),
            next_page_token=_token(documents[size - 1], order, request) if len(documents) > size else "",
            total_size=store.count(request.show_deleted),
        )

    def _found(self, request: documents_pb2.ListDocumentsRequest) -> documents_pb2.ListDocumentsResponse:
        if request.show_deleted:
            raise InvalidRequest(Violation("filter", "the trash cannot be filtered"))
        asked = SearchRequest(
            query=request.filter,
            now=self._archive.now(),
            limit=request.page_size or PAGE_SIZE,
            after=found_after(request),
            order=found_order(request.order_by, DEFAULT_ORDER),
            highlight=False,
            skip=request.skip,
        )
        answer = self._finding.search("filter", asked)
        return documents_pb2.ListDocumentsResponse(
            documents=[document_message(document) for _, document in self._finding.documents(answer.hits)],
            next_page_token=page_token([answer.next_after], request) if answer.next_after else "",
            total_size=answer.total,
        )


def order_of(text: str) -> DocumentOrder:
    """Read an `order_by`; raises InvalidRequest with the orders that there are."""
    field, _, direction = (text or DEFAULT_ORDER).partition(" ")
    if field not in frozenset(SortField) or direction not in ("", "desc"):
        known = ", ".join(SortField)
        raise InvalidRequest(Violation("order_by", f"'{text}' is no order; there are {known}, each also with ' desc'"))
    return DocumentOrder(SortField(field), direction == "desc")


def _token(last: Document, order: DocumentOrder, request: documents_pb2.ListDocumentsRequest) -> str:
    cursor = cursor_of(last, order)
    return page_token([cursor.key, cursor.id], request)


def _after(request: documents_pb2.ListDocumentsRequest, order: DocumentOrder) -> Cursor | None:
    if not request.page_token:
        return None
    match position_of("page_token", request.page_token, request):
        case [str(key), int(last)] if is_place(cursor := Cursor(key, DocumentId(last)), order):
            return cursor
        case _:
            raise TokenMismatch("page_token")
