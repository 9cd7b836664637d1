"""A head that other machines may join: the real servicers over a real store, behind a real Envoy with a real certificate."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from actors.runtime.machines import NodeInfo
from actors.store.files.data_dir import DataDir
from actors.store.nouns.nodes import JoinedNode
from daemon.certificates.authority import keep_authority
from daemon.certificates.settings import OwnFiles, TlsSettings
from daemon.certificates.watch import CertificateWatch
from daemon.edge.edge import Edge
from daemon.edge.envoy_config import MAX_CONNECTIONS, EdgePlan
from daemon.head import versions
from daemon.join_codes import write_join_code
from daemon.machines import put_together
from daemon.service.opened import OpenedCluster, Versions
from daemon.sockets import make_sockets
from scriba.v1.cluster_pb2 import CreateJoinCodeRequest
from scriba.v1.cluster_pb2_grpc import ClusterServiceStub
from tests.archives import open_archive
from tests.daemon.upstream import free_address
from tests.service.house import House, bearer, open_house

# The loop of all heads that live, if any does.
LIVING: list[asyncio.AbstractEventLoop] = []


@dataclass(frozen=True, slots=True)
class StandingHead:
    """Calls of its own are made in the loop where it lives. `server` is what a person types to join; `fingerprint` '' in plain text."""

    house: House
    server: str
    fingerprint: str
    loop: asyncio.AbstractEventLoop

    def code(self, fingerprint: str | None = None) -> str:
        """Make a code, for the port's certificate or another."""
        asked = asyncio.run_coroutine_threadsafe(self._code(), self.loop).result(30)
        return asked if fingerprint is None else write_join_code(asked.split(".")[0], fingerprint)

    async def _code(self) -> str:
        made = await ClusterServiceStub(self.house.channel).CreateJoinCode(CreateJoinCodeRequest(), metadata=bearer())
        return str(made.code)

    def show(self, node: JoinedNode) -> None:
        """Have Ray know a machine that has joined, as if it were at work."""
        info = NodeInfo("f" * 56, node.hostname, head=False, alive=True, cores=4, memory_bytes=8_000_000_000, number=str(node.id))
        self.house.nodes.others = lambda: put_together([info], (), self.house.store.nodes.list())

    @property
    def joined(self) -> list[str]:
        """Name the machines that have joined."""
        return [node.hostname for node in self.house.store.nodes.list()]


@contextmanager
def serving_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Give the loop in which heads live already, else a new one in a thread."""
    if LIVING:
        yield LIVING[0]
        return
    begun, ended = threading.Event(), asyncio.Event()

    async def live() -> None:
        LIVING.append(asyncio.get_running_loop())
        begun.set()
        await ended.wait()

    serving = threading.Thread(target=asyncio.run, args=(live(),), daemon=True)
    serving.start()
    assert begun.wait(30)
    try:
        yield LIVING[0]
    finally:
        LIVING.pop().call_soon_threadsafe(ended.set)
        serving.join(30)


@contextmanager
def standing_head(folder: Path, *, tls: bool = True, own: OwnFiles | None = None, runs: Versions | None = None) -> Iterator[StandingHead]:
    """Serve a new archive in a thread. `runs` is what the head says of its versions where they differ from ours."""
    stack = AsyncExitStack()
    with serving_loop() as loop, structlog.testing.capture_logs():  # they would stand among what commands print
        try:
            yield asyncio.run_coroutine_threadsafe(_begin(stack, folder, tls, own, runs or versions()), loop).result(30)
        finally:
            asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result(30)


async def _begin(stack: AsyncExitStack, folder: Path, tls: bool, own: OwnFiles | None, runs: Versions) -> StandingHead:
    data, address = DataDir(folder / "data"), free_address()
    store = open_archive(data)
    stack.callback(store.close)
    watch = CertificateWatch(TlsSettings(address, own, (), None, 0), data, _now) if tls else None
    fingerprint = watch.shown.certificate.fingerprint if watch else ""
    server = f"https://{address}" if tls else str(address)
    authority = keep_authority(data.cluster_authority, _now())
    cluster = OpenedCluster("127.0.0.1:8441", "token of ray", authority, "session 1", runs, server, lambda: fingerprint)
    house = await stack.enter_async_context(open_house(store, cluster=cluster, now=_now))
    house.nodes.others = lambda: put_together((), (), store.nodes.list())
    run = folder / "run"
    run.mkdir(exist_ok=True)
    # Below pytest's folders a socket's path gets too long.
    sockets = make_sockets(run, Path(stack.enter_context(TemporaryDirectory())))
    plan = EdgePlan(address, house.socket, sockets.web, sockets.envoy_admin, MAX_CONNECTIONS, watch.plan if watch else None)
    edge = Edge(plan, run / "envoy.json")
    await edge.start()
    stack.push_async_callback(edge.stop)
    return StandingHead(house, server, fingerprint, asyncio.get_running_loop())


def _now() -> datetime:
    return datetime.now(UTC)
