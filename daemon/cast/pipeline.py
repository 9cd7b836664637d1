"""Who leads documents along their way, with readers on every machine."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from actors.index.language import detect_language
from actors.ocr.engines.tessdata import installed_languages
from actors.ocr.page_reader import PageReaderState
from actors.pipeline import ports
from actors.pipeline.gotenberg import Gotenberg
from actors.pipeline.pipeline import Pipeline
from actors.runtime.errors import ActorLost
from actors.runtime.machines import NodeInfo, nodes
from actors.runtime.pool import Member, Pool
from actors.store.nodes.nodes import Nodes
from actors.store.nouns.nodes import JoinedNode
from actors.store.store import join_store
from daemon.cast.planner import make_planner
from daemon.cast.reader import make_reader
from daemon.cast.understanding import make_understanding
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


def standing(machines: Sequence[NodeInfo], joined: Sequence[JoinedNode]) -> list[NodeInfo]:
    """Say of each machine whether it is to be given pages: one that was removed is as good as gone, whatever Ray says."""
    known = {str(one.id): one for one in joined}

    def stands(machine: NodeInfo) -> NodeInfo:
        if not machine.number:
            return machine
        one = known.get(machine.number)
        return replace(machine, resting=one.resting or one.leaving) if one else replace(machine, alive=False)

    return [stands(machine) for machine in machines]


class PooledReaders:
    """The readers of all machines, as the pipeline wants them."""

    def __init__(self, script: Script, joined: Nodes) -> None:
        readers = script.readers
        per_node = partial(readers_on, script.workers, script.background_load)

        def find() -> list[NodeInfo]:
            return standing(nodes(), joined.list())

        self._pool = Pool("reader", partial(make_reader, readers), ReaderActor, per_node, script.niceness, readers.prepare, find)
        self._told: dict[str, PageReaderState] = {}
        self.start = self._pool.start
        self.stop = self._pool.stop
        self.lend = self._pool.lend

    @property
    def size(self) -> int:
        """Count the readers."""
        return self._pool.size

    async def states(self) -> Sequence[ports.ReaderState]:
        """Tell what each reader does, and what it told last of its machine."""
        told = self._told | await self._pool.ask(lambda reader: reader.state(), ANSWER_SECONDS)
        members = self._pool.members()
        self._told = {member.name: told[member.name] for member in members if member.name in told}
        return [state_of(member, self._told.get(member.name)) for member in members]


def state_of(member: Member, told: PageReaderState | None) -> ports.ReaderState:
    """Join what the pool knows of a reader with what it has told itself."""
    return ports.ReaderState(
        member.name,
        member.node_id,
        member.hostname,
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


def make_pipeline(script: Script, binder: ports.Binder, index: ports.Index) -> Pipeline:
    """Build it on the store."""
    store = join_store(script.store_url, script.data)
    room = ports.Room(
        store=store,
        binder=binder,
        readers=PooledReaders(script, store.nodes),
        index=index,
        settings=script.ocr,
        detect_language=detect_language,
        understanding=make_understanding(script.understanding, store, ZoneInfo(script.time_zone)),
        workflows=make_planner(store, script.time_zone, script.understanding.dates.order),
        models=partial(installed_languages, os.environ),
        now=utc_now,
        lost=ActorLost,
        checkpoint=script.checkpoint,
        barcodes=script.understanding.barcodes,
        scripts=script.scripts,
        sides_patience=script.intake.sides_patience,
        elsewhere=Gotenberg(script.gotenberg).convert if script.gotenberg else None,
    )
    return Pipeline(room, f"pipeline {os.getpid()}")


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)
