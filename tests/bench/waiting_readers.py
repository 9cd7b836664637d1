"""A program that spreads pages over more and more nodes, whose readers only wait for a second each, and prints what came of it as JSON.

What is measured is what lies between the pipeline and its readers: Ray under TLS, pool and proxies. A page is as many bytes as a scan's.
"""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import psutil

from actors.runtime.environment import TlsFiles, prepare_environment
from daemon.certificates.authority import ask_for, keep_authority

FOLDER, FIRST_PORT, STEPS = Path(sys.argv[1]), int(sys.argv[2]), [int(word) for word in sys.argv[3:]]
PAGE_SECONDS = 1.0
PAGE_BYTES = 300_000
WORDS_BYTES = 60_000
PAGES_EACH = 20
# As the pipeline has it: one is read while the next arrives.
IN_HAND = 2


def certify() -> TlsFiles:
    """Write one certificate, for all nodes: they are on one address."""
    authority = keep_authority(FOLDER / "cluster-authority.pem", datetime.now(UTC))
    key, request = ask_for(["127.0.0.1"])
    files = TlsFiles(FOLDER / "head.pem", FOLDER / "head.key", FOLDER / "authority.pem")
    files.key.write_bytes(key)
    files.certificate.write_bytes(authority.certify(request, datetime.now(UTC)))
    files.authority.write_bytes(authority.certificate)
    return files


prepare_environment(FOLDER / "cluster.token", certify())

from actors.runtime.cluster import ClusterSettings, start_ray  # noqa: E402  # after the environment
from actors.runtime.machines import NodeInfo  # noqa: E402
from actors.runtime.pool import Pool  # noqa: E402
from actors.runtime.ports import LENGTH, PortRange, free_range, is_free  # noqa: E402


class Waiter:
    """Reads one page after the other, as a reader does, by waiting."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def read(self, page: bytes) -> bytes:
        """Give as many words as a page has."""
        async with self._turn:
            await asyncio.sleep(PAGE_SECONDS * len(page) / PAGE_BYTES)
        return bytes(WORDS_BYTES)


class WaiterPort(Protocol):
    async def read(self, page: bytes) -> bytes: ...


def on_nodes(node: NodeInfo) -> int:
    return 0 if node.head else 1


class Nodes:
    """The nodes that were begun."""

    def __init__(self, head: str) -> None:
        self._head = head
        self._begun: list[Process] = []
        self._next_port = FIRST_PORT + LENGTH

    async def grow(self, count: int) -> None:
        """Begin nodes until there are so many."""
        while len(self._begun) < count:
            ports = free_range(self._next_port, is_free)
            assert ports is not None
            self._next_port = ports.first + LENGTH
            program, name = str(Path(__file__).with_name("waiting_node.py")), str(len(self._begun) + 1)
            node = await create_subprocess_exec(
                sys.executable, program, str(FOLDER), self._head, name, str(ports.first), stdin=PIPE, stdout=PIPE
            )
            assert node.stdout is not None
            assert (await node.stdout.readline()).strip() == b"joined"
            self._begun.append(node)

    async def end(self) -> None:
        """End them all."""
        for node in self._begun:
            assert node.stdin is not None
            node.stdin.close()
        await asyncio.gather(*(node.wait() for node in self._begun))


async def spread(pool: Pool[WaiterPort], pages: int) -> float:
    """Have so many pages read; give the seconds that took."""
    room, page = asyncio.Semaphore(IN_HAND * pool.size), bytes(PAGE_BYTES)

    async def read() -> None:
        async with room, pool.lend() as waiter:
            await waiter.read(page)

    begun = time.monotonic()
    await asyncio.gather(*(read() for _ in range(pages)))
    return time.monotonic() - begun


async def main() -> None:
    ray = start_ray(ClusterSettings(FOLDER / "ray", 1, ports=PortRange(FIRST_PORT)))
    pool, nodes, seen = Pool("waiter", Waiter, WaiterPort, on_nodes, 0, None), Nodes(ray.address), []
    await pool.start()
    for count in STEPS:
        await nodes.grow(count)
        while pool.size < count:
            await asyncio.sleep(0.2)
        await spread(pool, 2 * count)  # each has begun then
        cpu = sum(psutil.cpu_times()[:3])
        own = psutil.Process().cpu_times()
        seconds = await spread(pool, PAGES_EACH * count)
        mine = psutil.Process().cpu_times()
        seen.append(
            {
                "nodes": count,
                "pages": PAGES_EACH * count,
                "seconds": seconds,
                "sender_cpu_seconds": mine.user + mine.system - own.user - own.system,
                "machine_busy_share": (sum(psutil.cpu_times()[:3]) - cpu) / seconds / (psutil.cpu_count() or 1),
            }
        )
    await pool.stop(1)
    await nodes.end()
    ray.stop()
    print(json.dumps(seen))  # read by whoever runs us


if __name__ == "__main__":
    asyncio.run(main())
