"""Does tasks by the clock."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from actors.scheduler.cron import DISABLED, Schedule
from actors.scheduler.errors import TaskFailed
from actors.store.errors import StoreUnavailable
from actors.store.nouns.tasks import ScheduledTask, TaskName

LOOK_SECONDS = 30.0
HEARTBEAT_SECONDS = 60.0
# What failed is done again after this, or by its schedule where that comes first.
RETRY = timedelta(hours=1)
# How long those at work may take to come to a place where they can stop.
STOP_SECONDS = 3.0

log = structlog.get_logger()

KeepOn = Callable[[], bool]


class Work(Protocol):
    """What a task does. It may be done again from the beginning at any time, and stops soon once `keep_on` says no."""

    async def __call__(self, keep_on: KeepOn, done_time: datetime | None) -> str:
        """Do it, and tell a person what was done; raises TaskFailed. `done_time` is when it was done last."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that is done by the clock. Without a schedule it is never done, and listed all the same."""

    name: TaskName
    schedule: Schedule | None
    work: Work

    @property
    def expression(self) -> str:
        """Give the schedule as it is written."""
        return self.schedule.expression if self.schedule else DISABLED

    def next_after(self, moment: datetime) -> datetime | None:
        """Tell when it is due next."""
        return self.schedule.next_after(moment) if self.schedule else None


class Book(Protocol):
    """Where it is written when tasks are due, and who is at them (actors/store/jobs/tasks.py)."""

    def all(self) -> Sequence[ScheduledTask]:
        """List the tasks."""

    def take(self, name: TaskName, schedule: str, next_time: datetime | None, owner: str, now: datetime) -> int | None:
        """Plan a task, and take it if it is due; answer the fence."""

    def heartbeat(self, name: TaskName, fence: int, now: datetime) -> bool:
        """Keep it; False when another has it."""

    def finish(self, name: TaskName, fence: int, next_time: datetime | None, outcome: str, error: str, now: datetime) -> bool:
        """Write down what came of it, and when it is due next."""

    def release(self, name: TaskName, fence: int) -> bool:
        """Give it back, still due."""


@dataclass(slots=True)
class _Run:
    """A task at work. `lost` once another has it."""

    task: Task
    fence: int
    done_time: datetime | None
    lost: bool = False


class Scheduler:
    """Looks twice a minute which tasks are due, and does each beside the others.

    Nothing here must last: when a task is due stands in the book. After a crash the run is done again as soon as its lease has run out, and
    runs that were missed while nobody was there are made up for by one.
    """

    def __init__(self, book: Book, tasks: Sequence[Task], owner: str, now: Callable[[], datetime]) -> None:
        self._book = book
        self._tasks = tuple(tasks)
        self._owner = owner
        self._now = now
        self._at_work: dict[TaskName, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on."""
        self._loop = asyncio.create_task(self._keep_looking(), name="scheduler")

    async def stop(self) -> None:
        """Let those at work stop where they can; what is not done stays due."""
        self._stopping.set()
        if self._loop is not None:
            await self._loop
        if self._at_work:
            _, hanging = await asyncio.wait(self._at_work.values(), timeout=STOP_SECONDS)
            for task in hanging:
                task.cancel()

    async def look(self) -> None:
        """Begin what is due. While the database is away, all of it waits."""
        try:
            known = {task.name: task for task in await asyncio.to_thread(self._book.all)}
            for task in self._tasks:
                if task.name not in self._at_work and self._wants_a_turn(task, known.get(task.name)):
                    await self._try(task, known.get(task.name))
        except StoreUnavailable as error:
            log.warning("tasks wait", error=str(error))

    async def settled(self) -> None:
        """Wait until nothing is at work."""
        while self._at_work:
            await asyncio.wait(self._at_work.values())

    def _wants_a_turn(self, task: Task, known: ScheduledTask | None) -> bool:
        """Tell whether the book must be written for a task: it is due, or planned otherwise than by its schedule."""
        now = self._now()
        next_time = task.next_after(now)
        if known is None or known.schedule != task.expression or (known.due_time is None) != (next_time is None):
            return True
        return known.due_time is not None and next_time is not None and (known.due_time <= now or known.due_time > next_time)

    async def _try(self, task: Task, known: ScheduledTask | None) -> None:
        now = self._now()
        fence = await asyncio.to_thread(self._book.take, task.name, task.expression, task.next_after(now), self._owner, now)
        if fence is not None:
            work = asyncio.create_task(self._do(_Run(task, fence, known.done_time if known else None)), name=task.name)
            self._at_work[task.name] = work
            work.add_done_callback(lambda done: self._forget(task.name, done))

    def _forget(self, name: TaskName, done: asyncio.Task[None]) -> None:
        del self._at_work[name]
        if not done.cancelled() and (error := done.exception()):
            # Its lease runs out, and it is done again.
            log.error("task failed unexpectedly", task=name, exc_info=error)

    async def _do(self, run: _Run) -> None:
        log.info("task begun", task=run.task.name)
        beating = asyncio.create_task(self._keep_lease(run))
        outcome = error = ""
        try:
            outcome = await run.task.work(lambda: not (self._stopping.is_set() or run.lost), run.done_time)
        except TaskFailed as failure:
            error = str(failure)
            log.warning("task failed", task=run.task.name, error=error)
        finally:
            beating.cancel()
        try:
            await asyncio.to_thread(self._write_down, run, outcome, error)
        except StoreUnavailable as away:
            log.warning("task not written down", task=run.task.name, error=str(away))

    def _write_down(self, run: _Run, outcome: str, error: str) -> None:
        if self._stopping.is_set():
            self._book.release(run.task.name, run.fence)
            return
        now = self._now()
        next_time = run.task.next_after(now)
        if error and next_time is not None:
            next_time = min(next_time, now + RETRY)
        if self._book.finish(run.task.name, run.fence, next_time, outcome, error, now):
            log.info("task done", task=run.task.name, outcome=outcome)

    async def _keep_lease(self, run: _Run) -> None:
        while not run.lost:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                run.lost = not await asyncio.to_thread(self._book.heartbeat, run.task.name, run.fence, self._now())
            except StoreUnavailable as error:
                log.warning("task not kept", task=run.task.name, error=str(error))

    async def _keep_looking(self) -> None:
        while not self._stopping.is_set():
            await self.look()
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._stopping.wait()
            except TimeoutError:
                continue
