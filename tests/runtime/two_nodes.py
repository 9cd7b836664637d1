"""A program that starts the head of a cluster and a work node, speaks to actors on both, loses the node, and prints what it saw as JSON."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import grpc
import psutil

from actors.runtime.environment import TlsFiles, prepare_environment
from daemon.certificates.authority import ask_for, keep_authority

FOLDER, FIRST_PORT, NODES_PORT = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])


def certify(name: str, addresses: Sequence[str]) -> TlsFiles:
    """Write a machine's certificate and key."""
    authority = keep_authority(FOLDER / "cluster-authority.pem", datetime.now(UTC))
    key, request = ask_for(addresses)
    files = TlsFiles(FOLDER / f"{name}.pem", FOLDER / f"{name}.key", FOLDER / "authority.pem")
    files.key.write_bytes(key)
    files.certificate.write_bytes(authority.certify(request, datetime.now(UTC)))
    files.authority.write_bytes(authority.certificate)
    return files


TLS = certify("head", ["127.0.0.1"])
certify("node", ["127.0.0.1"])
prepare_environment(FOLDER / "cluster.token", TLS)

from actors.runtime.cluster import ClusterSettings, start_ray  # noqa: E402  # after the environment
from actors.runtime.errors import ActorLost  # noqa: E402
from actors.runtime.machines import NodeInfo, nodes  # noqa: E402
from actors.runtime.pool import Pool  # noqa: E402
from actors.runtime.ports import LENGTH, PortRange  # noqa: E402


class Worker:
    """A plain actor that tells where it is."""

    async def parents(self) -> list[int]:
        return [process.pid for process in psutil.Process().parents()]

    async def wait(self) -> None:
        (FOLDER / "waiting").touch()
        await asyncio.Event().wait()


class WorkerPort(Protocol):
    async def parents(self) -> list[int]: ...
    async def wait(self) -> None: ...


async def until(condition: Callable[[], bool]) -> bool:
    for _ in range(1_500):
        if condition():
            return True
        await asyncio.sleep(0.02)
    return False


def let_in(credentials: grpc.ChannelCredentials) -> str:
    """Call Ray as somebody without its token would, and give the code of the refusal."""
    with grpc.secure_channel(f"127.0.0.1:{FIRST_PORT}", credentials) as channel:
        try:
            channel.unary_unary("/ray.rpc.NodeInfoGcsService/GetAllNodeInfo", bytes, bytes)(b"", timeout=5)
        except grpc.RpcError as error:
            return str(error.code().name)
    return "let in"


def elsewhere_only(node: NodeInfo) -> int:
    return 0 if node.head else 1


async def lost_in_hand(pool: Pool[WorkerPort], node: Process) -> str:
    """Kill everything of the node while a call is in hand there."""

    async def ask() -> str:
        async with pool.lend() as worker:
            try:
                await worker.wait()
            except ActorLost:
                return "lost"
            return "answered"

    call = asyncio.create_task(ask())
    await until((FOLDER / "waiting").exists)
    for process in [psutil.Process(node.pid), *psutil.Process(node.pid).children(recursive=True)]:
        process.send_signal(signal.SIGKILL)
    return await asyncio.wait_for(call, 60)


def ports() -> set[int]:
    """Tell at which ports Ray and its actors listen here."""
    found = [connection for process in psutil.Process().children(recursive=True) for connection in process.net_connections("inet")]
    return {connection.laddr.port for connection in found if connection.status == psutil.CONN_LISTEN}


async def main() -> None:
    ray = start_ray(ClusterSettings(FOLDER / "ray", 2, ports=PortRange(FIRST_PORT)))
    program = str(Path(__file__).with_name("work_node.py"))
    node = await create_subprocess_exec(sys.executable, program, str(FOLDER), ray.address, str(NODES_PORT), stdin=PIPE, stdout=PIPE)
    assert node.stdout is not None
    seen: dict[str, object] = {"said": (await node.stdout.readline()).decode().strip()}
    seen["nodes"] = [(one.head, one.number, one.cores, one.memory_bytes) for one in nodes() if not one.head]
    root = grpc.ssl_channel_credentials(TLS.authority.read_bytes())
    machine = grpc.ssl_channel_credentials(TLS.authority.read_bytes(), TLS.key.read_bytes(), TLS.certificate.read_bytes())
    seen["strangers"] = {"without certificate": let_in(root), "without token": let_in(machine)}
    pool = Pool("worker", Worker, WorkerPort, elsewhere_only, 0, None)
    await pool.start()
    async with pool.lend() as worker:
        seen["works_there"] = node.pid in await worker.parents()
    rows = [range(first, first + LENGTH) for first in (FIRST_PORT, NODES_PORT)]
    seen["ports_outside"] = sorted(port for port in ports() if not any(port in row for row in rows))
    seen["in_hand"] = await lost_in_hand(pool, node)
    seen["forgotten"] = await until(lambda: pool.size == 0)
    await pool.stop(1)
    ray.stop()
    print(json.dumps(seen))  # noqa: T201  # read by the test


if __name__ == "__main__":
    asyncio.run(main())
