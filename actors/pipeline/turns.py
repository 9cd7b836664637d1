"""Places at the readers, given out in turns, so that a letter need not wait behind a book."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager


class Turns:
    """Lends a bounded number of places. Whoever waits is served in turns: one place for each document, round and round.

    `places` is asked each time, since machines come and go.
    """

    def __init__(self, places: Callable[[], int]) -> None:
        self._places = places
        self._taken = 0
        self._waiting: OrderedDict[Hashable, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def taken(self) -> int:
        """Count the places in use."""
        return self._taken

    @asynccontextmanager
    async def place(self, document: Hashable) -> AsyncIterator[None]:
        """Wait for this document's turn, and hold a place."""
        if self._taken < self._places() and not self._waiting:
            self._taken += 1
        else:
            await self._wait(document)
        try:
            yield
        finally:
            self._taken -= 1
            self.give_out()

    def give_out(self) -> None:
        """Give free places to those whose turn it is."""
        while self._waiting and self._taken < self._places():
            document, queue = self._waiting.popitem(last=False)
            turn = queue.popleft()
            if queue:
                self._waiting[document] = queue
            if not turn.done():
                self._taken += 1
                turn.set_result(None)

    async def _wait(self, document: Hashable) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(document, deque()).append(turn)
        self.give_out()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._taken -= 1
                self.give_out()
            raise
