"""Tasks are done when they are due, once, whatever happens to whoever does them. The clock is the test's."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from actors.scheduler.cron import parse
from actors.scheduler.errors import TaskFailed
from actors.scheduler.scheduler import KeepOn, Scheduler, Task
from actors.store.errors import StoreUnavailable
from actors.store.files.data_dir import DataDir
from actors.store.jobs.tasks import LEASE
from actors.store.nouns.tasks import ScheduledTask, TaskName
from actors.store.store import Store
from tests.archives import open_archive

NAME = TaskName("sweep")
START = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    data = DataDir(tmp_path / "data")
    store = open_archive(data)
    yield store
    store.close()


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time


class Sweeping:
    """Counts its runs; waits or fails where a test wants it."""

    def __init__(self) -> None:
        self.runs = 0
        self.done_time: datetime | None = None
        self.failure = ""
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun = asyncio.Event()

    async def __call__(self, keep_on: KeepOn, done_time: datetime | None) -> str:
        self.runs += 1
        self.done_time = done_time
        self.begun.set()
        await self.gate.wait()
        if self.failure:
            raise TaskFailed(self.failure)
        return f"run {self.runs}"


class World:
    """A store, a clock, and what is done by it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = Clock()
        self.sweeping = Sweeping()

    def scheduler(self, schedule: str = "0 1 * * *", owner: str = "daemon") -> Scheduler:
        return Scheduler(self.store.tasks, [Task(NAME, parse(schedule), self.sweeping)], owner, self.clock)

    async def pass_by(self, scheduler: Scheduler, moment: datetime) -> int:
        """Let it be a moment, have the scheduler look, and count the runs there have been."""
        self.clock.time = moment
        await scheduler.look()
        await scheduler.settled()
        return self.sweeping.runs

    @property
    def row(self) -> ScheduledTask:
        (row,) = self.store.tasks.all()
        return row


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


async def test_a_task_is_done_when_it_is_due_and_not_before(world: World) -> None:
    scheduler = world.scheduler()
    moments = (START, NIGHT - timedelta(seconds=1), NIGHT, NIGHT + timedelta(minutes=5), NIGHT + DAY)
    assert [await world.pass_by(scheduler, moment) for moment in moments] == [0, 0, 1, 1, 2]
    assert world.row == ScheduledTask(NAME, "0 1 * * *", NIGHT + 2 * DAY, None, NIGHT + DAY, NIGHT + DAY, NIGHT + DAY, "run 2", "")
    assert world.sweeping.done_time == NIGHT


async def test_runs_that_were_missed_are_made_up_for_by_one(world: World) -> None:
    await world.pass_by(world.scheduler(), START)
    later = world.scheduler()
    assert await world.pass_by(later, NIGHT + 10 * DAY + timedelta(hours=3)) == 1
    assert world.row.due_time == NIGHT + 11 * DAY
    assert await world.pass_by(later, NIGHT + 11 * DAY) == 2


async def test_two_daemons_do_it_once(world: World) -> None:
    one, other = world.scheduler(owner="one"), world.scheduler(owner="other")
    await world.pass_by(one, START)
    world.sweeping.gate.clear()
    world.clock.time = NIGHT
    await one.look()
    await world.sweeping.begun.wait()
    assert await world.pass_by(other, NIGHT) == 1
    world.sweeping.gate.set()
    await one.settled()
    assert await world.pass_by(other, NIGHT + timedelta(minutes=1)) == 1


async def test_a_run_that_died_is_done_again_when_its_lease_has_run_out(world: World) -> None:
    await world.pass_by(world.scheduler(), START)
    assert world.store.tasks.take(NAME, "0 1 * * *", NIGHT + DAY, "dead", NIGHT) is not None
    heir = world.scheduler()
    assert await world.pass_by(heir, NIGHT + LEASE - timedelta(seconds=1)) == 0
    assert await world.pass_by(heir, NIGHT + LEASE) == 1


async def test_what_a_run_that_was_given_up_says_counts_no_more(world: World) -> None:
    await world.pass_by(world.scheduler(), START)
    fence = world.store.tasks.take(NAME, "0 1 * * *", NIGHT + DAY, "slow", NIGHT)
    assert fence is not None
    assert await world.pass_by(world.scheduler(), NIGHT + LEASE) == 1
    late = [
        world.store.tasks.heartbeat(NAME, fence, NIGHT + LEASE),
        world.store.tasks.finish(NAME, fence, START, "late", "", NIGHT + LEASE),
        world.store.tasks.release(NAME, fence),
    ]
    assert (late, world.row.outcome) == ([False] * 3, "run 1")


