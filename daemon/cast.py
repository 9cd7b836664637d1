"""Who plays what: the actors, each built in its own process from values that travel well."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from actors.index.index import Index
from actors.index.language import detect_language
from actors.intake.intake import Intake
from actors.intake.ports import JobsWaiting
from actors.intake.settings import IntakeSettings
from actors.ocr.binder import Binder
from actors.ocr.messages import OcrSettings
from actors.ocr.page_reader import PageReader
from actors.pipeline import ports
from actors.pipeline.pipeline import Pipeline
from actors.runtime.cluster import NodeInfo
from actors.runtime.errors import ActorLost
from actors.runtime.pool import Pool
from actors.store.data_dir import DataDir
from actors.store.store import open_store
from actors.watcher.events import WatchdogEvents
from actors.watcher.settings import WatcherSettings
from actors.watcher.watcher import FileIntake, Watcher
from daemon.logs import LogSettings, configure_logs
from daemon.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Script:
    """What an actor's process needs to build its part. `workers` 0 is one reader for each core."""

    data: DataDir
    store_url: str
    ocr: OcrSettings
    intake: IntakeSettings
    watcher: WatcherSettings
    log: LogSettings
    log_socket: Path
    workers: int
    niceness: int

    def prepare(self, name: str) -> None:
        """Set up a new process: its log, and a scratch folder that the next start empties, whatever ends this one."""
        self.data.scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.tempdir = str(self.data.scratch)
        configure_logs(self.log, name, self.log_socket)


def make_binder() -> Binder:
    """Build who works on whole files."""
    return Binder()


def make_index(script: Script) -> Index:
    """Build the one writer of the index."""
    store = open_store(script.store_url, script.data)
    return Index(Shelf(store), script.data.index)


class PooledReaders:
    """The readers of all machines, as the pipeline wants them."""

    def __init__(self, script: Script) -> None:
        self._pool = Pool("reader", PageReader, ports.PageReader, partial(readers_on, script.workers), script.niceness, script.prepare)
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
    """Build who leads documents along their way."""
    room = ports.Room(
        store=open_store(script.store_url, script.data),
        binder=binder,
        readers=PooledReaders(script),
        index=index,
        settings=script.ocr,
        detect_language=detect_language,
        now=utc_now,
        lost=ActorLost,
    )
    return Pipeline(room, f"pipeline {os.getpid()}")


async def make_intake(script: Script, pipeline: JobsWaiting) -> Intake:
    """Build who takes files in, and drop the copies that a former life left half-way."""
    intake = Intake(open_store(script.store_url, script.data), script.data.incoming, pipeline, script.intake)
    await intake.recover()
    return intake


def make_watcher(script: Script, intake: FileIntake) -> Watcher:
    """Build who watches folders."""
    return Watcher(script.watcher, intake, WatchdogEvents())


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)
