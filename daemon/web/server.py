"""The ASGI server on its Unix socket, inside the daemon's loop."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

KEEP_ALIVE_SECONDS = 75  # longer than Envoy keeps an idle connection, see envoy_config.py
STOP_SECONDS = 3
MAX_REQUESTS = 1_000


class _Server(uvicorn.Server):
    """Leaves signals to the daemon, and tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class WebServer:
    """Serves an ASGI app on a Unix socket that only this user reaches."""

    def __init__(self, app: ASGIApp, path: Path) -> None:
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=STOP_SECONDS,
            limit_concurrency=MAX_REQUESTS,
        )
        self._server = _Server(config)
        self._path = path
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen; return when requests are served."""
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._path.unlink(missing_ok=True)
        listener.bind(os.fspath(self._path))
        self._path.chmod(0o600)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        listening = asyncio.create_task(self._server.listening.wait())
        await asyncio.wait({self._serving, listening}, return_when=asyncio.FIRST_COMPLETED)
        if self._serving.done():
            listening.cancel()
            await self._serving

    def is_serving(self) -> bool:
        """Tell whether requests are served."""
        return self._server.started and self._serving is not None and not self._serving.done()

    async def stop(self) -> None:
        """Answer what is under way, then end."""
        self._server.should_exit = True
        if self._serving is not None:
            await self._serving
        self._path.unlink(missing_ok=True)
