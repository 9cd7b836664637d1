"""Who may call what, on what: every RPC, for every kind of caller, on things to which that caller stands in every way.

What each of these cells must come to is worked out from the .proto and one line for each RPC in matrix/.
"""

import asyncio
import re
from collections.abc import Iterator, Sequence
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message_factory import GetMessageClass

from daemon.service.around.access import service_descriptors
from daemon.service.server import OURS
from scriba.v1 import access_pb2
from tests.service.house import House, failure_of
from tests.service.matrix.callers import callers
from tests.service.matrix.expecting import expected
from tests.service.matrix.line import Line, Needs
from tests.service.matrix.lines import LINES
from tests.service.matrix.relations import ALL_STANDINGS, Standing, standings
from tests.service.matrix.things import Cell, Things

METHODS = {method.full_name: method for service in service_descriptors(OURS) for method in service.methods}
# Ids of things, and of what a call makes.
NUMBER = r"\d{8,}"
# What is hidden must be told as what is not there.
_HIDING = (Needs.VIEW_OR_NO_WORD, Needs.VIEW, Needs.EDIT, Needs.OWNERSHIP)


class Walk:
    """Calls cell by cell; what a call may have changed is used for that call alone."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.callers = callers(house)
        self._things = Things(house.store, self.callers)

    async def outcomes(self, method: MethodDescriptor, line: Line, cells: Sequence[Cell]) -> list[tuple[str, str]]:
        """Make the calls of cells; give why each was refused, and all that was told, with words in the place of ids."""
        await asyncio.to_thread(self._things.provide, cells)
        return [await self._outcome(method, line, cell) for cell in cells]

    async def _outcome(self, method: MethodDescriptor, line: Line, cell: Cell) -> tuple[str, str]:
        asked = line.ask(self._things.of(cell))
        reason, told = await answer(self._house, method, asked, cell.caller.metadata)
        if not reason and scope_of(method) != access_pb2.SCOPE_READ:
            self._things.spend(cell)
            cell.caller.sign_in(self._house)
        named = set(re.findall(NUMBER, str(asked)))
        return reason, re.sub(NUMBER, lambda found: "one" if found.group() in named else "another", told)


def scope_of(method: MethodDescriptor) -> int:
    return method.GetOptions().Extensions[access_pb2.access].scope


async def answer(house: House, method: MethodDescriptor, asked: Any, metadata: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Call an RPC; of a stream, read the first answer."""
    path = f"/{method.containing_service.full_name}/{method.name}"
    kind = ("stream" if method.client_streaming else "unary") + "_" + ("stream" if method.server_streaming else "unary")
    call = getattr(house.channel, kind)(path, lambda each: each.SerializeToString(), GetMessageClass(method.output_type).FromString)
    running = call(iter(asked) if method.client_streaming else asked, metadata=metadata, timeout=60)
    try:
        told = str(await (running.read() if method.server_streaming else running))
    except grpc.aio.AioRpcError as error:
        failure = failure_of(error)
        return failure.reason, str(failure)
    finally:
        running.cancel()
    return "", told


@pytest.fixture
def walk(house: House) -> Walk:
    return Walk(house)


def test_every_rpc_has_a_line_in_the_matrix() -> None:
    lacking = METHODS.keys() - LINES.keys()
    assert not lacking, f"say in tests/service/matrix how these name a thing, and what they need: {sorted(lacking)}"
    assert LINES.keys() == METHODS.keys()


@pytest.mark.timeout(300)
async def test_every_cell_comes_to_what_its_rule_says(walk: Walk) -> None:
    wrong, ways = list[str](), set[Standing]()
    for turn, (name, method) in enumerate(METHODS.items()):
        line, access, cells = LINES[name], method.GetOptions().Extensions[access_pb2.access], list(cells_of(walk, turn))
        ways |= {cell.standing for cell in cells if cell.caller.reaches_things}
        for cell, (reason, told) in zip(cells, await walk.outcomes(method, line, cells), strict=True):
            wanted = expected(access, line, cell.caller, cell.standing)
            if reason not in wanted:
                wrong.append(f"{name} for {cell}: {reason or 'OK'} instead of {' or '.join(each or 'OK' for each in wanted)}; {told[:200]}")
    assert not wrong, "\n".join(["if the rules say so, mend the line in tests/service/matrix", *wrong])
    assert ways == ALL_STANDINGS


def cells_of(walk: Walk, turn: int) -> Iterator[Cell]:
    """Give the cells of an RPC. By which ways relations come about changes from one RPC to the next.

    Whoever is refused before his request is read, as those are whose token holds no more, names one thing only, to which his
    relation changes likewise.
    """
    for caller in walk.callers:
        found = standings(turn)
        yield from (Cell(caller, standing) for standing in (found if caller.reaches_things else [found[turn % len(found)]]))


async def test_what_is_hidden_is_told_of_in_the_very_words_of_what_is_not_there(walk: Walk) -> None:
    editor = next(caller for caller in walk.callers if caller.name == "editor")
    for turn, (name, method) in enumerate(METHODS.items()):
        if (line := LINES[name]).needs in _HIDING:
            hidden, absent = await walk.outcomes(method, line, [Cell(editor, standing) for standing in standings(turn)[-2:]])
            assert hidden == absent, name
