"""The servicer of versions, and of orders that make them of pages."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from actors.intake.names import shown_text
from actors.store.nouns.archive import DocumentId, JobId
from daemon.service.documents.page_requests import PageRequests
from daemon.service.documents.rereading import AT_WORK
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.archive import document_id, job_id
from daemon.service.wire.masks import paths_of
from daemon.service.wire.versions import page_order_message, version_message
from scriba.v1 import versions_pb2 as pb
from scriba.v1 import versions_pb2_grpc

LONGEST_LABEL = 512


class VersionServicer(versions_pb2_grpc.VersionServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive, nudges: Nudges) -> None:
        self._archive = archive
        self._requests = PageRequests(archive)
        self._nudges = nudges

    async def EditPages(self, request: pb.EditPagesRequest, context: object) -> pb.EditPagesResponse:
        return pb.EditPagesResponse(job_id=await self._queued(await asyncio.to_thread(self._requests.edit, request)))

    async def MergeDocuments(self, request: pb.MergeDocumentsRequest, context: object) -> pb.MergeDocumentsResponse:
        return pb.MergeDocumentsResponse(job_id=await self._queued(await asyncio.to_thread(self._requests.merge, request)))

    async def SplitDocument(self, request: pb.SplitDocumentRequest, context: object) -> pb.SplitDocumentResponse:
        return pb.SplitDocumentResponse(job_id=await self._queued(await asyncio.to_thread(self._requests.split, request)))

    async def GetPageOrder(self, request: pb.GetPageOrderRequest, context: object) -> pb.GetPageOrderResponse:
        return page_order_message(await asyncio.to_thread(self._archive.store.page_orders.get, job_id(request.job_id)))

    async def ListVersions(self, request: pb.ListVersionsRequest, context: object) -> pb.ListVersionsResponse:
        versions = await asyncio.to_thread(self._archive.store.versions.list, document_id(request.document_id))
        return pb.ListVersionsResponse(versions=map(version_message, versions))

    async def UpdateVersion(self, request: pb.UpdateVersionRequest, context: object) -> pb.UpdateVersionResponse:
        paths_of(request.update_mask, ("label",))
        wanted, label = request.version, shown_text(request.version.label)
        if len(label) > LONGEST_LABEL:
            raise InvalidRequest(Violation("version.label", f"must have at most {LONGEST_LABEL} characters"))
        version = await asyncio.to_thread(
            self._archive.store.versions.label, document_id(wanted.document_id), wanted.number, label, self._archive.now()
        )
        return pb.UpdateVersionResponse(version=version_message(version))

    async def DeleteVersion(self, request: pb.DeleteVersionRequest, context: object) -> pb.DeleteVersionResponse:
        document = document_id(request.document_id)
        version = await asyncio.to_thread(self._archive.store.versions.delete, document, request.number, self._archive.now())
        reading = await asyncio.to_thread(self._reading, document)
        await self._nudges.give(self._archive.index.apply())
        if reading:
            await self._nudges.give(self._archive.pipeline.wake())
        return pb.DeleteVersionResponse(version=version_message(version), job_id=reading)

    def _reading(self, document: DocumentId) -> str:
        return "".join(str(job.id) for job in self._archive.store.jobs.list(AT_WORK, document, None, 1))

    async def _queued(self, job: JobId) -> str:
        await self._nudges.give(self._archive.pipeline.wake())
        return str(job)
