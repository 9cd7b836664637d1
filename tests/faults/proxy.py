"""A way to PostgreSQL that can be cut at a chosen query."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum

SSL_REQUEST = 80877103
QUERY = b"Q"
HEAD_BYTES = 5


class Cut(StrEnum):
    """What PostgreSQL has heard of the query at which the way was cut: nothing, or all, with its answer lost."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Plan:
    """Cut at the query that comes after so many others."""

    queries: int
    cut: Cut


class Proxy:
    """Passes on what clients and the server say, counts queries, and cuts the connection of the one that is planned."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._lock = threading.Lock()
        self._plan: Plan | None = None
        self.port = 0
        self.cuts = 0

    def cut_after(self, queries: int, cut: Cut) -> None:
        """Cut one connection at the query that comes after so many others, of all connections together."""
        with self._lock:
            self._plan = Plan(queries, cut)

    async def serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        """Listen on loopback until told to stop."""
        async with await asyncio.start_server(self._connected, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await stop.wait()
            server.close()

    async def _connected(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        try:
            answers, to_server = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:  # the server is down: whoever called is told so by the end of the line
            to_client.transport.abort()
            return
        withheld = asyncio.Event()
        both = (
            asyncio.create_task(self._ask(client, to_server, withheld)),
            asyncio.create_task(answer(answers, to_client, withheld)),
        )
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            to_server.transport.abort()
            to_client.transport.abort()

    async def _ask(self, client: asyncio.StreamReader, to_server: asyncio.StreamWriter, withheld: asyncio.Event) -> None:
        """Pass on what a client says, message by message, until the way is cut or the client leaves."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await greet(client, to_server)
            while True:
                head = await client.readexactly(HEAD_BYTES)
                body = await client.readexactly(int.from_bytes(head[1:]) - HEAD_BYTES + 1)
                cut = self._count() if head[:1] == QUERY else None
                if cut is Cut.BEFORE:
                    return
                if cut is Cut.AFTER:
                    # The next answer tells that the query is done; it goes to nobody, and the line ends with it.
                    withheld.set()
                to_server.write(head + body)
                await to_server.drain()

    def _count(self) -> Cut | None:
        with self._lock:
            plan = self._plan
            if plan is None:
                return None
            if plan.queries:
                self._plan = Plan(plan.queries - 1, plan.cut)
                return None
            self._plan = None
            self.cuts += 1
            return plan.cut


async def greet(client: asyncio.StreamReader, to_server: asyncio.StreamWriter) -> None:
    """Pass on the first messages, which have no type: a wish for TLS, which the server refuses, and the start."""
    wish = SSL_REQUEST
    while wish == SSL_REQUEST:
        size = await client.readexactly(4)
        body = await client.readexactly(int.from_bytes(size) - len(size))
        wish = int.from_bytes(body[:4])
        to_server.write(size + body)
        await to_server.drain()


async def answer(answers: asyncio.StreamReader, to_client: asyncio.StreamWriter, withheld: asyncio.Event) -> None:
    """Pass on what the server says, until an answer is withheld or the server leaves."""
    with suppress(ConnectionError):
        while (chunk := await answers.read(65536)) and not withheld.is_set():
            to_client.write(chunk)
            await to_client.drain()


@contextmanager
def running_proxy(server_port: int) -> Iterator[Proxy]:
    """Run a proxy in a thread of its own."""
    proxy, ready, stop = Proxy(server_port), threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(proxy.serve(ready, stop),), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
