"""The processes that are killed: lives of the pipeline that do what is queued, on a real store and a real index.

python -m tests.faults.lives; each line of its input is a folder and a death, and begins a life on it that works until it dies of that, or
nothing is left to do. A line of its output says how it ended.
"""

import asyncio
import json
import os
import signal
import sys
import threading
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import structlog

from actors.failpoints import Failpoint, Moment, Point, before
from actors.store.nouns.jobs import JobState
from actors.store.store import Store
from actors.understanding.settings import UnderstandingSettings
from actors.understanding.understanding import Understanding
from daemon.cast.understanding import make_understanding
from tests.faults.life import WAIT_SECONDS, Life
from tests.pipeline.cast import until

KILLED, ENDED = "killed", "ended"
FIRST = before(Point.COMMITTED)
ACTIVE = (JobState.QUEUED, JobState.RUNNING, JobState.RETRYING)


@dataclass(frozen=True, slots=True)
class Death:
    """When a life is killed: at the n-th visit of a place, or so many seconds after the first. Never, where nothing is said."""

    place: Failpoint = FIRST
    visit: int = 0
    seconds: float = 0.0


def written(root: Path, death: Death) -> str:
    """Write down on which folder a life is to be lived, and how it ends."""
    return json.dumps([str(root), death.place.moment, death.place.point, death.visit, death.seconds])


def read(line: str) -> tuple[Path, Death]:
    """Read what was written down."""
    root, moment, point, visit, seconds = json.loads(line)
    return Path(root), Death(Failpoint(Moment(moment), Point(point)), visit, seconds)


class Doom:
    """Counts the visits of places, and kills its own process when its time has come."""

    def __init__(self, death: Death) -> None:
        self._death = death
        self._visits = 0

    def __call__(self, place: Failpoint) -> None:
        """Come by a place."""
        if place != self._death.place:
            return
        self._visits += 1
        if self._visits == self._death.visit:
            die()
        if self._visits == 1 and self._death.seconds:
            timer = threading.Timer(self._death.seconds, die)
            timer.daemon = True
            timer.start()


def die() -> None:
    """End at once, as nobody can hinder."""
    os.kill(os.getpid(), signal.SIGKILL)


def understanding(store: Store) -> Understanding:
    """Understand documents by the rules of a store."""
    return make_understanding(UnderstandingSettings(), store, UTC)


def idle(store: Store) -> bool:
    """Tell whether every job has ended."""
    return not store.jobs.list(ACTIVE, None, None, 1)


async def live(root: Path, death: Death) -> None:
    """Work until nothing is left to do."""
    life = Life(root, Doom(death), understanding)
    async with life.at_work():
        await until(lambda: idle(life.store), WAIT_SECONDS)
        await life.index.apply()


def main() -> None:
    """Begin a life for each death that comes, one after the other; all that is imported is imported once."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    for line in sys.stdin:
        if life := os.fork():
            _, status = os.waitpid(life, 0)
            how = {-signal.SIGKILL: KILLED, 0: ENDED}.get(os.waitstatus_to_exitcode(status), "failed")
            os.write(sys.stdout.fileno(), f"{how}\n".encode())
        else:
            asyncio.run(live(*read(line)))
            os._exit(0)


if __name__ == "__main__":
    main()
