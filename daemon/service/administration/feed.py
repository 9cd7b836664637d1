"""What happens to jobs, told to everyone who watches, with one look at the database for all of them."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Protocol

from actors.store.nouns.jobs import Job
from daemon.service.refusals import ShuttingDown

_BATCH = 500
# Two batches: a watcher that lags further behind reads the database by itself, so a slow client costs no memory.
_MOST_WAITING = 2 * _BATCH


class JobChanges(Protocol):
    """What the feed reads: the store's jobs. Every write of a job gives it a new, greater change number."""

    def changed_since(self, change: int, limit: int) -> Sequence[Job]:
        """Return the jobs with a greater change number, the smallest first."""

    def last_change(self) -> int:
        """Return the greatest change number given so far."""


class JobFeed:
    """Follows the change numbers while anyone watches. Holds nothing that isn't in the database."""

    def __init__(self, jobs: JobChanges, poll_seconds: float = 0.2) -> None:
        self._jobs = jobs
        self._poll_seconds = poll_seconds
        self._inboxes: set[_Inbox] = set()
        self._poller: asyncio.Task[None] | None = None
        self._following = asyncio.Event()
        self._closed = False

    async def since(self, change: int) -> AsyncGenerator[Job, None]:
        """Give every job that changes after a change number, in order and without a gap; ends with ShuttingDown."""
        if self._closed:
            raise ShuttingDown
        inbox = _Inbox()
        self._enter(inbox)
        try:
            # Only when the poller follows, the database is read: what is written later lies in the inbox.
            await self._following.wait()
            while True:
                async for job in self._stored(change):
                    change = job.change
                    yield job
                while (news := await inbox.next()) is not None:
                    if news.change > change:
                        change = news.change
                        yield news
        finally:
            self._leave(inbox)

    async def _stored(self, change: int) -> AsyncGenerator[Job, None]:
        more = True
        while more:
            jobs = await asyncio.to_thread(self._jobs.changed_since, change, _BATCH)
            for job in jobs:
                change = job.change
                yield job
            more = len(jobs) == _BATCH

    def close(self) -> None:
        """End every watch for good, so that a server that drains does not wait for streams without an end."""
        self._closed = True
        for inbox in self._inboxes:
            inbox.fail(ShuttingDown())

    def _enter(self, inbox: "_Inbox") -> None:
        if self._poller is None or self._poller.done():
            self._following.clear()
            self._poller = asyncio.create_task(self._follow())
            self._poller.add_done_callback(self._ended)
        self._inboxes.add(inbox)

    def _leave(self, inbox: "_Inbox") -> None:
        self._inboxes.discard(inbox)
        if not self._inboxes and self._poller is not None:
            self._poller.cancel()
            self._poller = None

    async def _follow(self) -> None:
        known = await asyncio.to_thread(self._jobs.last_change)
        self._following.set()
        while True:
            jobs = await asyncio.to_thread(self._jobs.changed_since, known, _BATCH)
            known = jobs[-1].change if jobs else known
            for inbox in self._inboxes:
                inbox.put(jobs)
            if len(jobs) < _BATCH:
                await asyncio.sleep(self._poll_seconds)

    def _ended(self, poller: asyncio.Task[None]) -> None:
        if poller.cancelled() or (error := poller.exception()) is None:
            return
        self._following.set()
        for inbox in self._inboxes:
            inbox.fail(error)


class _Inbox:
    """What one watcher has not taken yet."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Job | BaseException | None] = asyncio.Queue()

    def put(self, jobs: Sequence[Job]) -> None:
        if self._waiting.qsize() + len(jobs) > _MOST_WAITING:
            self._empty()
            self._waiting.put_nowait(None)
            return
        for job in jobs:
            self._waiting.put_nowait(job)

    def fail(self, error: BaseException) -> None:
        self._empty()
        self._waiting.put_nowait(error)

    async def next(self) -> Job | None:
        """Wait for the next job; None says that some were dropped and stand in the database."""
        news = await self._waiting.get()
        if isinstance(news, BaseException):
            raise news
        return news

    def _empty(self) -> None:
        while not self._waiting.empty():
            self._waiting.get_nowait()
