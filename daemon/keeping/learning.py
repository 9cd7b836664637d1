"""Has labels learned whenever what people have filed is another."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable

import structlog

from actors.classifier.about import learned_change
from actors.classifier.lessons import TrainLabels
from actors.classifier.schedule import is_due
from actors.runtime.errors import ActorLost
from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import FiledState
from actors.store.store import Store
from daemon.keeping.tasks import begin_task, end_task

LOOK_SECONDS = 60.0
# Of the time, looking takes at most one part in so many: with 100,000 documents a look takes half a second.
LOOK_SHARE = 100

log = structlog.get_logger()

Train = Callable[[TrainLabels], Awaitable[object]]


class Learning:
    """Looks at the filed documents now and then, and has the trainer begun when it is time.

    The model itself tells what it was learned from, also after a restart; one that is damaged is learned anew.
    """

    def __init__(self, store: Store, train: Train, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._train = train
        self._clock = clock
        self._last = -math.inf
        self._looked_seconds = 0.0
        self._trained_seconds = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on."""
        self._task = begin_task(self._keep_looking, "learn labels")

    async def stop(self) -> None:
        """Break off, also a training at work."""
        await end_task(self._task)

    async def look(self) -> None:
        """Train if it is due. What fails is tried again after the pause."""
        try:
            began = self._clock()
            learned, state = await asyncio.to_thread(self._compare)
            self._looked_seconds = self._clock() - began
            if is_due(learned, state.change, state.documents, began - self._last, self._trained_seconds):
                self._last = began
                await self._train(TrainLabels(state.change))
                self._trained_seconds = self._clock() - began
        except (StoreUnavailable, ActorLost, OSError, MemoryError) as error:
            log.warning("labels not learned", error=str(error))

    def _compare(self) -> tuple[str | None, FiledState]:
        return learned_change(self._store.data.classifier), self._store.filed.state()

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(max(LOOK_SECONDS, LOOK_SHARE * self._looked_seconds))
            await self.look()
