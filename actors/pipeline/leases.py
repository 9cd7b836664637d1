"""The jobs that this life of the pipeline holds: leases to be renewed, and words about them that the database has still to hear."""

import asyncio
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

import structlog

from actors.store.errors import DocumentNotFound, StaleFence, StoreUnavailable
from actors.store.jobs.jobs import Jobs
from actors.store.nouns.archive import JobId
from actors.store.nouns.jobs import Job

log = structlog.get_logger()

HEARTBEAT_SECONDS = 15.0

Word = Callable[[datetime], object]


class Leases:
    """Keeps what is held. While the database is away, words wait and leases are not renewed; nothing of it must outlast this process."""

    def __init__(self, jobs: Jobs, now: Callable[[], datetime], steady: Callable[[], float]) -> None:
        self._jobs = jobs
        self._now = now
        self._steady = steady
        self._last_beat = steady()
        self._held: dict[JobId, Job] = {}
        self._owed: dict[JobId, Word] = {}
        self._away = ""

    @property
    def held(self) -> tuple[Job, ...]:
        """Give all jobs whose leases are kept."""
        return tuple(self._held.values())

    def hold(self, job: Job) -> None:
        """Keep the lease of a job that was begun."""
        self._held[job.id] = job

    def drop(self, job_id: JobId) -> None:
        """Keep a lease no longer."""
        self._held.pop(job_id, None)

    def end_work(self, job_id: JobId) -> None:
        """Keep the lease of a job that nobody works on any more only as long as a word about it is owed."""
        if job_id not in self._owed:
            self.drop(job_id)

    async def renew(self) -> Collection[JobId]:
        """Renew all leases when it is time, and name the jobs that are not ours any more."""
        if self._steady() - self._last_beat < HEARTBEAT_SECONDS:
            return ()
        leases = [(job.id, job.fence) for job in self.held]
        lost = await asyncio.to_thread(self._jobs.heartbeat, leases, self._now())
        self._last_beat = self._steady()
        return lost

    async def tell(self, job_id: JobId, word: Word) -> None:
        """Write down what became of a job, later if the database is away; a job that is not ours any more is nobody's business here."""
        try:
            await asyncio.to_thread(word, self._now())
        except StoreUnavailable as error:
            self._owed[job_id] = word
            self.note_away(str(error))
            return
        except (StaleFence, DocumentNotFound):
            log.info("job lost", job_id=job_id)
        if self._owed.pop(job_id, None) is not None:
            self.drop(job_id)

    async def tell_owed(self) -> None:
        """Write down what could not be written before."""
        for job_id, word in list(self._owed.items()):
            await self.tell(job_id, word)

    def note_away(self, reason: str) -> None:
        """Log when the database goes away, for a reason, and when it is back: ''."""
        if reason and not self._away:
            log.warning("database is away", error=reason)
        if self._away and not reason:
            log.info("database is back")
        self._away = reason

    async def release(self, jobs: Iterable[Job]) -> None:
        """Hand jobs back to the queue."""
        for job in jobs:
            try:
                await asyncio.to_thread(self._jobs.release, job.id, job.fence, self._now())
            except (StaleFence, StoreUnavailable):
                continue  # the next life takes it over
