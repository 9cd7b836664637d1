"""Which machines are to be given pages, as the archive's own list of them says."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from actors.runtime.machines import NodeInfo
from actors.store.errors import StoreUnavailable
from actors.store.nouns.nodes import JoinedNode


class Roster:
    """Joins what Ray knows of machines with what the archive does. While the database is away, what it said last holds."""

    def __init__(self, joined: Callable[[], Sequence[JoinedNode]], machines: Callable[[], Sequence[NodeInfo]]) -> None:
        self._read = joined
        self._machines = machines
        self._joined: Sequence[JoinedNode] = ()

    def standing(self) -> list[NodeInfo]:
        """List the machines, and say of each how it stands."""
        with suppress(StoreUnavailable):
            self._joined = self._read()
        return standing(self._machines(), self._joined)


def standing(machines: Sequence[NodeInfo], joined: Sequence[JoinedNode]) -> list[NodeInfo]:
    """Say of each machine whether it is to be given pages: one that was removed is as good as gone, whatever Ray says."""
    known = {str(one.id): one for one in joined}

    def stands(machine: NodeInfo) -> NodeInfo:
        if not machine.number:
            return machine
        one = known.get(machine.number)
        return replace(machine, resting=one.resting or one.leaving) if one else replace(machine, alive=False)

    return [stands(machine) for machine in machines]
