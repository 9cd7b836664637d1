"""Pages of the archive or of the trash."""

import asyncio

from actors.store.ordering import cursor_of
from actors.store.types import Cursor, Document, DocumentId, DocumentOrder, SortField
from daemon.service.conversions import document_message
from daemon.service.page_tokens import page_token, position_of
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, TokenMismatch, Violation
from scriba.v1 import documents_pb2

PAGE_SIZE = 50


class Listing:
    """Lists documents from the database and, with a filter, through the index."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    async def page(self, request: documents_pb2.ListDocumentsRequest) -> documents_pb2.ListDocumentsResponse:
        """Answer one page; raises InvalidRequest for an unknown order and TokenMismatch for another query's token."""
        return await self._stored(request)

    async def _stored(self, request: documents_pb2.ListDocumentsRequest) -> documents_pb2.ListDocumentsResponse:
        order, size = order_of(request.order_by), request.page_size or PAGE_SIZE
        store = self._archive.store.documents
        documents = await asyncio.to_thread(store.list, order, _after(request), size + 1, request.show_deleted)
        token = _token(documents[size - 1], order, request) if len(documents) > size else ""
        return documents_pb2.ListDocumentsResponse(
            documents=map(document_message, documents[:size]),
            next_page_token=token,
            total_size=await asyncio.to_thread(store.count, request.show_deleted),
        )


def order_of(text: str) -> DocumentOrder:
    """Read an `order_by`; raises InvalidRequest with the orders that there are."""
    field, _, direction = (text or "added_time desc").partition(" ")
    if field not in frozenset(SortField) or direction not in ("", "desc"):
        known = ", ".join(SortField)
        raise InvalidRequest(Violation("order_by", f"'{text}' is no order; there are {known}, each also with ' desc'"))
    return DocumentOrder(SortField(field), direction == "desc")


def _token(last: Document, order: DocumentOrder, request: documents_pb2.ListDocumentsRequest) -> str:
    cursor = cursor_of(last, order)
    return page_token([cursor.key, cursor.id], request)


def _after(request: documents_pb2.ListDocumentsRequest) -> Cursor | None:
    if not request.page_token:
        return None
    match position_of("page_token", request.page_token, request):
        case [str(key), int(last)]:
            return Cursor(key, DocumentId(last))
        case _:
            raise TokenMismatch("page_token")
