"""Many clients in one process: `python -m tests.load.crowd ADDRESS TOKEN_FILE CLIENTS SECONDS PAUSE SEED`; prints what they met, as JSON.

Each client has a connection of its own, as people at different machines have.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import grpc

from scriba.v1 import documents_pb2, documents_pb2_grpc, search_pb2, search_pb2_grpc

QUERIES = ("invoice", "paper number", "insur", "contract OR policy", "date*", '"please find"', "bears", "office -garden")
# What people do: of a hundred acts so many are of each kind.
ACTS = {"search": 50, "list": 20, "open": 20, "download": 10}
DEADLINE_SECONDS = 60.0


@dataclass
class Met:
    """What clients have met: milliseconds by kind of act, and refusals by kind and code."""

    milliseconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[str] = field(default_factory=Counter)


class Visitor:
    """One client: does one thing after another, with pauses of chance length in between."""

    def __init__(self, channel: grpc.aio.Channel, token: str, chance: random.Random, met: Met) -> None:
        self._documents = documents_pb2_grpc.DocumentServiceStub(channel)
        self._search = search_pb2_grpc.SearchServiceStub(channel)
        self._metadata = (("authorization", f"Bearer {token}"),)
        self._chance = chance
        self._met = met
        self._known: list[str] = []

    async def stay(self, until: float, pause: float) -> None:
        """Act until a moment; `pause` seconds lie between two acts, on average."""
        acts: dict[str, Callable[[], Awaitable[object]]] = {
            "search": self.search,
            "list": self.list,
            "open": self.open,
            "download": self.download,
        }
        await asyncio.sleep(self._chance.uniform(0.0, pause))
        while time.monotonic() < until:
            (act,) = self._chance.choices(list(ACTS), list(ACTS.values()))
            begun = time.perf_counter()
            try:
                await acts[act]()
            except grpc.aio.AioRpcError as refusal:
                self._met.refused[f"{act}: {refusal.code().name}: {refusal.details()}"] += 1
            else:
                self._met.milliseconds[act].append((time.perf_counter() - begun) * 1000)
            await asyncio.sleep(self._chance.uniform(0.0, 2.0 * pause))

    async def search(self) -> None:
        """Search, with highlights."""
        request = search_pb2.SearchDocumentsRequest(query=self._chance.choice(QUERIES), page_size=20)
        answer = await self._search.SearchDocuments(request, metadata=self._metadata, timeout=DEADLINE_SECONDS)
        self._known = [result.document.id for result in answer.results] or self._known

    async def list(self) -> None:
        """Look at the newest documents."""
        answer = await self._documents.ListDocuments(
            documents_pb2.ListDocumentsRequest(page_size=50), metadata=self._metadata, timeout=DEADLINE_SECONDS
        )
        self._known = [document.id for document in answer.documents] or self._known

    async def open(self) -> None:
        """Look at one document; whoever knows none looks for some."""
        request = documents_pb2.GetDocumentRequest(id=await self._some())
        await self._documents.GetDocument(request, metadata=self._metadata, timeout=DEADLINE_SECONDS)

    async def download(self) -> None:
        """Take an original."""
        request = documents_pb2.DownloadDocumentRequest(id=await self._some())
        async for _ in self._documents.DownloadDocument(request, metadata=self._metadata, timeout=DEADLINE_SECONDS):
            pass

    async def _some(self) -> str:
        """Choose a document that was seen before; whoever has seen none looks for some."""
        if not self._known:
            await self.list()
        return self._chance.choice(self._known)


async def visit(address: str, token: str, clients: int, seconds: float, pause: float, seed: int) -> Met:
    """Let so many clients stay for so long."""
    met, until = Met(), time.monotonic() + seconds
    # Without a pool of its own gRPC would share one connection among all clients of a process.
    channels = [grpc.aio.insecure_channel(address, options=[("grpc.use_local_subchannel_pool", 1)]) for _ in range(clients)]
    visitors = [Visitor(channel, token, random.Random(seed * 10_000 + number), met) for number, channel in enumerate(channels)]
    await asyncio.gather(*(visitor.stay(until, pause) for visitor in visitors))
    await asyncio.gather(*(channel.close(None) for channel in channels))
    return met


if __name__ == "__main__":
    where, token_file, how_many, how_long, between, chance_seed = sys.argv[1:]
    secret = Path(token_file).read_text(encoding="utf-8").strip()
    told = asyncio.run(visit(where, secret, int(how_many), float(how_long), float(between), int(chance_seed)))
    json.dump({"milliseconds": told.milliseconds, "refused": told.refused}, sys.stdout)
