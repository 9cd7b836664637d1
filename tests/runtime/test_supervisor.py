"""An actor that ends without having been stopped begins again, ever later while it keeps failing."""

import asyncio
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from actors.runtime.supervisor import HEALTHY_SECONDS, LONGEST_DELAY_SECONDS, Ending, Supervisor, failures_in_a_row, restart_delay


class ProcessDied(Exception):
    """Stands for the death of an actor's process."""


class Script:
    """Ends each run as the script says; the last entry ends it for good."""

    def __init__(self, *endings: Exception | None) -> None:
        self._endings: Iterator[Exception | None] = iter(endings)
        self.reached = 0
        self.begun = 0

    async def reach(self) -> None:
        self.reached += 1

    async def begin(self) -> None:
        self.begun += 1
        ending = next(self._endings)
        if ending is not None:
            raise ending


class Clock:
    """Moves only while somebody pauses."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.seconds += seconds


def supervised(script: Script, clock: Clock) -> Supervisor:
    return Supervisor("actor", script.reach, script.begin, ProcessDied, clock, clock.pause)


async def test_a_killed_and_a_failed_actor_begin_again_and_a_stopped_one_does_not() -> None:
    script, clock = Script(ProcessDied("gone"), ValueError("bad"), None), Clock()
    supervisor = supervised(script, clock)
    await supervisor.keep()
    assert (script.reached, script.begun) == (3, 3)
    assert clock.pauses == [restart_delay(1), restart_delay(2)]
    assert supervisor.watched.last_ending is Ending.STOPPED


async def test_an_actor_whose_process_is_not_there_yet_does_not_work_and_has_not_ended() -> None:
    script, there = Script(None), asyncio.Event()

    async def reach() -> None:
        await there.wait()

    supervisor = Supervisor("actor", reach, script.begin, ProcessDied, Clock())
    keeping = asyncio.create_task(supervisor.keep())
    await asyncio.sleep(0)
    assert (supervisor.watched.working, supervisor.watched.restarts, script.begun) == (False, 0, 0)
    there.set()
    await keeping
    assert script.begun == 1


async def test_to_wait_for_a_process_is_no_healthy_work() -> None:
    script, clock = Script(ProcessDied("gone"), ProcessDied("gone"), ProcessDied("gone"), None), Clock()

    async def reach() -> None:
        clock.seconds += 2 * HEALTHY_SECONDS

    await Supervisor("actor", reach, script.begin, ProcessDied, clock, clock.pause).keep()
    assert clock.pauses == [restart_delay(1), restart_delay(2), restart_delay(3)]


async def test_the_last_ending_and_its_reason_can_be_seen() -> None:
    supervisor = supervised(Script(ValueError("no such file")), Clock())
    supervisor.stop()
    await supervisor.keep()
    assert (supervisor.watched.last_ending, supervisor.watched.last_error) == (Ending.FAILED, "ValueError: no such file")


async def test_a_stopped_actor_that_dies_is_let_go() -> None:
    script = Script(ProcessDied("gone"))
    supervisor = supervised(script, Clock())
    supervisor.stop()
    await asyncio.wait_for(supervisor.keep(), 1)
    assert script.begun == 1


@given(st.integers(min_value=1, max_value=10_000))
def test_pauses_grow_to_a_bound(failures: int) -> None:
    assert restart_delay(failures) <= restart_delay(failures + 1) <= LONGEST_DELAY_SECONDS


def test_healthy_work_makes_earlier_failures_forgotten() -> None:
    assert failures_in_a_row(7, HEALTHY_SECONDS) == 1
    assert failures_in_a_row(7, HEALTHY_SECONDS - 0.1) == 8
