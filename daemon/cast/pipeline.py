"""Who leads documents along their way, with readers on every machine."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from actors.index.language import detect_language
from actors.pipeline import ports
from actors.pipeline.pipeline import Pipeline
from actors.runtime.cluster import NodeInfo
from actors.runtime.errors import ActorLost
from actors.runtime.pool import Pool
from actors.store.store import open_store
from daemon.cast.reader import make_reader
from daemon.script import Script


class PooledReaders:
    """The readers of all machines, as the pipeline wants them."""

    def __init__(self, script: Script) -> None:
        per_node = partial(readers_on, script.workers)
        self._pool = Pool("reader", partial(make_reader, script), ports.PageReader, per_node, script.niceness, script.prepare)
        self.start = self._pool.start
        self.stop = self._pool.stop
        self.lend = self._pool.lend

    @property
    def size(self) -> int:
        """Count the readers."""
        return self._pool.size

    def states(self) -> Sequence[ports.ReaderState]:
        """Tell what each reader does."""
        return [
            ports.ReaderState(member.name, member.node_id, member.hostname, member.busy, member.done) for member in self._pool.members()
        ]


def readers_on(workers: int, node: NodeInfo) -> int:
    """Choose how many pages a machine reads at once: what is set for the head, else one for each core."""
    return workers if workers and node.head else max(1, node.cores)


def make_pipeline(script: Script, binder: ports.Binder, index: ports.Index) -> Pipeline:
    """Build it on the store."""
    room = ports.Room(
        store=open_store(script.store_url, script.data),
        binder=binder,
        readers=PooledReaders(script),
        index=index,
        settings=script.ocr,
        detect_language=detect_language,
        now=utc_now,
        lost=ActorLost,
        checkpoint=script.checkpoint,
    )
    return Pipeline(room, f"pipeline {os.getpid()}")


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)
