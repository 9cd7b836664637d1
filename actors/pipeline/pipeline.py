"""The actor that leases jobs, sends work out, collects it and writes it down."""

import asyncio
import errno
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import structlog

from actors.failpoints import Point, after, before
from actors.index.errors import IndexUnavailable
from actors.pipeline.bulk_editing import edit_many
from actors.pipeline.clock_watch import ClockWatch
from actors.pipeline.collating import OtherSideAwaited
from actors.pipeline.endings import Ending, ending_of
from actors.pipeline.fingerprinting import Fingerprinting
from actors.pipeline.leases import Leases
from actors.pipeline.notes import Notes
from actors.pipeline.paging import DocumentAwaited, carry_out
from actors.pipeline.ports import ReaderState, Room
from actors.pipeline.tally import Tally
from actors.pipeline.turns import Turns
from actors.pipeline.way import clean_up, sweep_spool, take
from actors.store.errors import StoreUnavailable
from actors.store.files.health import SOUND, StoreHealth
from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.assignments import Assignment
from actors.store.nouns.jobs import Job, JobKind, Progress
from actors.understanding.going_over import GoOver, rehearse

log = structlog.get_logger()

# Documents at work at once. Each costs a few hundred kilobytes here; the readers share out their places among them, so a letter behind
# thirty books still gets every thirty-second place.
DOCUMENTS_AT_ONCE = 32
# Jobs are leased by one transaction for several, as those that are left at work keep everyone busy; fewer only after `LOOK_SECONDS`.
LEASED_AT_LEAST = 8
# Pages on the way per reader: one is read while the next arrives.
PLACES_PER_READER = 2
# How long a job that became due (a retry, a lost lease) may wait to be noticed; new ones wake us.
LOOK_SECONDS = 1.0
STOP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class PipelineState:
    """What the pipeline does, for tests and people. `stopped`: why it keeps nothing any more until a restart, '' while it does."""

    documents_at_work: int
    pages_at_work: int
    documents_done: int
    documents_failed: int
    readers: tuple[ReaderState, ...]
    stopped: str = ""
    tally: Tally = field(default_factory=Tally)


