"""Places are given out in turns, one for each document, round and round."""

import asyncio
from contextlib import AsyncExitStack

from actors.pipeline.turns import Turns


async def held(turns: Turns, document: str, order: list[str], gate: asyncio.Event) -> None:
    async with turns.place(document):
        order.append(document)
        await gate.wait()


async def until_taken(turns: Turns, count: int) -> None:
    while turns.taken != count:
        await asyncio.sleep(0)


async def test_a_letter_behind_a_book_gets_the_second_free_place() -> None:
    turns, gates = Turns(lambda: 1), [asyncio.Event() for _ in range(6)]
    order: list[str] = []
    tasks = [asyncio.create_task(held(turns, "book", order, gate)) for gate in gates[:5]]
    await until_taken(turns, 1)
    tasks.append(asyncio.create_task(held(turns, "letter", order, gates[5])))
    for gate in gates:
        gate.set()
    await asyncio.gather(*tasks)
    assert order == ["book", "book", "letter", "book", "book", "book"]


async def test_never_more_places_than_there_are() -> None:
    turns, gate = Turns(lambda: 2), asyncio.Event()
    order: list[str] = []
    tasks = [asyncio.create_task(held(turns, str(number), order, gate)) for number in range(9)]
    await until_taken(turns, 2)
    await asyncio.sleep(0)
    assert len(order) == 2
    gate.set()
    await asyncio.gather(*tasks)
    assert (turns.taken, len(order)) == (0, 9)


async def test_who_gives_up_waiting_takes_no_place_with_it() -> None:
    turns, gate = Turns(lambda: 1), asyncio.Event()
    order: list[str] = []
    holder = asyncio.create_task(held(turns, "first", order, gate))
    await until_taken(turns, 1)
    waiting = asyncio.create_task(held(turns, "second", order, gate))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    gate.set()
    await holder
    async with asyncio.timeout(1), turns.place("third"):
        assert turns.taken == 1
    assert turns.taken == 0


async def test_new_places_are_given_out_when_readers_join() -> None:
    places = 0
    turns = Turns(lambda: places)
    async with AsyncExitStack() as stack:
        waiting = asyncio.create_task(stack.enter_async_context(turns.place("letter")))
        await asyncio.sleep(0)
        assert not waiting.done()
        places = 1
        turns.give_out()
        await asyncio.wait_for(waiting, 1)
