"""The real servicers over a real store, on a port, beside the test: what commands show is then what servers say."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from actors.store.files.data_dir import DataDir
from tests.archives import open_archive
from tests.ports import free_port
from tests.service.house import House, open_house


@contextmanager
def real_server(folder: Path) -> Iterator[tuple[str, House]]:
    """Serve a new archive; gives the address, and the house behind it, whose store threads may share."""
    port, begun, ended = free_port(), threading.Event(), threading.Event()
    found: list[House] = []

    async def serve() -> None:
        data = DataDir(folder / "data")
        store = open_archive(data)
        async with open_house(store, port=port) as house:
            found.append(house)
            begun.set()
            await asyncio.to_thread(ended.wait)
        store.close()

    serving = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    with structlog.testing.capture_logs():  # they would stand among what the commands print
        serving.start()
        assert begun.wait(30)
        try:
            yield f"127.0.0.1:{port}", found[0]
        finally:
            ended.set()
            serving.join(30)
