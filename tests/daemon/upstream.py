"""A small gRPC server and web app to stand behind the edge: real ones, with answers that tests can foresee."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import grpc

from actors.store.files.health import SOUND
from daemon.edge.edge import Edge
from daemon.edge.envoy_config import MAX_CONNECTIONS, EdgePlan
from daemon.edge.tls_config import TlsPlan
from daemon.listen import ListenAddress
from daemon.metrics import ArchiveFigures, Looks, archive_registry
from daemon.sockets import Sockets, make_sockets
from daemon.web.app import WebParts, web_app
from daemon.web.server import WebServer
from tests.ports import free_port

TOKEN = "token-of-the-tests"
SERVICE = "scriba.v1.EchoService"
Context: TypeAlias = "grpc.aio.ServicerContext[bytes, bytes]"


class Echo:
    """Says back what it hears. `cancelled` is set when a stream's caller went away; `uploading` when bytes
    have come in; `uploaded` counts them."""

    def __init__(self) -> None:
        self.cancelled = asyncio.Event()
        self.uploading = asyncio.Event()
        self.uploaded = 0

    async def say(self, request: bytes, context: Context) -> bytes:
        if request == b"refuse":
            await context.abort(grpc.StatusCode.NOT_FOUND, "there is no such echo")
        context.set_trailing_metadata((("echo-length", str(len(request))),))
        return request

    async def count(self, request: bytes, _context: Context) -> AsyncIterator[bytes]:
        for number in range(int(request)):
            yield str(number).encode()

    async def wait(self, request: bytes, _context: Context) -> AsyncIterator[bytes]:
        try:
            yield request
            await asyncio.Event().wait()
        finally:
            self.cancelled.set()

    async def upload(self, requests: AsyncIterator[bytes], _context: Context) -> bytes:
        async for chunk in requests:
            self.uploaded += len(chunk)
            self.uploading.set()
        return str(self.uploaded).encode()

    def handlers(self) -> "dict[str, grpc.RpcMethodHandler[bytes, bytes]]":
        return {
            "Say": grpc.unary_unary_rpc_method_handler(self.say),
            "Count": grpc.unary_stream_rpc_method_handler(self.count),
            "Wait": grpc.unary_stream_rpc_method_handler(self.wait),
            "Upload": grpc.stream_unary_rpc_method_handler(self.upload),
        }


def say(channel: grpc.aio.Channel) -> "grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]":
    return channel.unary_unary(f"/{SERVICE}/Say", bytes, bytes)


def count(channel: grpc.aio.Channel) -> "grpc.aio.UnaryStreamMultiCallable[bytes, bytes]":
    return channel.unary_stream(f"/{SERVICE}/Count", bytes, bytes)


def wait(channel: grpc.aio.Channel) -> "grpc.aio.UnaryStreamMultiCallable[bytes, bytes]":
    return channel.unary_stream(f"/{SERVICE}/Wait", bytes, bytes)


def upload(channel: grpc.aio.Channel) -> "grpc.aio.StreamUnaryMultiCallable[bytes, bytes]":
    return channel.stream_unary(f"/{SERVICE}/Upload", bytes, bytes)


@dataclass(frozen=True, slots=True)
class Standing:
    """An edge with both servers behind it, on a port of its own."""

    edge: Edge
    echo: Echo
    address: ListenAddress
    sockets: Sockets
    parts: dict[str, bool]

    @property
    def target(self) -> str:
        return str(self.address)


def free_address(host: str = "127.0.0.1") -> ListenAddress:
    return ListenAddress(host, free_port(host))


def figures() -> ArchiveFigures:
    return ArchiveFigures(7, 1, {"queued": 2, "running": 1}, 12.5, 1_000)


@asynccontextmanager
async def standing(
    folder: Path,
    host: str = "127.0.0.1",
    max_connections: int = MAX_CONNECTIONS,
    tls: TlsPlan | None = None,
    address: ListenAddress | None = None,
) -> AsyncIterator[Standing]:
    sockets = make_sockets(folder / "run", folder)
    echo, parts = Echo(), {"store": True, "index": True}
    rpc = grpc.aio.server()
    rpc.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, echo.handlers()),))
    rpc.add_insecure_port(sockets.rpc_target)
    await rpc.start()
    asked = WebParts(lambda: parts, str, lambda: SOUND, archive_registry(Looks(figures, lambda: SOUND)), TOKEN)
    web = WebServer(web_app(asked, client=folder / "no client"), sockets.web)
    await web.start()
    address = address or free_address(host)
    edge = Edge(EdgePlan(address, sockets.rpc, sockets.web, sockets.envoy_admin, max_connections, tls), folder / "run" / "envoy.json")
    try:
        await edge.start()
        yield Standing(edge, echo, address, sockets, parts)
    finally:
        await edge.stop()
        await web.stop()
        await rpc.stop(0)