async def test_a_heartbeat_keeps_a_long_run(world: World) -> None:
    await world.pass_by(world.scheduler(), START)
    fence = world.store.tasks.take(NAME, "0 1 * * *", NIGHT + DAY, "slow", NIGHT)
    assert fence is not None
    assert world.store.tasks.heartbeat(NAME, fence, NIGHT + timedelta(minutes=4))
    assert await world.pass_by(world.scheduler(), NIGHT + LEASE) == 0


async def test_a_run_that_failed_is_tried_again_within_the_hour_and_says_why(world: World) -> None:
    scheduler = world.scheduler()
    world.sweeping.failure = "the disk is full"
    await world.pass_by(scheduler, START)
    assert await world.pass_by(scheduler, NIGHT) == 1
    assert (world.row.error, world.row.outcome, world.row.due_time) == ("the disk is full", "", NIGHT + timedelta(hours=1))
    assert (world.row.end_time, world.row.done_time) == (NIGHT, None)
    world.sweeping.failure = ""
    assert await world.pass_by(scheduler, NIGHT + timedelta(minutes=59)) == 1
    assert await world.pass_by(scheduler, NIGHT + timedelta(hours=1)) == 2
    assert (world.row.error, world.row.outcome, world.row.due_time) == ("", "run 2", NIGHT + DAY)


async def test_what_is_disabled_is_never_done_and_listed_all_the_same(world: World) -> None:
    assert await world.pass_by(world.scheduler("disable"), START) == 0
    assert await world.pass_by(world.scheduler("disable"), NIGHT + 400 * DAY) == 0
    assert (world.row.schedule, world.row.due_time) == ("disable", None)


async def test_a_new_schedule_counts_from_now_on(world: World) -> None:
    await world.pass_by(world.scheduler(), START)
    await world.pass_by(world.scheduler("30 13 * * *"), START + timedelta(minutes=1))
    assert (world.row.schedule, world.row.due_time) == ("30 13 * * *", START + timedelta(minutes=90))
    await world.pass_by(world.scheduler("disable"), START + timedelta(minutes=2))
    assert world.row.due_time is None
    assert await world.pass_by(world.scheduler(), START + timedelta(minutes=3)) == 0
    assert world.row.due_time == NIGHT


async def test_a_clock_that_was_wrong_stops_nothing_for_long(world: World) -> None:
    ahead = START + 1000 * DAY
    scheduler = world.scheduler()
    assert await world.pass_by(scheduler, ahead) == 0
    assert world.store.tasks.take(NAME, "0 1 * * *", ahead, "from the future", ahead + 2 * DAY) is not None
    assert await world.pass_by(scheduler, START) == 0
    assert world.row.due_time == NIGHT
    assert await world.pass_by(scheduler, NIGHT) == 1


async def test_a_stop_leaves_what_is_not_done_due(world: World) -> None:
    scheduler = world.scheduler()
    await world.pass_by(scheduler, START)
    keeping: list[KeepOn] = []

    async def until_told(keep_on: KeepOn, done_time: datetime | None) -> str:
        keeping.append(keep_on)
        while keep_on():
            await asyncio.sleep(0)
        return "half of it"

    scheduler = Scheduler(world.store.tasks, [Task(NAME, parse("0 1 * * *"), until_told)], "daemon", world.clock)
    world.clock.time = NIGHT
    await scheduler.look()
    while not keeping:
        await asyncio.sleep(0)
    await scheduler.stop()
    assert (world.row.due_time, world.row.lease_time, world.row.outcome) == (NIGHT, None, "")
    assert await world.pass_by(world.scheduler(), NIGHT + timedelta(seconds=1)) == 1


async def test_it_looks_by_itself_and_ends_when_told(world: World) -> None:
    await world.pass_by(world.scheduler(), START)
    world.clock.time = NIGHT
    scheduler = world.scheduler()
    scheduler.start()
    async with asyncio.timeout(10):
        await world.sweeping.begun.wait()
        await scheduler.settled()
        await scheduler.stop()
    assert world.row.outcome == "run 1"


async def test_while_the_database_is_away_tasks_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    scheduler = world.scheduler()
    await world.pass_by(scheduler, START)
    with monkeypatch.context() as away:

        def refuse() -> None:
            raise StoreUnavailable("away")

        away.setattr(world.store.tasks, "all", refuse)
        assert await world.pass_by(scheduler, NIGHT) == 0
    assert await world.pass_by(scheduler, NIGHT) == 1
