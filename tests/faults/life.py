"""One life of what writes: the real store, intake, index and pipeline in one process; only reading and drawing are scripted."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from actors.failpoints import Checkpoint, pass_by
from actors.index.index import Index
from actors.index.messages import SearchRequest
from actors.index.searcher import Searcher
from actors.intake.intake import Intake
from actors.intake.messages import AcceptFile, FileAnswer
from actors.intake.settings import IntakeSettings
from actors.ocr.messages import OcrSettings
from actors.pipeline.pipeline import Pipeline
from actors.pipeline.ports import Room, Understanding
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import Document
from actors.store.opening import open_store
from actors.store.store import Store
from daemon.cast.shelf import Shelf
from tests.pipeline.cast import ReaderLost, ScriptedBinder, ScriptedReaders
from tests.pipeline.understanding import NothingUnderstood, planner_of

WAIT_SECONDS = 60.0
# A job that was put off is due after this.
LATER = timedelta(seconds=20)


def nothing(_: Store) -> Understanding:
    """Understand nothing of any document."""
    return NothingUnderstood()


class Life:
    """What a daemon's processes hold. A restart is another life on the same folder; `ahead` moves every clock at once.

    `looks` grows as the pipeline looks for work.
    """

    def __init__(self, root: Path, checkpoint: Checkpoint = pass_by, understanding: Callable[[Store], Understanding] = nothing) -> None:
        self.store = open_store(f"sqlite:///{root / 'scriba.db'}", DataDir(root))
        self.ahead = timedelta()
        self.looks = 0
        self.index = Index(Shelf(self.store), self.store.data.index)
        self.searcher = Searcher(self.store.data.index, self.store.pages.texts_of, self.store.catalog)
        self.binder = ScriptedBinder(pages=1)
        self.readers = ScriptedReaders()
        room = Room(
            store=self.store,
            binder=self.binder,
            readers=self.readers,
            index=self.index,
            settings=OcrSettings(),
            detect_language=lambda _: "en",
            understanding=understanding(self.store),
            workflows=planner_of(self.store),
            models=lambda: frozenset({"eng"}),
            now=self.now,
            lost=ReaderLost,
            checkpoint=checkpoint,
        )
        self.pipeline = Pipeline(room, "life", self.steady)
        self.intake = Intake(self.store, self.store.data.incoming, self.pipeline, IntakeSettings(min_free_bytes=0), now=self.now)

    def now(self) -> datetime:
        """Tell the time."""
        return datetime.now(UTC) + self.ahead

    def steady(self) -> float:
        """Tell the seconds of a clock that nobody sets."""
        self.looks += 1
        return time.monotonic() + self.ahead.total_seconds()

    async def accept(self, path: Path) -> FileAnswer:
        """Send a dropped file to the intake, as the watcher does."""
        found = path.stat()
        return await self.intake.accept_file(AcceptFile(path, path.parent, found.st_size, found.st_mtime_ns, found.st_ino))

    def documents(self, sha256: str) -> list[Document]:
        """List the documents with these bytes."""
        ids = self.store.documents.ids(None, 100_000)
        return [document for document in self.store.documents.get_many(ids) if document.sha256 == sha256]

    def finds(self, word: str) -> int:
        """Count the documents that bear a word."""
        return self.searcher.search(SearchRequest(word, self.now(), highlight=False)).total

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Let index and pipeline work."""
        tasks = [asyncio.create_task(self.index.run()), asyncio.create_task(self.pipeline.run())]
        try:
            yield
        finally:
            await self.pipeline.stop()
            await self.index.stop()
            await asyncio.wait(tasks, timeout=WAIT_SECONDS)
            self.searcher.close()
            self.store.close()
