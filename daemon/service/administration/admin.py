"""The servicer of the archive's own affairs."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import aclosing

from actors.checkup.messages import CheckOrder
from actors.store.jobs.jobs import Jobs
from actors.store.nouns.archive import JobId
from actors.store.nouns.audit import Act, AuditNoun, Deed
from actors.store.nouns.jobs import JobKind
from daemon.service.administration.checking import told
from daemon.service.administration.feed import JobFeed
from daemon.service.administration.watching import Watching
from daemon.service.callers import caller
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.refusals import TokenMismatch
from daemon.service.wire.archive import check_subjects, document_id, job_id, job_message, job_state, node_message, statistics_message
from daemon.service.wire.figures import attention_message, growth_asked, growth_message
from daemon.service.wire.page_tokens import page_token, position_of
from daemon.service.wire.tasks import task_message
from scriba.v1 import admin_pb2 as pb
from scriba.v1 import admin_pb2_grpc

PAGE_SIZE = 50


class AdminServicer(admin_pb2_grpc.AdminServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive, nudges: Nudges, feed: JobFeed) -> None:
        self._archive = archive
        self._nudges = nudges
        self._watching = Watching(lambda: archive.store.jobs, feed, lambda: caller().viewer.everything)

    async def ListJobs(self, request: pb.ListJobsRequest, context: object) -> pb.ListJobsResponse:
        states = frozenset(job_state(value) for value in request.states)
        document = document_id(request.document_id) if request.document_id else None
        size = request.page_size or PAGE_SIZE
        jobs = await asyncio.to_thread(self._jobs.list, states, document, _after(request), size + 1)
        token = page_token([jobs[size - 1].id], request) if len(jobs) > size else ""
        return pb.ListJobsResponse(jobs=map(job_message, jobs[:size]), next_page_token=token)

    async def GetJob(self, request: pb.GetJobRequest, context: object) -> pb.GetJobResponse:
        return pb.GetJobResponse(job=job_message(await asyncio.to_thread(self._jobs.get, job_id(request.id))))

    async def RetryJob(self, request: pb.RetryJobRequest, context: object) -> pb.RetryJobResponse:
        job = await asyncio.to_thread(self._jobs.retry, job_id(request.id), self._archive.now())
        await self._nudges.give(self._archive.pipeline.wake())
        return pb.RetryJobResponse(job=job_message(job))

    async def CancelJob(self, request: pb.CancelJobRequest, context: object) -> pb.CancelJobResponse:
        job = await asyncio.to_thread(self._jobs.cancel, job_id(request.id), self._archive.now())
        await self._nudges.give(self._archive.pipeline.cancel(job.id))
        return pb.CancelJobResponse(job=job_message(job))

    async def WatchJobs(self, request: pb.WatchJobsRequest, context: object) -> AsyncIterator[pb.WatchJobsResponse]:
        async with aclosing(self._watching.answers(request)) as answers:
            async for answer in answers:
                yield answer

    async def ListNodes(self, request: pb.ListNodesRequest, context: object) -> pb.ListNodesResponse:
        nodes = await self._archive.nodes()
        read = {reading.document_id for node in nodes for reading in node.reading}
        seen = await asyncio.to_thread(self._archive.store.documents.seen_of, read)
        return pb.ListNodesResponse(nodes=[node_message(node, seen) for node in nodes])

    async def GetStatistics(self, request: pb.GetStatisticsRequest, context: object) -> pb.GetStatisticsResponse:
        told = statistics_message(await asyncio.to_thread(self._archive.store.statistics))
        if request.characters:
            told.characters = await asyncio.to_thread(self._archive.store.characters)
        return told

    async def GetGrowth(self, request: pb.GetGrowthRequest, context: object) -> pb.GetGrowthResponse:
        asked = growth_asked(request, self._archive.now())
        return growth_message(await asyncio.to_thread(self._archive.store.figures.growth, asked), asked.starts)

    async def GetAttention(self, request: pb.GetAttentionRequest, context: object) -> pb.GetAttentionResponse:
        found = await asyncio.to_thread(self._archive.store.figures.attention, self._archive.now().date())
        if not caller().viewer.everything:  # whoever watched the room shrink would learn of what others bring
            return attention_message(found, None, None)
        disk = await asyncio.to_thread(shutil.disk_usage, self._archive.whole.data.root)
        return attention_message(found, disk.free, disk.total)

    async def ListTasks(self, request: pb.ListTasksRequest, context: object) -> pb.ListTasksResponse:
        tasks = await asyncio.to_thread(self._archive.store.tasks.all)
        return pb.ListTasksResponse(tasks=[task_message(task, self._archive.now()) for task in tasks])

    async def GetServerInfo(self, request: pb.GetServerInfoRequest, context: object) -> pb.GetServerInfoResponse:
        facts, health = self._archive.facts, self._archive.health()
        return pb.GetServerInfoResponse(
            version=facts.version,
            api_version=facts.api_version,
            ocr_languages=facts.ocr_languages,
            ocr_engine=facts.ocr_engine,
            max_upload_bytes=facts.max_upload_bytes,
            accepting=health.accepting,
            problem=health.problem,
        )

    async def RebuildIndex(self, request: pb.RebuildIndexRequest, context: object) -> pb.RebuildIndexResponse:
        now, label = self._archive.now(), "Rebuild the search index"
        queued = await asyncio.to_thread(self._jobs.enqueue, None, JobKind.REBUILD_INDEX, label, {}, now)
        await self._nudges.give(self._archive.pipeline.wake())
        return pb.RebuildIndexResponse(job_id=str(queued))

    async def CheckArchive(self, request: pb.CheckArchiveRequest, context: object) -> AsyncIterator[pb.CheckArchiveResponse]:
        order = CheckOrder(subjects=check_subjects(request.subjects))
        async with aclosing(told(self._archive.checks, order, pb.CheckArchiveResponse)) as answers:
            async for answer in answers:
                yield answer

    async def RepairArchive(self, request: pb.RepairArchiveRequest, context: object) -> AsyncIterator[pb.RepairArchiveResponse]:
        order = CheckOrder(repair=True, subjects=check_subjects(request.subjects))
        await asyncio.to_thread(self._archive.signed.audit.note, Deed(Act.ORDERED, AuditNoun.ARCHIVE, name="repair"))
        async with aclosing(told(self._archive.checks, order, pb.RepairArchiveResponse)) as answers:
            async for answer in answers:
                yield answer

    @property
    def _jobs(self) -> Jobs:
        return self._archive.store.jobs


def _after(request: pb.ListJobsRequest) -> JobId | None:
    if not request.page_token:
        return None
    match position_of("page_token", request.page_token, request):
        case [int(last)]:
            return JobId(last)
        case _:
            raise TokenMismatch("page_token")
