"""The actor that watches folders and hands settled files to the intake."""

import asyncio
import time
from functools import partial
from typing import Protocol

import structlog

from actors.intake.messages import AcceptFile, FileAccepted, FileAnswer, NotSettled, Refused
from actors.watcher.events import FolderEvents
from actors.watcher.folders import is_one_sided, owner, tags_of
from actors.watcher.lookout import Clock, Lookout
from actors.watcher.messages import FolderState, WatcherState
from actors.watcher.settings import WatcherSettings
from actors.watcher.settling import Settled, SettlingTable, Stand

log = structlog.get_logger(__name__)

# After an answer that concerns every file (disk full, intake away) the others are not tried one by one.
PAUSE_SECONDS = 15.0


class FileIntake(Protocol):
    """The door for dropped files."""

    async def accept_file(self, order: AcceptFile) -> FileAnswer:
        """Take a file in, or say why not."""


class Watcher:
    """Watches folders. It keeps nothing over a restart: what lies in the folders is all that it needs to know."""

    def __init__(self, settings: WatcherSettings, intake: FileIntake, events: FolderEvents, clock: Clock = time.monotonic) -> None:
        """Take the parts; `clock` gives monotonic seconds."""
        self._most_in_flight = settings.in_flight
        self._intake = intake
        self._events = events
        self._clock = clock
        self._changed = asyncio.Event()
        self._table = SettlingTable(settings.settle_seconds)
        self._lookout = Lookout(settings, events, self._table, clock, self._changed.set)
        self._deliveries: set[asyncio.Task[FileAnswer]] = set()
        self._stopping = False
        self._paused_until = 0.0
        self._paused = ""
        self._accepted = self._duplicates = self._put_off = 0

    async def run(self) -> None:
        """Watch until `stop`, then wait for the files in flight."""
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._events.start, partial(loop.call_soon_threadsafe, self._changed.set))
        try:
            while not self._stopping:
                self.tick()
                await self._rest()
        finally:
            self._lookout.give_up()
            await asyncio.gather(*self._deliveries, return_exceptions=True)
            await asyncio.to_thread(self._events.stop)

    async def stop(self) -> None:
        """Ask `run` to end."""
        self._stopping = True
        self._changed.set()

    def state(self) -> WatcherState:
        """Tell what is seen and was done."""
        return WatcherState(
            folders=tuple(FolderState(watch.folder.path, watch.stand) for watch in self._lookout.watches),
            waiting=self._table.count(Stand.WAITING) + self._table.count(Stand.READY),
            in_flight=len(self._deliveries),
            left=self._table.count(Stand.LEFT),
            refused=self._table.count(Stand.REFUSED),
            accepted=self._accepted,
            duplicates=self._duplicates,
            put_off=self._put_off,
            paused=self._paused,
        )

    def tick(self) -> None:
        """Begin what is due now: looks at folders, and the sending of settled files. Nothing here waits."""
        self._changed.clear()
        now = self._clock()
        self._lookout.begin_looks(now)
        if now < self._paused_until:
            return
        self._paused = ""
        for settled in self._table.take(now, self._most_in_flight - len(self._deliveries)):
            delivery = asyncio.create_task(self._intake.accept_file(self._order(settled)))
            self._deliveries.add(delivery)
            delivery.add_done_callback(partial(self._delivered, settled))

    def next_time(self) -> float | None:
        """Tell when the next tick has something to do, if nothing happens before."""
        times = [self._lookout.next_time()]
        if len(self._deliveries) < self._most_in_flight and (due := self._table.next_due()) is not None:
            times.append(max(due, self._paused_until))  # 0 for the ready ones, which only a pause holds up
        return min((moment for moment in times if moment is not None), default=None)

    async def _rest(self) -> None:
        due = self.next_time()
        try:
            await asyncio.wait_for(self._changed.wait(), None if due is None else max(due - self._clock(), 0.0))
        except TimeoutError:
            return

    def _order(self, settled: Settled) -> AcceptFile:
        watch = owner(self._lookout.watches, settled.path)
        if watch is None:
            raise LookupError(settled.path)  # the table holds nothing else
        facts = settled.facts
        tags, one_sided = tags_of(watch.folder, settled.path), is_one_sided(watch.folder, settled.path)
        return AcceptFile(settled.path, watch.folder.path, facts.size, facts.mtime_ns, facts.inode, tags, one_sided)

    def _delivered(self, settled: Settled, delivery: asyncio.Task[FileAnswer]) -> None:
        self._deliveries.discard(delivery)
        now = self._clock()
        if delivery.cancelled():
            self._table.again(settled.path, now)
        elif (error := delivery.exception()) is not None:
            self._pause(f"the intake failed: {error!r}", now)
            self._table.again(settled.path, now)
        else:
            self._judge(settled, delivery.result(), now)
        # Whatever happened to the file while it was in flight was not noted, so look once more.
        self._lookout.look_again(settled.path)
        self._changed.set()

    def _judge(self, settled: Settled, answer: FileAnswer, now: float) -> None:
        match answer:
            case FileAccepted():
                self._accepted += not answer.duplicate
                self._duplicates += answer.duplicate
                (self._table.done if answer.source_removed else self._table.left)(settled.path)
            case NotSettled():
                self._put_off += 1
                self._table.again(settled.path, now)
            case Refused():
                if answer.reason.concerns_every_file:
                    self._pause(answer.explanation, now)
                    self._table.again(settled.path, now)
                else:
                    self._table.refused(settled.path, now)

    def _pause(self, reason: str, now: float) -> None:
        if not self._paused:
            log.warning("watcher paused", reason=reason, seconds=PAUSE_SECONDS)
        self._paused = reason
        self._paused_until = now + PAUSE_SECONDS
