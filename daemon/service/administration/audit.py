"""The servicer of the audit."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio
from collections.abc import AsyncIterator

from actors.store.nouns.audit import Act, AuditId, AuditNoun, Deed
from daemon.service.ports import Archive
from daemon.service.refusals import TokenMismatch
from daemon.service.wire.archive import document_id
from daemon.service.wire.audit import audit_filter, entry_message
from daemon.service.wire.page_tokens import page_token, position_of
from scriba.v1 import audit_pb2 as pb
from scriba.v1 import audit_pb2_grpc

PAGE_SIZE = 100
# A message may have 4 MiB, and an entry seldom has more than 1 KiB.
EXPORTED_AT_ONCE = 500


class AuditServicer(audit_pb2_grpc.AuditServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    async def ListAuditEntries(self, request: pb.ListAuditEntriesRequest, context: object) -> pb.ListAuditEntriesResponse:
        size, wanted = request.page_size or PAGE_SIZE, audit_filter(request.filter)
        found = await asyncio.to_thread(self._archive.store.audit.list, wanted, _before(request), size + 1)
        more = page_token([found[size - 1].id], request) if len(found) > size else ""
        return pb.ListAuditEntriesResponse(entries=map(entry_message, found[:size]), next_page_token=more)

    async def ListDocumentHistory(self, request: pb.ListDocumentHistoryRequest, context: object) -> pb.ListDocumentHistoryResponse:
        size, document = request.page_size or PAGE_SIZE, document_id(request.document_id)
        found, more = await asyncio.to_thread(self._archive.store.audit.history, document, _before(request), size)
        told = [entry_message(entry, whole=False) for entry in found]
        return pb.ListDocumentHistoryResponse(entries=told, next_page_token=page_token([more], request) if more else "")

    async def ExportAuditEntries(
        self, request: pb.ExportAuditEntriesRequest, context: object
    ) -> AsyncIterator[pb.ExportAuditEntriesResponse]:
        wanted, store, last = audit_filter(request.filter), self._archive.store, None
        await asyncio.to_thread(store.audit.note, Deed(Act.EXPORTED, AuditNoun.AUDIT))
        while found := await asyncio.to_thread(store.audit.list, wanted, last, EXPORTED_AT_ONCE):
            yield pb.ExportAuditEntriesResponse(entries=map(entry_message, found))
            last = found[-1].id


def _before(request: pb.ListAuditEntriesRequest | pb.ListDocumentHistoryRequest) -> AuditId | None:
    if not request.page_token:
        return None
    match position_of("page_token", request.page_token, request):
        case [int(last)]:
            return AuditId(last)
        case _:
            raise TokenMismatch("page_token")
