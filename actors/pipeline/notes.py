"""Where documents are, for everyone to see."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

import structlog

from actors.pipeline.ports import Now
from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import JobId
from actors.store.nouns.jobs import Progress

log = structlog.get_logger()

Drop = Callable[[JobId], Awaitable[None]]


class JobProgress(Protocol):
    """The store's jobs, as far as notes go."""

    def progress(self, notes: Sequence[Progress], now: datetime) -> set[JobId]:
        """Write how far jobs are; answer those that are lost."""


class Notes:
    """Writes down how far jobs are: the newest note of each, those of all documents together, one writing after the other.

    Nobody waits for it. A transaction for each step of each document took most of the time of documents that need no reading, and what
    a note says is only shown: the work itself is written by its own steps. `drop` is told of jobs that are another's by now.
    """

    def __init__(self, jobs: JobProgress, now: Now, drop: Drop) -> None:
        self._jobs = jobs
        self._now = now
        self._drop = drop
        self._newest: dict[JobId, Progress] = {}
        self._unwritten: set[JobId] = set()
        self._writing: asyncio.Task[None] | None = None

    def note(self, newest: Progress) -> None:
        """Show everyone where a document is."""
        self._newest[newest.job_id] = newest
        self._unwritten.add(newest.job_id)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name="notes")

    def take(self, job_id: JobId) -> Progress | None:
        """Give the newest note of a job that ends, to be written with its end, and forget it."""
        self._unwritten.discard(job_id)
        return self._newest.pop(job_id, None)

    async def close(self) -> None:
        """Wait until what was noted is written."""
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        while self._unwritten:
            notes = [self._newest[job_id] for job_id in self._unwritten]
            self._unwritten.clear()
            try:
                lost = await asyncio.to_thread(self._jobs.progress, notes, self._now())
            except StoreUnavailable as error:  # the step that writes next meets it too, and is tried again
                log.warning("progress not written", jobs=len(notes), error=str(error))
                continue
            for note in notes:
                if note.job_id in lost and self._is_of_work(note):
                    await self._drop(note.job_id)

    def _is_of_work(self, note: Progress) -> bool:
        """Tell whether whoever made a note is still at work: the job may have ended meanwhile, or been leased anew."""
        newest = self._newest.get(note.job_id)
        return newest is not None and newest.fence == note.fence
