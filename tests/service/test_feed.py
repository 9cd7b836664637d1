"""The feed behind WatchJobs: in order, without a gap, at any pace, and never silent when the database is away."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field, replace

import pytest

from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.jobs import Job, JobKind, JobState
from daemon.service.administration.feed import JobFeed
from daemon.service.administration.watching import Watching
from daemon.service.refusals import ShuttingDown
from scriba.v1.admin_pb2 import WatchJobsRequest
from tests.service.house import NOW

JOB = Job(JobId(0), None, JobKind.DOCUMENT, JobState.QUEUED, "", 0, 0, "", 0, 0, "", {}, 0, NOW, NOW, NOW, None, None, None)


@dataclass
class Changes:
    """Jobs in memory that keep the store's promise: a write gives the next change number, and only the last change of a job stays."""

    jobs: dict[JobId, Job] = field(default_factory=dict)
    last: int = 0
    away: bool = False
    looks: int = 0

    def write(self, *numbers: int) -> None:
        for number in numbers:
            self.last += 1
            self.jobs[JobId(number)] = replace(JOB, id=JobId(number), change=self.last)

    def changed_since(self, change: int, limit: int) -> Sequence[Job]:
        self.looks += 1
        if self.away:
            raise StoreUnavailable("the database is away")
        return sorted((job for job in self.jobs.values() if job.change > change), key=lambda job: job.change)[:limit]

    def last_change(self) -> int:
        if self.away:
            raise StoreUnavailable("the database is away")
        return self.last


@dataclass
class RestlessJobs(Changes):
    """Jobs that change between two looks of one watch: while the snapshot is taken, job 1 ends and then job 2 changes."""

    def list(self, states: Collection[JobState], document_id: DocumentId | None, after: JobId | None, limit: int) -> Sequence[Job]:
        if after is not None:
            return []
        self.write(1)
        self.jobs[JobId(1)] = replace(self.jobs[JobId(1)], state=JobState.SUCCEEDED)
        self.write(2)
        return [job for job in self.jobs.values() if job.state in states]

    def get(self, job_id: JobId) -> Job:
        return self.jobs[job_id]


async def take(stream: AsyncIterator[Job], count: int) -> list[int]:
    async with asyncio.timeout(5):
        return [(await anext(stream)).id for _ in range(count)]


async def test_what_changed_before_and_after_comes_in_order_and_once() -> None:
    changes = Changes()
    changes.write(1, 2, 3)
    stream = JobFeed(changes, poll_seconds=0.001).since(1)
    assert await take(stream, 2) == [2, 3]
    changes.write(4, 1)
    assert await take(stream, 2) == [4, 1]
    await stream.aclose()


async def test_a_watcher_that_lags_far_behind_gets_the_rest_from_the_database() -> None:
    changes = Changes()
    feed = JobFeed(changes, poll_seconds=0.001)
    slow, quick = feed.since(0), feed.since(0)
    changes.write(0)
    assert await take(slow, 1) == await take(quick, 1) == [0]
    changes.write(*range(1, 3_001))
    assert await take(quick, 3_000) == list(range(1, 3_001))  # the inbox of the slow one has overflowed meanwhile
    assert await take(slow, 3_000) == list(range(1, 3_001))
    changes.write(5)
    assert await take(slow, 1) == await take(quick, 1) == [5]
    await slow.aclose()
    await quick.aclose()


async def test_watchers_share_one_look_and_nobody_looks_when_nobody_watches() -> None:
    changes = Changes()
    feed = JobFeed(changes, poll_seconds=0.01)
    streams = [feed.since(0) for _ in range(50)]
    for number in (1, 2):  # until each has caught up
        changes.write(number)
        await asyncio.gather(*(take(stream, 1) for stream in streams))
    before = changes.looks
    changes.write(3)
    await asyncio.gather(*(take(stream, 1) for stream in streams))
    assert changes.looks - before < 25
    for stream in streams:
        await stream.aclose()
    await asyncio.to_thread(int)  # lets a look that was under way come to its end
    before = changes.looks
    await asyncio.sleep(0.05)
    assert changes.looks == before


async def test_a_database_that_goes_away_ends_the_watch_and_the_next_one_goes_on() -> None:
    changes = Changes()
    feed = JobFeed(changes, poll_seconds=0.001)
    stream = feed.since(0)
    changes.write(1)
    assert await take(stream, 1) == [1]
    changes.away = True
    with pytest.raises(StoreUnavailable):
        await take(stream, 1)
    changes.away = False
    changes.write(2)
    assert await take(feed.since(1), 1) == [2]


async def test_a_closed_feed_ends_every_watch_also_those_to_come() -> None:
    changes = Changes()
    feed = JobFeed(changes, poll_seconds=0.001)
    stream = feed.since(0)
    changes.write(1)
    assert await take(stream, 1) == [1]
    feed.close()
    for ended in (stream, feed.since(0)):
        with pytest.raises(ShuttingDown):
            await take(ended, 1)


async def test_a_watch_begun_while_the_database_is_away_ends_with_that_error() -> None:
    changes = Changes(away=True)
    with pytest.raises(StoreUnavailable):
        await take(JobFeed(changes, poll_seconds=0.001).since(0), 1)


async def test_a_job_that_ends_while_the_snapshot_is_taken_is_told_after_resuming() -> None:
    jobs = RestlessJobs()
    jobs.write(1, 2)
    watching = Watching(lambda: jobs, JobFeed(jobs, poll_seconds=0.001))
    first = await anext(watching.answers(WatchJobsRequest()))
    assert first.job.id == "2"
    resumed = watching.answers(WatchJobsRequest(resume_token=first.resume_token))
    assert [(await anext(resumed)).job.id for _ in range(2)] == ["1", "2"]
