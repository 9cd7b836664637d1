"""What goes on in an archive while it is checked: documents come, are read, changed, thrown away, fetched back, purged and read again."""

import asyncio
import random
from datetime import UTC, datetime
from threading import Event, Thread

from actors.index.index import Index
from actors.store.errors import JobActive
from actors.store.files.data_dir import DataDir
from actors.store.files.durable import write_file
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState
from actors.store.nouns.jobs import Job, JobKind
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.opening import open_store
from daemon.cast.shelf import Shelf
from tests.checkup.archive import PDF, PICTURE
from tests.store.making import deliver


def now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


class Traffic:
    """Does one thing after another to a store of its own connections, as intake, pipeline and people do."""

    def __init__(self, url: str, data: DataDir, seed: int) -> None:
        self._store = open_store(url, data)
        self._chance = random.Random(seed)
        self._index = Index(Shelf(self._store), data.index)
        self._accepted = 0
        self.live: list[DocumentId] = []
        self.trashed: list[DocumentId] = []
        self.stopped = Event()
        self.done = 0
        self._thread = Thread(target=lambda: asyncio.run(self._run()), name="traffic")

    def __enter__(self) -> "Traffic":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._thread.join()
        self._store.close()

    @property
    def goes_on(self) -> bool:
        """Tell whether it has not failed."""
        return self._thread.is_alive()

    async def _run(self) -> None:
        running = asyncio.create_task(self._index.run())
        rebuilding: asyncio.Task[None] | None = None
        while not self.stopped.is_set():
            act = self._chance.choice(
                (self._accept, self._accept, self._work, self._work, self._edit, self._throw, self._fetch, self._purge, self._again)
            )
            await asyncio.to_thread(act)
            if self._chance.random() < 0.5:
                await self._index.apply()
            if self._chance.random() < 0.05 and (rebuilding is None or rebuilding.done()):
                rebuilding = asyncio.create_task(self._index.rebuild())
            self.done += 1
        if rebuilding is not None:
            await rebuilding
        await self._index.stop()
        await running

    def _accept(self) -> None:
        """Take in a file, one time in four one that is there."""
        if self._chance.random() > 0.25 or not self._accepted:
            self._accepted += 1
        word = f"word{self._chance.randint(max(1, self._accepted - 8), self._accepted)}"
        document_id = deliver(self._store, word, key=f"{word} {self.done}", now=now()).document_id
        self.trashed = [one for one in self.trashed if one != document_id]
        if document_id not in self.live:
            self.live.append(document_id)

    def _work(self) -> None:
        for job in self._store.jobs.lease("worker", 2, now()):
            if job.document_id is not None:
                self._lead(job, job.document_id)

    def _lead(self, job: Job, document_id: DocumentId) -> None:
        store, pages = self._store, self._chance.randint(0, 3)
        store.documents.set_inspection(document_id, job.fence, pages, False, False, (), now())
        store.pages.begin(document_id, job.id, job.fence, [(number, "", True) for number in range(1, pages + 1)])
        for number in range(1, pages + 1):
            store.layers.put(document_id, number, PDF)
            store.pages.save(document_id, job.id, job.fence, PageRecord(number, PageState.DONE, f"page {number} of {document_id}"))
        if self._chance.random() < 0.1:
            store.jobs.fail(job.id, job.fence, "no", retryable=False, now=now(), jitter=0.0)
            return
        if pages:
            write_file(store.data.archive_file(document_id), PDF + b"%" * self._chance.randint(0, 9) + b"\n%%EOF\n")
            store.thumbnails.put(document_id, PICTURE)
        else:
            store.archives.drop(document_id)
        store.documents.set_result(document_id, job.fence, DocumentState.READY, "en", (), bool(pages), now())
        store.jobs.succeed(job.id, job.fence, now())
        store.layers.drop(document_id)

    def _edit(self) -> None:
        if self.live:
            changes = DocumentChanges(title=f"title {self.done}", tags=(f"tag {self.done % 3}",))
            self._store.documents.update(self._chance.choice(self.live), changes, None, now())

    def _throw(self) -> None:
        if self.live:
            document_id = self.live.pop(self._chance.randrange(len(self.live)))
            self._store.documents.delete(document_id, None, now())
            self.trashed.append(document_id)

    def _fetch(self) -> None:
        if self.trashed:
            document_id = self.trashed.pop(self._chance.randrange(len(self.trashed)))
            self._store.documents.undelete(document_id, now())
            self.live.append(document_id)

    def _purge(self) -> None:
        if self.trashed:
            self._store.documents.purge(self.trashed.pop(self._chance.randrange(len(self.trashed))))

    def _again(self) -> None:
        """Have a document read again; sometimes think better of it."""
        if self.live:
            try:
                job_id = self._store.jobs.enqueue(self._chance.choice(self.live), JobKind.DOCUMENT, "again", {}, now())
            except JobActive:
                return
            if self._chance.random() < 0.2:
                self._store.jobs.cancel(job_id, now())
