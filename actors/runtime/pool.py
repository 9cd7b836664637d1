"""Many actors of one kind, spread over the machines of the cluster."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from actors.runtime.errors import ActorLost
from actors.runtime.lately import Lately
from actors.runtime.machines import NodeInfo, nodes
from actors.runtime.troupe import Troupe

T = TypeVar("T")
A = TypeVar("A")

# How soon a machine that joined gets its first work.
LOOK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Member:
    """One actor of a pool, as users and tests see it.

    `tasks` are what it was lent for and has in hand; `done_within` tells how many calls it has done in so many seconds.
    """

    name: str
    node: NodeInfo
    working: bool
    tasks: tuple[object, ...]
    done: int
    done_within: Callable[[int], int]


Choose = Callable[[Sequence[Member]], Sequence[Member]]


def everyone(members: Sequence[Member]) -> Sequence[Member]:
    """Choose all."""
    return members


@dataclass(slots=True)
class _Seat(Generic[T]):
    name: str
    node: NodeInfo
    port: T
    lately: Lately
    tasks: list[object] = field(default_factory=list)
    done: int = 0


class Pool(Generic[T]):
    """Keeps so many actors on each machine, and lends the least busy one.

    A machine that joins gets its actors within `LOOK_SECONDS`; the actors of one that left are forgotten, and what they had in hand raises
    `ActorLost` where it is awaited. Those of a machine that rests finish what they have, and are not lent.
    """

    def __init__(
        self,
        kind: str,
        factory: Callable[[], object],
        port: type[T],
        per_node: Callable[[NodeInfo], int],
        niceness: int,
        prepare: Callable[[str], None] | None,
        find: Callable[[], Sequence[NodeInfo]] = nodes,
    ) -> None:
        """Take how many actors a machine gets, and how machines are found; both are asked again as these come and go."""
        self._kind = kind
        self._factory = factory
        self._port = port
        self._per_node = per_node
        self._niceness = niceness
        self._find = find
        self._troupe = Troupe(prepare)
        self._seats: list[_Seat[T]] = []
        self._seated = asyncio.Event()
        self._look: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin the actors on the machines that are there, and watch for others."""
        self.arrange(await asyncio.to_thread(self._find))
        self._look = asyncio.create_task(self._keep_looking(), name=f"look for nodes for {self._kind}")

    async def stop(self, seconds: float) -> None:
        """End all actors, giving each so long to finish what it has in hand."""
        if self._look is not None:
            self._look.cancel()
            self._look = None
        await asyncio.gather(*(self._troupe.stop(seat.name, seconds) for seat in self._seats))
        self._seats.clear()

    async def look(self) -> None:
        """Look at once which machines are there and which rest; what is told of actors from then on is true of that."""
        machines = await asyncio.to_thread(self._find)
        if self._look is not None:
            self.arrange(machines)

    @property
    def size(self) -> int:
        """Count the actors that are lent."""
        return sum(not seat.node.resting for seat in self._seats)

    def members(self) -> list[Member]:
        """Tell what each actor does."""
        return [self._member(seat) for seat in self._seats]

    async def ask(self, question: Callable[[T], Awaitable[A]], seconds: float, of: Callable[[str], bool] = lambda _: True) -> dict[str, A]:
        """Put a question to every actor that works and whose name is wanted; give the answers that come in time, by those names."""
        answers: dict[str, A] = {}

        async def ask_one(seat: _Seat[T]) -> None:
            with suppress(TimeoutError, ActorLost):
                async with asyncio.timeout(seconds):
                    answers[seat.name] = await question(seat.port)

        await asyncio.gather(*(ask_one(seat) for seat in self._seats if of(seat.name) and self._troupe.works(seat.name)))
        return answers

    @asynccontextmanager
    async def lend(self, task: object = None, choose: Choose = everyone) -> AsyncIterator[T]:
        """Give the least busy actor for one call, of those that work where there are any. `task` is told of it meanwhile.

        `choose` leaves out those that it is not for; where it leaves out all, it is for anyone.
        """
        await self._seated.wait()
        lent = [seat for seat in self._seats if not seat.node.resting]
        chosen = choose([self._member(seat) for seat in lent])
        names = {member.name for member in chosen}
        fit = [seat for seat in lent if seat.name in names] or lent
        seat = min(fit, key=lambda seat: (not self._troupe.works(seat.name), len(seat.tasks)))
        seat.tasks.append(task)
        try:
            yield seat.port
            seat.done += 1
            seat.lately.add()
        finally:
            seat.tasks.remove(task)

    def arrange(self, machines: Sequence[NodeInfo]) -> None:
        """Give every living machine its actors, and forget those of machines that are gone."""
        alive = {machine.node_id for machine in machines if machine.alive}
        gone = [seat for seat in self._seats if seat.node.node_id not in alive]
        for seat in gone:
            self._seats.remove(seat)
            self._troupe.forget(seat.name)
        now = {machine.node_id: machine for machine in machines}
        for seat in self._seats:
            seat.node = now[seat.node.node_id]
        seated = {seat.node.node_id for seat in self._seats}
        for machine in machines:
            if machine.alive and machine.node_id not in seated:
                self._seats.extend(self._seat(machine, number) for number in range(self._per_node(machine)))
        if self.size:
            self._seated.set()
        else:
            self._seated.clear()

    def _member(self, seat: _Seat[T]) -> Member:
        works = self._troupe.works(seat.name)
        return Member(seat.name, seat.node, works, tuple(seat.tasks), seat.done, seat.lately.within)

    def _seat(self, machine: NodeInfo, number: int) -> _Seat[T]:
        name = f"{self._kind}-{machine.hostname}-{machine.node_id[:6]}-{number}"
        port = self._troupe.spawn(name, self._factory, self._port, niceness=self._niceness, node_id=machine.node_id, patience_seconds=0.0)
        return _Seat(name, machine, port, Lately(time.monotonic))

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self.look()