class Pipeline:
    """Takes every queued job to its end.

    Holds nothing that must last: after a death of its process the next life voids the old leases and goes on with the pages that are
    missing. Results of a former life come with an old fence and are refused by the store. While the store is not sound, no job is begun;
    what could not be written down is written as soon as the database is back.
    """

    def __init__(self, room: Room, owner: str, steady: Callable[[], float] = time.monotonic) -> None:
        self._room = room
        self._owner = owner
        self._steady = steady
        self._turns = Turns(lambda: PLACES_PER_READER * room.readers.size)
        self._notes = Notes(room.store.jobs, room.now, self.cancel)
        self._work: dict[JobId, asyncio.Task[None]] = {}
        self._leases = Leases(room.store.jobs, room.now, steady)
        self._lease_after = 0.0
        self._clock_watch = ClockWatch()
        self._health = SOUND
        self._stopped = ""
        self._wake = asyncio.Event()
        self._stopping = False
        self._done = 0
        self._failed = 0

    async def run(self) -> None:
        """Work until stopped."""
        await self._room.readers.start()
        filling = asyncio.create_task(Fingerprinting(self._room.store).work(), name="fingerprints")
        filling.add_done_callback(_tell_of_failure)
        try:
            await self._begin()
            while not self._stopping:
                await self._tend()
                await self._sleep_until_needed()
        finally:
            filling.cancel()
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
            self._leases.drop(job_id)
            task.cancel()

    async def heed(self, health: StoreHealth) -> None:
        """Hear what the store allows. Jobs at work go on; none is begun while it can't be worked on."""
        self._health = health
        self._wake.set()

    async def rehearse(self, documents: Sequence[DocumentId], order: GoOver) -> Sequence[Assignment]:
        """Tell what rules and learning would give to some documents; nothing is given."""
        room = self._room
        return await asyncio.to_thread(rehearse, room.store, room.understanding.labels, documents, order, room.now())

    async def state(self) -> PipelineState:
        """Tell what is at work."""
        readers = tuple(await self._room.readers.states())
        stopped = self._stopped or self._room.store.failed
        return PipelineState(len(self._work), self._turns.taken, self._done, self._failed, readers, stopped, replace(self._room.tally))

    async def _begin(self) -> None:
        """Take over what a former life held, as soon as the database answers."""
        while not self._stopping:
            try:
                taken_over = await asyncio.to_thread(self._room.store.jobs.take_over, self._room.now())
                await asyncio.to_thread(sweep_spool, self._room)
            except StoreUnavailable as error:
                self._leases.note_away(str(error))
                await self._sleep_until_needed()
            else:
                log.info("pipeline started", jobs_taken_over=taken_over)
                return

    async def _tend(self) -> None:
        """Keep the leases, write down what is owed, and begin what is due. While the database is away, all of it waits."""
        try:
            await self._mind_clock()
            for job_id in await self._leases.renew():
                await self.cancel(job_id)
            await self._leases.tell_owed()
            if self._health.working and not self._stopped:
                await self._lease()
        except StoreUnavailable as error:
            self._leases.note_away(str(error))
        else:
            self._leases.note_away("")

    async def _mind_clock(self) -> None:
        now = self._room.now()
        by = self._clock_watch.moved(now, self._steady())
        if by:
            log.warning("clock was set", seconds=round(by.total_seconds()))
            await asyncio.to_thread(self._room.store.jobs.clock_moved, by, now)

    async def _lease(self) -> None:
        free = DOCUMENTS_AT_ONCE - len(self._work)
        now = asyncio.get_running_loop().time()
        if (free < LEASED_AT_LEAST and now < self._lease_after) or free <= 0:
            return
        self._lease_after = now + LOOK_SECONDS
        for job in await asyncio.to_thread(self._room.store.jobs.lease, self._owner, free, self._room.now()):
            self._room.checkpoint(after(Point.LEASED))
            # Its lease may have run out under our own work, since the clock was set or this process stood still.
            await self.cancel(job.id)
            self._notes.take(job.id)
            self._leases.hold(job)
            task = asyncio.create_task(self._guard(job), name=f"job {job.id}")
            self._work[job.id] = task
            task.add_done_callback(partial(self._forget, job.id))

    def _forget(self, job_id: JobId, task: asyncio.Task[None]) -> None:
        if self._work.get(job_id) is not task:  # it was leased anew meanwhile
            return
        del self._work[job_id]
        self._leases.end_work(job_id)
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
            if job.kind is JobKind.REBUILD_INDEX:
                await self._room.index.rebuild()
                to_end = True
            elif job.kind is JobKind.BULK_EDIT:
                await edit_many(job, self._room)
                to_end = True
            elif job.kind is JobKind.PAGES:
                await carry_out(job, self._room, self._notes)
                to_end = False
            else:
                to_end = await take(job, self._room, self._turns, self._notes)
        except (OtherSideAwaited, DocumentAwaited) as waiting:
            await self._leases.tell(job.id, partial(self._room.store.jobs.wait, job.id, job.fence, waiting.until, str(waiting)))
        except Exception as error:  # noqa: BLE001  # the per-document guard: one document must not stop the others
            await self._end(job, error)
        else:
            self._done += 1
            await self._leases.tell(job.id, partial(self._finish, job, to_end, self._notes.take(job.id)))

    def _finish(self, job: Job, to_end: bool, last: Progress | None, now: datetime) -> None:
        if to_end:
            self._room.store.jobs.succeed(job.id, job.fence, now, last)
        if job.document_id is not None:
            clean_up(job.document_id, self._room)

    async def _end(self, job: Job, error: Exception) -> None:
        """Write down what becomes of a job that failed."""
        ending, reason = ending_of(error, job.attempt)
        jobs = self._room.store.jobs
        if ending is Ending.LOST:
            log.info("job lost", job_id=job.id)
        elif ending is Ending.PUT_OFF:
            if isinstance(reason, OSError) and reason.errno == errno.EIO:
                self._stopped = f"the disk failed while a document was worked on: {reason.strerror}"
            log.warning("job put off", job_id=job.id, document_id=job.document_id, error=str(reason))
            await self._leases.tell(job.id, partial(jobs.put_off, job.id, job.fence, f"it waits for the store: {reason}"))
        else:
            if ending is Ending.RETRY and not isinstance(reason, self._room.lost):
                log.error("job failed unexpectedly", job_id=job.id, exc_info=error)
            await self._fail(job, reason, retryable=ending is Ending.RETRY)

    async def _fail(self, job: Job, error: BaseException, retryable: bool) -> None:
        self._failed += 1
        # The jitter spreads retries; nothing secret hangs on it.
        jitter = random.uniform(-1, 1)  # noqa: S311
        jobs, last = self._room.store.jobs, self._notes.take(job.id)
        await self._leases.tell(job.id, lambda now: jobs.fail(job.id, job.fence, str(error), retryable, now, jitter, last))
        log.warning("job failed", job_id=job.id, document_id=job.document_id, retryable=retryable, error=type(error).__name__)
        try:
            await self._room.index.apply()
        except (IndexUnavailable, StoreUnavailable, OSError, self._room.lost) as unindexed:
            log.warning("failure not indexed yet", job_id=job.id, error=str(unindexed))

    async def _let_go(self) -> None:
        held = self._leases.held  # the end of the work on a job drops its lease
        tasks: Sequence[asyncio.Task[None]] = list(self._work.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._notes.close()
        await self._leases.release(held)


def _tell_of_failure(filling: asyncio.Task[None]) -> None:
    """Log what ended the work on fingerprints; documents that wait for one wait for the next start."""
    if not filling.cancelled() and (error := filling.exception()):
        log.error("fingerprints failed unexpectedly", exc_info=error)
