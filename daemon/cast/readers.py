"""The readers of all machines: which machine gets how many, and which page goes to whom."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Protocol

from actors.ocr.page_reader import PageReaderState
from actors.pipeline import ports
from actors.runtime.machines import NodeInfo, nodes
from actors.runtime.pool import LOOK_SECONDS, Member, Pool
from actors.store.nodes.nodes import Nodes
from daemon.cast.reader import make_reader
from daemon.cast.roster import Roster
from daemon.script import Script

# A reader answers while it reads; one that is about to begin again does not.
ANSWER_SECONDS = 1.0


class ReaderActor(ports.PageReader, Protocol):
    """A reader, as the pool speaks to it."""

    async def state(self) -> PageReaderState:
        """Tell what was done since the start, and how far the decoder is shut in."""


# A reader and its decoder take about 250 MB for common pages and far more for rare ones, which seldom meet; the daemon's other processes
# and the system take about a gigabyte.
READER_BYTES = 400_000_000
OTHERS_BYTES = 1_000_000_000


class PooledReaders:
    """The readers of all machines, as the pipeline wants them."""

    def __init__(self, script: Script, joined: Nodes) -> None:
        readers = script.readers
        per_node = partial(readers_on, script.workers, script.background_load)
        find = Roster(joined.list, nodes).standing
        self._pool = Pool("reader", partial(make_reader, readers), ReaderActor, per_node, script.niceness, readers.prepare, find)
        self._told: dict[str, PageReaderState] = {}
        self._meeting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin them, and ask each new one what its machine can do."""
        await self._pool.start()
        self._meeting = asyncio.create_task(self._meet(), name="meet readers")

    async def stop(self, seconds: float) -> None:
        """End them all."""
        if self._meeting is not None:
            self._meeting.cancel()
        await self._pool.stop(seconds)

    @property
    def size(self) -> int:
        """Count the readers that are sent pages."""
        return self._pool.size

    def lend(self, page: ports.PageInHand) -> AbstractAsyncContextManager[ports.PageReader]:
        """Give the least busy reader of those that are right for a page."""
        return self._pool.lend(page, lambda members: right_for(page, members, self._told))

    def spare(self, page: ports.PageInHand) -> bool:
        """Tell whether one that is right for a page, and does not have it, has nothing else to do."""
        members = [member for member in self._pool.members() if not member.node.resting]
        return any(member.working and not member.tasks for member in right_for(page, members, self._told))

    async def states(self) -> Sequence[ports.ReaderState]:
        """Tell what each reader does, and what it told last of its machine; one of a machine that was said to rest is sent nothing more."""
        await self._pool.look()
        await self._ask(lambda _: True)
        return [state_of(member, self._told.get(member.name)) for member in self._pool.members()]

    async def _meet(self) -> None:
        while True:
            await self._ask(lambda name: name not in self._told)
            await asyncio.sleep(LOOK_SECONDS)

    async def _ask(self, of: Callable[[str], bool]) -> None:
        told = self._told | await self._pool.ask(lambda reader: reader.state(), ANSWER_SECONDS, of)
        names = {member.name for member in self._pool.members()}
        self._told = {name: state for name, state in told.items() if name in names}


def right_for(page: ports.PageInHand, members: Sequence[Member], told: Mapping[str, PageReaderState]) -> list[Member]:
    """Choose who may read a page: who has its languages, as far as anyone has them; then one elsewhere, where somebody has it already."""
    known = frozenset[str]().union(*(state.models for state in told.values()))
    wanted = page.languages & known
    holders = [member for member in members if any(one.is_same(page) for one in in_hand(member))]
    places = {holder.node.node_id for holder in holders}
    # Of those of the head it is known before they tell it: what is installed there decides what is asked for.
    able = [member for member in members if (wanted <= told[member.name].models if member.name in told else member.node.head)]
    at_home = [member for member in able if member.node.head] if page.at_home else []
    free = [member for member in at_home or able if member not in holders]
    return [member for member in free if member.node.node_id not in places] or free


def state_of(member: Member, told: PageReaderState | None) -> ports.ReaderState:
    """Join what the pool knows of a reader with what it has told itself."""
    return ports.ReaderState(
        member.name,
        member.node.node_id,
        member.node.hostname,
        in_hand(member),
        member.done,
        lately(member),
        told.sandbox if told else None,
        told.models if told else frozenset(),
    )


def in_hand(member: Member) -> tuple[ports.PageInHand, ...]:
    """Name the pages that a reader was lent for and has not read yet."""
    return tuple(task for task in member.tasks if isinstance(task, ports.PageInHand))


def lately(member: Member) -> ports.ReadLately:
    """Tell how much a reader has read of late."""
    return ports.ReadLately(*map(member.done_within, (60, 600, 3_600)))


def readers_on(workers: int, background_load: int, node: NodeInfo) -> int:
    """Choose how many pages a machine reads at once: what is set for the head, else as many as its cores and its memory carry."""
    if workers and node.head:
        return workers
    by_cores = node.cores * (background_load if node.head else 100) // 100
    by_memory = (node.memory_bytes - OTHERS_BYTES) // READER_BYTES
    return max(1, min(by_cores, by_memory))
