"""The servicer of documents."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing

from actors.store.nouns.archive import Document, DocumentId
from daemon.service.documents.downloads import Files, answers
from daemon.service.documents.edits import batch_of, fields_named
from daemon.service.documents.listing import Listing
from daemon.service.documents.parts import Requests
from daemon.service.documents.rereading import Rereading
from daemon.service.documents.suggesting import Suggestions
from daemon.service.documents.uploads import Uploads
from daemon.service.documents.zipping import zip_answers
from daemon.service.finding.finding import Finding, found_by
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.archive import document_id, document_message
from daemon.service.wire.suggestions import suggestions_message, tag_suggestion_message
from daemon.service.wire.values import expected_revision
from scriba.v1 import documents_pb2 as pb
from scriba.v1 import documents_pb2_grpc


class DocumentServicer(documents_pb2_grpc.DocumentServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive, nudges: Nudges) -> None:
        self._archive = archive
        self._nudges = nudges
        self._uploads = Uploads(archive, nudges)
        self._listing = Listing(archive)
        self._finding = Finding(archive)
        self._files = Files(archive)
        self._rereading = Rereading(archive, nudges)
        self._suggestions = Suggestions(archive)

    async def UploadDocument(self, request_iterator: Requests, context: object) -> pb.UploadDocumentResponse:
        return await self._uploads.receive(request_iterator)

    async def WriteUpload(self, request: pb.WriteUploadRequest, context: object) -> pb.WriteUploadResponse:
        return await self._uploads.write(request.start, request.chunk)

    async def GetUpload(self, request: pb.GetUploadRequest, context: object) -> pb.GetUploadResponse:
        return await self._uploads.progress(request.request_id)

    async def ListDocuments(self, request: pb.ListDocumentsRequest, context: object) -> pb.ListDocumentsResponse:
        return await self._listing.page(request)

    async def GetDocument(self, request: pb.GetDocumentRequest, context: object) -> pb.GetDocumentResponse:
        return pb.GetDocumentResponse(document=document_message(await self._get(request.id)))

    async def BatchGetDocuments(self, request: pb.BatchGetDocumentsRequest, context: object) -> pb.BatchGetDocumentsResponse:
        documents = await asyncio.to_thread(self._archive.store.documents.get_many, [document_id(text) for text in request.ids])
        return pb.BatchGetDocumentsResponse(documents=map(document_message, documents))

    async def UpdateDocument(self, request: pb.UpdateDocumentRequest, context: object) -> pb.UpdateDocumentResponse:
        (document,) = await self._update([request])
        return pb.UpdateDocumentResponse(document=document_message(document))

    async def BatchUpdateDocuments(self, request: pb.BatchUpdateDocumentsRequest, context: object) -> pb.BatchUpdateDocumentsResponse:
        documents = await self._update(request.requests)
        return pb.BatchUpdateDocumentsResponse(documents=map(document_message, documents))

    async def DeleteDocument(self, request: pb.DeleteDocumentRequest, context: object) -> pb.DeleteDocumentResponse:
        revision = expected_revision(request.etag)
        document = await asyncio.to_thread(self._archive.store.documents.delete, document_id(request.id), revision, self._archive.now())
        await self._indexed()
        return pb.DeleteDocumentResponse(document=document_message(document))

    async def BatchDeleteDocuments(self, request: pb.BatchDeleteDocumentsRequest, context: object) -> pb.BatchDeleteDocumentsResponse:
        ids = [document_id(text) for text in request.ids]
        documents = await asyncio.to_thread(self._archive.store.documents.delete_many, ids, self._archive.now())
        await self._indexed()
        return pb.BatchDeleteDocumentsResponse(documents=map(document_message, documents))

    async def UndeleteDocument(self, request: pb.UndeleteDocumentRequest, context: object) -> pb.UndeleteDocumentResponse:
        document = await asyncio.to_thread(self._archive.store.documents.undelete, document_id(request.id), self._archive.now())
        await self._indexed()
        return pb.UndeleteDocumentResponse(document=document_message(document))

    async def PurgeDocument(self, request: pb.PurgeDocumentRequest, context: object) -> pb.PurgeDocumentResponse:
        await asyncio.to_thread(self._archive.store.documents.purge, document_id(request.id), self._archive.discarded)
        await self._indexed()
        return pb.PurgeDocumentResponse()

    async def DownloadDocument(self, request: pb.DownloadDocumentRequest, context: object) -> AsyncIterator[pb.DownloadDocumentResponse]:
        served = await self._files.open(request, await self._get(request.id))
        async with aclosing(answers(served, request.offset, request.max_bytes)) as parts:
            async for part in parts:
                yield part

    async def DownloadZip(self, request: pb.DownloadZipRequest, context: object) -> AsyncIterator[pb.DownloadZipResponse]:
        async with aclosing(zip_answers(self._archive.store, await asyncio.to_thread(self._chosen, request), request.content)) as parts:
            async for part in parts:
                yield part

    async def ReprocessDocument(self, request: pb.ReprocessDocumentRequest, context: object) -> pb.ReprocessDocumentResponse:
        job_id = await self._rereading.reprocess(await self._get(request.id), request)
        return pb.ReprocessDocumentResponse(job_id=str(job_id))

    async def UnlockDocument(self, request: pb.UnlockDocumentRequest, context: object) -> pb.UnlockDocumentResponse:
        job_id = await self._rereading.unlock(await self._get(request.id), request.password)
        return pb.UnlockDocumentResponse(job_id=str(job_id))

    async def SuggestTags(self, request: pb.SuggestTagsRequest, context: object) -> pb.SuggestTagsResponse:
        suggestions = await asyncio.to_thread(self._suggestions.tags_of, document_id(request.id))
        return pb.SuggestTagsResponse(suggestions=map(tag_suggestion_message, suggestions))

    async def SuggestValues(self, request: pb.SuggestValuesRequest, context: object) -> pb.SuggestValuesResponse:
        return suggestions_message(await asyncio.to_thread(self._suggestions.of, document_id(request.id)))

    def _chosen(self, request: pb.DownloadZipRequest) -> list[DocumentId]:
        if bool(request.ids) == bool(request.query.strip()):
            raise InvalidRequest(Violation("ids", "name documents, or give a query, and not both"))
        ids = map(document_id, request.ids) if request.ids else found_by(self._finding, request.query, self._archive.now())
        return list(dict.fromkeys(ids))

    async def _get(self, text: str) -> Document:
        return await asyncio.to_thread(self._archive.store.documents.get, document_id(text))

    async def _update(self, requests: Sequence[pb.UpdateDocumentRequest]) -> Sequence[Document]:
        documents, validate_only = await asyncio.to_thread(self._changed, requests)
        if not validate_only:
            self._archive.edited()
            await self._indexed()
        return documents

    def _changed(self, requests: Sequence[pb.UpdateDocumentRequest]) -> tuple[Sequence[Document], bool]:
        names = fields_named(requests)
        updates, validate_only = batch_of(requests, self._archive.store.catalog.fields.by_name(sorted(names)) if names else {})
        return self._archive.store.documents.update_many(updates, self._archive.now(), validate_only), validate_only

    async def _indexed(self) -> None:
        """Let the index see a change before the user is told that it is made."""
        await self._nudges.give(self._archive.index.apply())
