"""The machines as people see them: what Ray, the readers and the database say of each, put together."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence

from actors.pipeline.ports import ReaderState
from actors.pipeline.tally import Tally
from actors.runtime.machines import NodeInfo
from actors.sandbox.level import weakest
from actors.store.nouns.nodes import JoinedNode
from actors.store.store import Store
from daemon.metrics import MachineFigures
from daemon.service.ports import Node, NodeState, Reading
from daemon.service.wire.nodes import HEAD
from daemon.stage import Stage


async def list_machines(stage: Stage, store: Store) -> Sequence[Node]:
    """List the machines, the head first; those that have joined and are away last."""
    (machines, state), joined = await asyncio.gather(stage.machines(), asyncio.to_thread(store.nodes.list))
    return list(put_together(machines, state.readers, joined))


async def look_at_machines(stage: Stage, store: Store) -> MachineFigures:
    """Take one look for a monitor."""
    (machines, state), joined = await asyncio.gather(stage.machines(), asyncio.to_thread(store.nodes.list))
    return machine_figures(list(put_together(machines, state.readers, joined)), state.tally)


def machine_figures(machines: Sequence[Node], tally: Tally) -> MachineFigures:
    """Add up what a monitor wants to know; of hosts it learns no names."""
    states = Counter(machine.state for machine in machines)
    return MachineFigures(
        states={state.value: states[state] for state in NodeState},
        pages_read={machine.id: machine.pages_read for machine in machines if machine.state is not NodeState.AWAY},
        seen_time={machine.id: machine.seen_time.timestamp() for machine in machines if machine.seen_time is not None},
        pages_failed=tally.pages_failed,
        pages_late=tally.pages_late,
        readers_lost=tally.readers_lost,
    )


def put_together(machines: Sequence[NodeInfo], readers: Sequence[ReaderState], joined: Sequence[JoinedNode]) -> Iterator[Node]:
    """Tell each machine once; Ray remembers former lives of those that begin anew."""
    known = {str(one.id): one for one in joined}
    alive = [machine for machine in machines if machine.alive and (not machine.number or machine.number in known)]
    for machine in alive:
        yield _node_of(machine, [reader for reader in readers if reader.node_id == machine.node_id], known.get(machine.number))
    there = {machine.number for machine in alive}
    for one in joined:
        if str(one.id) not in there:
            yield Node(str(one.id), one.hostname, head=False, state=NodeState.AWAY, join_time=one.join_time, seen_time=one.seen_time)


def _node_of(machine: NodeInfo, readers: Sequence[ReaderState], joined: JoinedNode | None) -> Node:
    resting = joined is not None and (joined.resting or joined.leaving)
    return Node(
        # One of a Ray that is not ours has joined nothing here: it has Ray's own id.
        id=HEAD if machine.head else machine.number or machine.node_id,
        hostname=machine.hostname,
        head=machine.head,
        state=NodeState.RESTING if resting else NodeState.WORKING,
        cores=machine.cores,
        memory_bytes=machine.memory_bytes,
        reading=tuple(Reading(page.document_id, page.number, page.since) for reader in readers for page in reader.reading),
        pages_read=sum(reader.done for reader in readers),
        pages_lately=(
            sum(reader.lately.minute for reader in readers),
            sum(reader.lately.ten_minutes for reader in readers),
            sum(reader.lately.hour for reader in readers),
        ),
        sandbox=weakest(reader.sandbox for reader in readers if reader.sandbox is not None),
        languages=tuple(sorted(set[str]().union(*(reader.models for reader in readers)))),
        join_time=joined.join_time if joined else None,
        seen_time=joined.seen_time if joined else None,
    )
