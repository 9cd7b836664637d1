"""A program that starts a real Ray, houses plain actors on it, and prints what it saw as JSON. Run by test_cluster.py."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol

import psutil

from actors.runtime.environment import prepare_environment

prepare_environment(Path(sys.argv[1]) / "cluster.token")

from actors.runtime.cluster import ClusterSettings, start_ray  # noqa: E402  # after the environment
from actors.runtime.errors import ActorLost  # noqa: E402
from actors.runtime.machines import NodeInfo, nodes  # noqa: E402
from actors.runtime.pool import Pool  # noqa: E402
from actors.runtime.troupe import Troupe  # noqa: E402


class Counter:
    """A plain actor that only answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    async def count(self) -> int:
        self._count += 1
        return self._count

    async def pid(self) -> int:
        return os.getpid()

    async def refuse(self) -> None:
        raise LookupError("not here")

    async def wait_for_ever(self) -> None:
        (self._folder / "waiting").touch()
        try:
            await asyncio.Event().wait()
        finally:
            (self._folder / "cancelled").touch()


class CounterPort(Protocol):
    async def count(self) -> int: ...
    async def pid(self) -> int: ...
    async def refuse(self) -> None: ...
    async def wait_for_ever(self) -> None: ...


async def until(condition: Callable[[], bool]) -> bool:
    for _ in range(500):
        if condition():
            return True
        await asyncio.sleep(0.02)
    return False


async def refused(port: CounterPort) -> str:
    try:
        await port.refuse()
    except LookupError as error:
        return f"{type(error).__name__}: {error.args[0]}"
    return "let in"


async def cancelled(port: CounterPort, folder: Path) -> bool:
    call = asyncio.create_task(port.wait_for_ever())
    await until((folder / "waiting").exists)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    return await until((folder / "cancelled").exists)


async def lost(pool: Pool[CounterPort]) -> str:
    async with pool.lend() as member:
        pid = await member.pid()
    os.kill(pid, signal.SIGKILL)
    try:
        async with pool.lend() as member:
            await member.count()
    except ActorLost:
        return "lost"
    return "answered"


async def told(pool: Pool[CounterPort]) -> list[list[object]]:
    """Lend a member for a task twice over, once in vain; tell what is known of it meanwhile and afterwards."""
    seen = list[list[object]]()

    def look() -> None:
        seen.append([part for member in pool.members() for part in (list(member.tasks), member.done, member.done_within(60))])

    async with pool.lend("page 1") as member:
        async with pool.lend("page 2"):
            look()
        look()
        await member.count()
    with suppress(LookupError):
        async with pool.lend("page 3") as member:
            await member.refuse()
    look()
    return seen


async def stands_in(pool: Pool[CounterPort]) -> bool:
    """Kill one of two members; once that is known, tell whether the other answers."""
    async with pool.lend() as first, pool.lend() as second:
        killed, other = await first.pid(), await second.pid()
    os.kill(killed, signal.SIGKILL)
    await until(lambda: not all(member.working for member in pool.members()))
    async with pool.lend() as member:
        return await member.pid() == other


def programs() -> list[str]:
    """Name what Ray has started: of a script the file, of a program its name."""
    started = [process.cmdline() for process in psutil.Process().children(recursive=True)]
    return sorted(next((Path(word).name for word in command if word.endswith(".py")), Path(command[0]).name) for command in started)


def listeners() -> list[str]:
    """List the addresses that Ray, its actors and this process listen on."""
    processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
    found = [connection for process in processes for connection in process.net_connections("inet")]
    return sorted({connection.laddr.ip for connection in found if connection.status == psutil.CONN_LISTEN})


def one_each(_node: NodeInfo) -> int:
    return 1


def two_each(_node: NodeInfo) -> int:
    return 2


async def main(folder: Path) -> None:
    settings = ClusterSettings(folder / "ray", 2)
    ray = start_ray(settings)
    started = programs()
    troupe = Troupe()
    port = troupe.spawn("counter", partial(Counter, folder), CounterPort)
    seen: dict[str, object] = {"counts": [await port.count(), await port.count()], "refused": await refused(port)}
    seen["started"] = started
    seen["cancelled"] = await cancelled(port, folder)
    first = await port.pid()
    os.kill(first, signal.SIGKILL)
    seen["count_after_kill"] = await port.count()
    seen["another_process"] = await port.pid() != first
    seen["restarts"] = troupe.watched()[0].restarts
    seen["listeners"] = listeners()
    pool = Pool("reader", partial(Counter, folder), CounterPort, one_each, 5, None)
    await pool.start()
    seen["pool"] = [member.node.hostname == nodes()[0].hostname for member in pool.members()]
    seen["pool_tells"] = await told(pool)
    seen["pool_member_killed"] = await lost(pool)
    pool.arrange([])
    seen["pool_without_nodes"] = pool.size
    await pool.stop(1)
    pair = Pool("pair", partial(Counter, folder), CounterPort, two_each, 5, None)
    await pair.start()
    seen["other_member_stands_in"] = await stands_in(pair)
    await pair.stop(1)
    await troupe.stop("counter", 5)
    ray.stop()
    seen["left"] = [path.name for path in folder.iterdir() if path.name == "ray"]
    print(json.dumps(seen))  # noqa: T201  # read by the test


asyncio.run(main(Path(sys.argv[1])))
