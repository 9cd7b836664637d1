"""The process whose power is cut: it takes files in, reads, edits and purges, on a real store, with the real intake, pipeline and index.

python -m tests.faults.power_work FOLDER; by marks it tells what it promised to somebody.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from actors.index.index import Index
from actors.intake.intake import Intake
from actors.intake.messages import AcceptUpload
from actors.ocr.messages import BindDocument, DocumentBound, ExtractPage, PageRead, PageSource, ReadPage
from actors.sandbox.whole_file import whole_file
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.jobs import JobState
from actors.store.opening import open_store
from actors.store.store import Store
from daemon.cast.shelf import Shelf
from daemon.local_token import load_or_create_local_token
from daemon.service.documents.parts import Parts, remove_parts_of_former_boots
from scriba.v1.documents_pb2 import UploadDocumentRequest
from tests.faults.recording import MARKS
from tests.intake.archive import fixed_now
from tests.intake.dropping import intake_on, order_for
from tests.pipeline.cast import ScriptedBinder, ScriptedReaders, Stage, until, working

PAGES = 2
ARCHIVE = b"%PDF-archive of "


def content_of(name: str) -> bytes:
    """Give the file that is called so; its second copy has another name and the same bytes."""
    return f"Paper {name.removeprefix('copy-')} bears the word {word_of(name)}. {'Much more is said. ' * 150}".encode()


def word_of(name: str) -> str:
    """Give the word that this file alone holds."""
    return f"unique{name.removeprefix('copy-')}x"


def sha256_of(name: str) -> str:
    """Give the checksum of that file."""
    return sha256(content_of(name)).hexdigest()


DROPS = ("alpha", "beta", "copy-alpha", "gamma", "delta")
UPLOADS = ("epsilon", "zeta", "copy-beta")


class Binder(ScriptedBinder):
    """Writes archives as the real one does."""

    async def extract(self, request: ExtractPage) -> PageSource:
        return PageSource(request.number, request.path.read_bytes(), "text/plain")

    async def bind(self, request: BindDocument) -> DocumentBound:
        with whole_file(request.target) as part:
            part.write_bytes(ARCHIVE + request.path.read_bytes())
        return DocumentBound(request.target.stat().st_size, pdfa=True)


class Readers(ScriptedReaders):
    """Read what a page holds."""

    async def read(self, request: ReadPage) -> PageRead:
        content = request.source.data
        return PageRead(request.source.number, content.decode(), (), 95.0, 0, 0.0, 100, 200, 300, layer=content, thumbnail=content)


@dataclass
class Life:
    """One process at work, and the marks it sets."""

    store: Store
    index: Index
    stage: Stage
    marks: int

    def mark(self, *words: object) -> None:
        """Tell what was done, in one write."""
        os.write(self.marks, (" ".join(map(str, words)) + "\n").encode())

    async def drop(self, *names: str) -> None:
        """Take dropped files in."""
        intake = intake_on(self.store)
        for name in names:
            await intake.accept_file(order_for(self.store.data.consume / f"{name}.txt"))
            self.mark("accepted", name)

    async def upload(self, *names: str, again: str = "") -> None:
        """Take uploads in, as the daemon does."""
        intake = intake_on(self.store)
        parts = Parts(self.store.data, 10**9)
        for name in names:
            self.mark("sending", name, f"request-{name}{again}")
            await send(parts, intake, name, f"request-{name}{again}")
            self.mark("accepted", name)

    async def read_all(self) -> None:
        """Take every document all the way, then tell which are ready."""
        async with working(self.stage.pipeline()):
            await until(lambda: not self.store.jobs.list([JobState.QUEUED, JobState.RUNNING, JobState.RETRYING], None, None, 1), 60)
        for name in DROPS + UPLOADS:
            document = self.store.documents.lookup(sha256_of(name), len(content_of(name)))
            if document is not None and document.state == "ready":
                self.mark("ready", name)

    async def edit(self, name: str, title: str) -> None:
        """Change a title."""
        self.store.documents.update(self.id_of(name), DocumentChanges(title=title, tags=("edited",)), None, fixed_now())
        self.mark("titled", name, title)
        await self.index.apply()

    async def trash(self, name: str) -> None:
        """Put a document into the trash."""
        self.mark("trashing", name)
        self.store.documents.delete(self.id_of(name), None, fixed_now())
        self.mark("trashed", name)
        await self.index.apply()

    def restore(self, name: str) -> None:
        """Take it out again."""
        self.mark("restoring", name)
        self.store.documents.undelete(self.id_of(name), fixed_now())
        self.mark("restored", name)

    async def purge(self, name: str) -> None:
        """Remove a document for ever."""
        document = self.store.documents.get(self.id_of(name))
        original = self.store.originals.path(document)
        self.mark("stamp", original, original.stat().st_mtime_ns)
        self.mark("purging", name)
        self.store.documents.purge(document.id)
        self.mark("purged", name, document.id)
        await self.index.apply()

    def id_of(self, name: str) -> DocumentId:
        """Find a document."""
        document = self.store.documents.lookup(sha256_of(name), len(content_of(name)))
        assert document is not None
        return document.id


async def send(parts: Parts, intake: Intake, name: str, request_id: str) -> None:
    """Send a file, or what is missing of it, without its checksum: nobody but us can know then that it is whole."""
    content = content_of(name)
    offset = parts.received(request_id) or 0
    start = UploadDocumentRequest.Start(request_id=request_id, filename=f"{name}.txt", size_bytes=len(content), offset=offset)
    await parts.fill(start, chunks(content[offset:]))
    await intake.accept_upload(AcceptUpload(parts.path(request_id), request_id, f"{name}.txt"))


async def chunks(content: bytes, size: int = 1000) -> AsyncIterator[UploadDocumentRequest]:
    """Send bytes in pieces."""
    for begin in range(0, len(content), size):
        yield UploadDocumentRequest(chunk=content[begin : begin + size])


def stage_on(store: Store, index: Index) -> Stage:
    """Give a pipeline its cast: the real store and index, readers and binder that do at once what the real ones do in seconds."""
    stage = Stage(store)
    stage.binder = Binder(PAGES)
    stage.readers = Readers()
    stage.index = index  # type: ignore[assignment]  # the real one, in the place of the scripted
    return stage


async def live(data: DataDir, marks: int) -> None:
    """Live one life, with all that a person may do in it."""
    store = open_store(data.database_url, data)
    index = Index(Shelf(store), data.index)
    remove_parts_of_former_boots(data, "before the cut")
    life = Life(store, index, stage_on(store, index), marks)
    life.mark("token", load_or_create_local_token(data))
    running = asyncio.create_task(index.run())
    await life.drop("alpha", "beta")
    await life.upload("epsilon")
    await life.read_all()
    await life.drop("copy-alpha", "gamma")
    await life.upload("zeta", "copy-beta")
    await life.edit("beta", "another title")
    await life.trash("alpha")
    life.restore("alpha")
    await life.trash("epsilon")
    await life.read_all()
    await life.purge("epsilon")
    await index.rebuild()
    await life.trash("gamma")
    await life.purge("gamma")
    await life.upload("epsilon", again="-again")
    await life.drop("delta")
    await life.read_all()
    await index.stop()
    await running
    store.close()


def main(folder: str) -> None:
    """Work in a folder; the marks go to a file beside it."""
    root = Path(folder)
    marks = os.open(root.parent / MARKS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    asyncio.run(live(DataDir(root / "data"), marks))


if __name__ == "__main__":
    main(sys.argv[1])
