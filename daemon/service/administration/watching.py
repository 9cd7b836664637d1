"""Following jobs over broken connections: the snapshot, the changes after it, and the tokens to go on with."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import aclosing
from operator import attrgetter
from typing import Protocol

from actors.store.errors import JobNotFound
from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.jobs import Job, JobState
from daemon.service.administration.feed import JobChanges, JobFeed
from daemon.service.refusals import TokenMismatch
from daemon.service.wire.archive import job_id, job_message
from daemon.service.wire.page_tokens import page_token, position_of
from scriba.v1 import admin_pb2

NOT_ENDED = (JobState.QUEUED, JobState.RUNNING, JobState.RETRYING)
_BATCH = 500


class WatchedJobs(JobChanges, Protocol):
    """What a watch reads: the store's jobs."""

    def list(self, states: Collection[JobState], document_id: DocumentId | None, after: JobId | None, limit: int) -> Sequence[Job]:
        """List jobs, newest first, beginning after one."""

    def get(self, job_id: JobId) -> Job:
        """Give one job; raises JobNotFound."""


class Watching:
    """Tells a watcher every change once more than needed rather than once too few.

    `seen` gives the jobs that the caller may know of; who `sees_all` is not asked about each.
    """

    def __init__(self, seen: Callable[[], WatchedJobs], feed: JobFeed, sees_all: Callable[[], bool] = lambda: False) -> None:
        self._seen = seen
        self._sees_all = sees_all
        self._feed = feed

    async def answers(self, request: admin_pb2.WatchJobsRequest) -> AsyncGenerator[admin_pb2.WatchJobsResponse, None]:
        """Give what changed since the token or, without one, the jobs as they stand; then each change as it happens."""
        wanted = frozenset(job_id(text) for text in request.job_ids)
        latest = await asyncio.to_thread(self._seen().last_change)
        change = self._resumed(request, latest) if request.resume_token else latest
        if not request.resume_token:
            for job in await asyncio.to_thread(self._snapshot, wanted):
                # Whoever breaks off here begins before the snapshot again, since what ended meanwhile is not in it.
                yield _answer(job, min(job.change, latest), request)
        everything = self._sees_all()
        async with aclosing(self._feed.since(change)) as jobs:
            async for job in jobs:
                if (not wanted or job.id in wanted) and (everything or await asyncio.to_thread(self._is_seen, job.id)):
                    yield _answer(job, job.change, request)

    def _is_seen(self, job: JobId) -> bool:
        """Tell whether the watcher may know of a job: the feed tells all of them."""
        try:
            self._seen().get(job)
        except JobNotFound:
            return False
        return True

    def _resumed(self, request: admin_pb2.WatchJobsRequest, latest: int) -> int:
        """Open the token; one from beyond the last change was given before the archive was restored from a backup."""
        match position_of("resume_token", request.resume_token, request):
            case [int(change)] if change <= latest:
                return change
            case _:
                raise TokenMismatch("resume_token")

    def _snapshot(self, wanted: Collection[JobId]) -> Sequence[Job]:
        """List the jobs that are not ended, the oldest change first; of those asked for by id, the ended ones too."""
        jobs = [self._seen().get(one) for one in wanted] if wanted else self._open()
        return sorted(jobs, key=attrgetter("change"))

    def _open(self) -> Sequence[Job]:
        jobs: list[Job] = []
        while batch := self._seen().list(NOT_ENDED, None, jobs[-1].id if jobs else None, _BATCH):
            jobs.extend(batch)
        return jobs


def _answer(job: Job, change: int, request: admin_pb2.WatchJobsRequest) -> admin_pb2.WatchJobsResponse:
    return admin_pb2.WatchJobsResponse(job=job_message(job), resume_token=page_token([change], request))
