"""Keeps an actor alive: how its ending is answered, and when it begins again."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import structlog

log = structlog.get_logger()

FIRST_DELAY_SECONDS = 0.2
# To begin again costs little; a database that is back, or a killer that is gone, should not be waited for longer.
LONGEST_DELAY_SECONDS = 5.0
# An actor that worked as long as the longest pause is healthy again: its earlier failures no longer count.
HEALTHY_SECONDS = LONGEST_DELAY_SECONDS


class Ending(StrEnum):
    """The ways in which an actor's run ends."""

    STOPPED = "stopped"
    FAILED = "failed"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Watched:
    """What the supervisor knows of an actor."""

    name: str
    working: bool
    restarts: int
    last_ending: Ending | None
    last_error: str


def restart_delay(failures: int) -> float:
    """Give the seconds to wait before beginning again after so many failures in a row (1 is the first)."""
    return float(min(FIRST_DELAY_SECONDS * 2 ** min(failures - 1, 20), LONGEST_DELAY_SECONDS))


def failures_in_a_row(before: int, worked_seconds: float) -> int:
    """Count the failure that just happened, forgetting earlier ones after healthy work."""
    return 1 if worked_seconds >= HEALTHY_SECONDS else before + 1


def first_line(error: Exception) -> str:
    """Say what went wrong in one line; Ray's own words go on for many."""
    return str(error).partition("\n")[0]


class Supervisor:
    """Begins an actor, and begins it again whenever it ends without having been stopped.

    `reach` returns once the actor's process answers: starting it may take long on a busy machine, and is no failure. `begin` runs the
    actor and returns when it was stopped. Either raises `killed` errors when the process died, anything else when the actor failed by
    itself.
    """

    def __init__(
        self,
        name: str,
        reach: Callable[[], Awaitable[None]],
        begin: Callable[[], Awaitable[None]],
        killed: type[Exception],
        clock: Callable[[], float],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._reach = reach
        self._begin = begin
        self._killed = killed
        self._clock = clock
        self._pause = pause
        self._stopping = False
        self._began: float | None = None  # None while its process is not there
        self.watched = Watched(name, working=False, restarts=0, last_ending=None, last_error="")

    def stop(self) -> None:
        """Take the next ending as wanted."""
        self._stopping = True

    async def keep(self) -> None:
        """Run the actor until it is stopped."""
        failures = 0
        while True:
            self._began = None
            ending, error = await self._run_once()
            self.watched = Watched(self.watched.name, False, self.watched.restarts + 1, ending, error)
            if ending is Ending.STOPPED or self._stopping:
                return
            failures = failures_in_a_row(failures, 0.0 if self._began is None else self._clock() - self._began)
            delay = restart_delay(failures)
            log.warning("actor ended", actor=self.watched.name, ending=ending.value, error=error, begins_again_in_seconds=delay)
            await self._pause(delay)

    async def _run_once(self) -> tuple[Ending, str]:
        try:
            await self._reach()
            self._began = self._clock()
            self.watched = replace(self.watched, working=True)
            await self._begin()
        except self._killed as error:
            return Ending.KILLED, first_line(error)
        except Exception as error:  # noqa: BLE001  # whatever an actor fails with, it must begin again
            return Ending.FAILED, f"{type(error).__name__}: {first_line(error)}"
        return Ending.STOPPED, ""
