"""An archive whose documents have been read to their end, with an index, and a check of it."""

import asyncio
import os
import struct
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from actors.checkup.checkup import examine
from actors.checkup.findings import Finding, Kind
from actors.checkup.messages import CheckOrder, Reported, Subject
from actors.index.index import Index
from actors.index.searcher import Searcher
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.store import Store
from daemon.cast.shelf import Shelf
from tests.store.making import deliver

PICTURE = b"RIFF" + struct.pack("<I", 8) + b"WEBPVP8 "
PDF = b"%PDF-1.7\nan archive\n%%EOF\n"
NOW = datetime.now(UTC)
YESTERDAY = (NOW - timedelta(days=2)).timestamp()


class Painter:
    """Draws the same picture for everybody; says why not where a test wants it."""

    def __init__(self) -> None:
        self.refuses = ""

    def thumbnail(self, document_id: DocumentId) -> bytes | str:  # the port's signature
        return self.refuses or PICTURE


class Shown:
    """An archive that a test damages."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.painter = Painter()
        self.documents: dict[str, DocumentId] = {}
        self.searcher = Searcher(store.data.index, store.pages.texts_of, store.catalog)

    def read(self, *words: str) -> None:
        """Take documents in, and lead them to their end as the pipeline does; each has a page with its own word."""
        for word in words:
            self.documents[word] = deliver(self.store, word, now=NOW).document_id
        self.work()

    def work(self) -> None:
        """Lead every queued document to its end."""
        for job in self.store.jobs.lease("worker", 1000, datetime.now(UTC)):
            if job.document_id is None:
                self.rebuild()
            else:
                self._lead(job.document_id, job.id, job.fence)
            self.store.jobs.succeed(job.id, job.fence, NOW)
        self.apply()

    def _lead(self, document_id: DocumentId, job_id: int, fence: int) -> None:
        store = self.store
        word = store.documents.get(document_id).title
        store.documents.set_inspection(document_id, fence, 1, False, False, (), NOW)
        store.pages.begin(document_id, job_id, fence, [(1, "", True)])  # type: ignore[arg-type]  # an id of a job
        store.layers.put(document_id, 1, PDF)
        store.pages.save(document_id, job_id, fence, PageRecord(1, PageState.DONE, f"a page with {word}"))  # type: ignore[arg-type]
        store.data.archive_file(document_id).write_bytes(PDF)
        store.thumbnails.put(document_id, PICTURE)
        store.documents.set_result(document_id, fence, DocumentState.READY, "en", (), True, NOW)
        store.layers.drop(document_id)

    def apply(self) -> None:
        """Bring the index up to the database, in a life of its own."""

        async def once() -> None:
            index = Index(Shelf(self.store), self.store.data.index)
            running = asyncio.create_task(index.run())
            await index.apply()
            await index.stop()
            await running

        asyncio.run(once())

    def rebuild(self) -> None:
        """Build the index anew."""

        async def once() -> None:
            index = Index(Shelf(self.store), self.store.data.index)
            await index.rebuild()
            await index.stop()
            await index.run()

        asyncio.run(once())

    def original(self, word: str) -> Path:
        """Give the place of an original."""
        return self.store.originals.path(self.store.documents.get(self.documents[word]))

    def check(self, *subjects: Subject, repair: bool = False, daemon_works: bool = True) -> list[Reported]:
        """Check, and give what was found."""
        order = CheckOrder(repair, subjects or tuple(Subject), daemon_works)
        steps = examine(self.store, self.painter, lambda: datetime.now(UTC), order)
        return [step for step in steps if isinstance(step, Reported)]

    def found(self, *subjects: Subject, daemon_works: bool = True) -> list[tuple[Kind, DocumentId | None]]:
        """Check, and give kinds and documents."""
        return brief(each.finding for each in self.check(*subjects, daemon_works=daemon_works))

    def repair(self, *subjects: Subject) -> list[str]:
        """Repair, and give what was done."""
        return [each.treated.outcome.value for each in self.check(*subjects, repair=True)]


def brief(findings: Iterable[Finding]) -> list[tuple[Kind, DocumentId | None]]:
    """Give kinds and documents."""
    return [(finding.kind, finding.document_id) for finding in findings]


def age(path: Path) -> None:
    """Let a file be two days old."""
    os.utime(path, (YESTERDAY, YESTERDAY), follow_symlinks=False)
