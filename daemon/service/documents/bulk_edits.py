"""The servicer of bulk edits."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from daemon.service.documents.bulk_requests import BulkRequests
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.wire.archive import job_id
from scriba.v1 import bulk_edits_pb2 as pb
from scriba.v1 import bulk_edits_pb2_grpc

MOST_FAILURES = 1_000


class BulkEditServicer(bulk_edits_pb2_grpc.BulkEditServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive, nudges: Nudges) -> None:
        self._archive = archive
        self._requests = BulkRequests(archive)
        self._nudges = nudges

    async def StartBulkEdit(self, request: pb.StartBulkEditRequest, context: object) -> pb.StartBulkEditResponse:
        answer = await asyncio.to_thread(self._requests.start, request)
        await self._nudges.give(self._archive.pipeline.wake())
        return answer

    async def GetBulkEdit(self, request: pb.GetBulkEditRequest, context: object) -> pb.GetBulkEditResponse:
        edit = await asyncio.to_thread(self._archive.store.bulk_edits.get, job_id(request.job_id), MOST_FAILURES)
        failures = [pb.BulkEditFailure(document_id=str(each.document_id), message=each.reason) for each in edit.failures]
        return pb.GetBulkEditResponse(
            bulk_edit=pb.BulkEdit(
                job_id=str(edit.job_id),
                document_count=edit.documents,
                changed_count=edit.changed,
                failed_count=edit.failed,
                failures=failures,
                undone_job_id=str(edit.undoes or ""),
            )
        )

    async def UndoBulkEdit(self, request: pb.UndoBulkEditRequest, context: object) -> pb.UndoBulkEditResponse:
        undoing, count = await asyncio.to_thread(self._archive.store.bulk_edits.undo, job_id(request.job_id), self._archive.now())
        await self._nudges.give(self._archive.pipeline.wake())
        return pb.UndoBulkEditResponse(job_id=str(undoing), document_count=count)
