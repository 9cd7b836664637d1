"""The actor that leases jobs, sends work out, collects it and writes it down."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from actors.failpoints import Point, after, before
from actors.ocr.errors import DecoderKilled, OcrError
from actors.pipeline.notes import Notes
from actors.pipeline.ports import ReaderState, Room
from actors.pipeline.turns import Turns
from actors.pipeline.way import take
from actors.pipeline.work import NothingReadable
from actors.store.errors import DocumentNotFound, OriginalMissing, StaleFence
from actors.store.types import Job, JobId, JobKind

log = structlog.get_logger()

# Documents at work at once. Each costs a few hundred kilobytes here; the readers share out their places among them, so a letter behind
# thirty books still gets every thirty-second place.
DOCUMENTS_AT_ONCE = 32
# Jobs are leased by one transaction for several, as those that are left at work keep everyone busy; fewer only after `LOOK_SECONDS`.
LEASED_AT_LEAST = 8
# Pages on the way per reader: one is read while the next arrives.
PLACES_PER_READER = 2
HEARTBEAT_SECONDS = 15.0
# How long a job that became due (a retry, a lost lease) may wait to be noticed; new ones wake us.
LOOK_SECONDS = 1.0
STOP_SECONDS = 5.0
# A document that kills its decoder once may have met a machine under pressure; twice, it is the document.
TRIES_OF_KILLERS = 2


@dataclass(frozen=True, slots=True)
class PipelineState:
    """What the pipeline does, for tests and people."""

    documents_at_work: int
    pages_at_work: int
    documents_done: int
    documents_failed: int
    readers: tuple[ReaderState, ...]


class Pipeline:
    """Takes every queued job to its end.

    Holds nothing that must last: after a death of its process the next life voids the old leases and goes on with the pages that are
    missing. Results of a former life come with an old fence and are refused by the store.
    """

    def __init__(self, room: Room, owner: str) -> None:
        self._room = room
        self._owner = owner
        self._turns = Turns(lambda: PLACES_PER_READER * room.readers.size)
        self._notes = Notes(room.store.jobs, room.now, self.cancel)
        self._work: dict[JobId, asyncio.Task[None]] = {}
        self._held: dict[JobId, Job] = {}
        self._lease_after = 0.0
        self._wake = asyncio.Event()
        self._stopping = False
        self._done = 0
        self._failed = 0

    async def run(self) -> None:
        """Work until stopped."""
        await self._room.readers.start()
        taken_over = await asyncio.to_thread(self._room.store.jobs.take_over, self._room.now())
        log.info("pipeline started", jobs_taken_over=taken_over)
        heart = asyncio.create_task(self._beat(), name="heartbeat")
        try:
            while not self._stopping:
                await self._lease()
                await self._sleep_until_needed()
        finally:
            heart.cancel()
            await self._let_go()
            await self._room.readers.stop(STOP_SECONDS)

    async def stop(self) -> None:
        """Hand all jobs back to the queue and end; pages in hand are read again later."""
        self._stopping = True
        self._wake.set()

    async def wake(self) -> None:
        """Hear that a job was queued."""
        self._room.checkpoint(before(Point.LEASED))
        self._wake.set()

    async def cancel(self, job_id: JobId) -> None:
        """Drop the work on a job that its user has cancelled."""
        task = self._work.get(job_id)
        if task is not None:
            self._held.pop(job_id, None)
            task.cancel()

    async def state(self) -> PipelineState:
        """Tell what is at work."""
        readers = tuple(await self._room.readers.states())
        return PipelineState(len(self._work), self._turns.taken, self._done, self._failed, readers)

    async def _lease(self) -> None:
        free = DOCUMENTS_AT_ONCE - len(self._work)
        now = asyncio.get_running_loop().time()
        if (free < LEASED_AT_LEAST and now < self._lease_after) or free <= 0:
            return
        self._lease_after = now + LOOK_SECONDS
        for job in await asyncio.to_thread(self._room.store.jobs.lease, self._owner, free, self._room.now()):
            self._room.checkpoint(after(Point.LEASED))
            self._held[job.id] = job
            task = asyncio.create_task(self._guard(job), name=f"job {job.id}")
            self._work[job.id] = task
            task.add_done_callback(lambda _, job_id=job.id: self._forget(job_id))  # type: ignore[misc]  # mypy can't infer the default

    def _forget(self, job_id: JobId) -> None:
        del self._work[job_id]
        self._held.pop(job_id, None)
        self._notes.take(job_id)
        self._wake.set()

    async def _sleep_until_needed(self) -> None:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            pass
        self._wake.clear()
        self._turns.give_out()

    async def _guard(self, job: Job) -> None:
        """Do one job; whatever it fails with becomes its story and stops no other."""
        try:
            await self._do(job)
            last = self._notes.take(job.id)
            await asyncio.to_thread(self._room.store.jobs.succeed, job.id, job.fence, self._room.now(), last)
            self._done += 1
        except* StaleFence:
            log.info("job lost", job_id=job.id)
        except* (DocumentNotFound, NothingReadable, OriginalMissing) as group:
            await self._fail(job, first(group), retryable=False)
        except* DecoderKilled as group:
            await self._fail(job, first(group), retryable=job.attempt < TRIES_OF_KILLERS)
        except* OcrError as group:
            await self._fail(job, first(group), retryable=False)
        except* self._room.lost as group:
            await self._fail(job, first(group), retryable=True)
        except* Exception as group:  # the per-document guard: one document must not stop the others
            log.exception("job failed unexpectedly", job_id=job.id)
            await self._fail(job, first(group), retryable=True)

    async def _do(self, job: Job) -> None:
        if job.kind is JobKind.REBUILD_INDEX:
            await self._room.index.rebuild()
        else:
            await take(job, self._room, self._turns, self._notes)

    async def _fail(self, job: Job, error: BaseException, retryable: bool) -> None:
        self._failed += 1
        # The jitter spreads retries; nothing secret hangs on it.
        jitter = random.uniform(-1, 1)  # noqa: S311
        try:
            now, last = self._room.now(), self._notes.take(job.id)
            failed = await asyncio.to_thread(self._room.store.jobs.fail, job.id, job.fence, str(error), retryable, now, jitter, last)
        except (StaleFence, DocumentNotFound):
            return
        log.warning("job failed", job_id=job.id, document_id=job.document_id, state=failed.state.value, error=type(error).__name__)
        await self._room.index.apply()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            leases = [(job.id, job.fence) for job in self._held.values()]
            for job_id in await asyncio.to_thread(self._room.store.jobs.heartbeat, leases, self._room.now()):
                await self.cancel(job_id)

    async def _let_go(self) -> None:
        held = list(self._held.values())
        tasks: Sequence[asyncio.Task[None]] = list(self._work.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._notes.close()
        for job in held:
            try:
                await asyncio.to_thread(self._room.store.jobs.release, job.id, job.fence, self._room.now())
            except StaleFence:
                continue


def first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Give one error of a group: pages that fail together fail for the same reason."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
