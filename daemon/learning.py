"""Has tags learned whenever what people have tagged is another."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable

import structlog

from actors.classifier.about import learned_change
from actors.classifier.lessons import TrainTags
from actors.classifier.schedule import is_due
from actors.runtime.errors import ActorLost
from actors.store.errors import StoreUnavailable
from actors.store.store import Store
from actors.store.types import TaggedState
from daemon.tasks import end_task

LOOK_SECONDS = 60.0

log = structlog.get_logger()

Train = Callable[[TrainTags], Awaitable[object]]


class Learning:
    """Looks at the tagged documents now and then, and has the trainer begun when it is time.

    The model itself tells what it was learned from, also after a restart; one that is damaged is learned anew.
    """

    def __init__(self, store: Store, train: Train, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._train = train
        self._clock = clock
        self._last = -math.inf
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on."""
        self._task = asyncio.create_task(self._keep_looking(), name="learn tags")

    async def stop(self) -> None:
        """Break off, also a training at work."""
        await end_task(self._task)

    async def look(self) -> None:
        """Train if it is due. What fails is tried again after the pause."""
        try:
            learned, state = await asyncio.to_thread(self._compare)
            if is_due(learned, state.change, state.documents, self._clock() - self._last):
                self._last = self._clock()
                await self._train(TrainTags(state.change))
        except (StoreUnavailable, ActorLost, OSError, MemoryError) as error:
            log.warning("tags not learned", error=str(error))

    def _compare(self) -> tuple[str | None, TaggedState]:
        return learned_change(self._store.data.classifier), self._store.tagged.state()

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self.look()
