"""What must hold of an archive after a power cut: at once, and when the next start has done its work."""

import asyncio
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from actors.index.index import Index
from actors.index.messages import SearchRequest
from actors.index.searcher import Searcher
from actors.intake.intake import Intake
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import Document, DocumentOrder, DocumentState
from actors.store.nouns.jobs import JobState
from actors.store.nouns.pages import PageState
from actors.store.opening import open_store
from actors.store.store import Store
from daemon.cast.shelf import Shelf
from daemon.ground import tidy
from daemon.local_token import load_or_create_local_token
from daemon.service.documents.parts import Parts
from tests.faults.power_work import ARCHIVE, DROPS, content_of, send, sha256_of, stage_on, word_of
from tests.intake.archive import fixed_now
from tests.intake.dropping import intake_on, order_for
from tests.pipeline.cast import until, working

ACTIVE = (JobState.QUEUED, JobState.RUNNING, JobState.RETRYING)


@dataclass
class Promises:
    """What somebody was told before the cut. Copies count as what they copy."""

    token: str = ""
    accepted: set[str] = field(default_factory=set)
    ready: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    trashed: dict[str, bool] = field(default_factory=dict)
    purged: dict[str, str] = field(default_factory=dict)
    sending: dict[str, str] = field(default_factory=dict)
    ever_purged: set[str] = field(default_factory=set)

    def hear(self, mark: str) -> None:
        """Take in one mark."""
        word, name, *rest = mark.split(" ", 2)
        name = name.removeprefix("copy-")
        match word:
            case "token":
                self.token = name
            case "accepted":
                self.accepted.add(name)
                self.sending.pop(name, None)
            case "sending":
                self.sending[name] = rest[0]
                self.purged.pop(name, None)
            case "ready":
                self.ready.add(name)
            case "titled":
                self.titles[name] = rest[0]
            case _:
                self._hear_of_trash(word, name, *rest)

    def _hear_of_trash(self, word: str, name: str, *rest: str) -> None:
        match word:
            case "trashing" | "restoring":
                self.trashed.pop(name, None)
            case "trashed" | "restored":
                self.trashed[name] = word == "trashed"
            case "purging":
                for told in (self.accepted, self.ready):
                    told.discard(name)
                self.trashed.pop(name, None)
                self.ever_purged.add(name)
            case "purged":
                self.purged[name] = rest[0]


class Depth(IntEnum):
    """How far a trial goes: it looks at what is there, or starts and takes in what waits, or does all the work that is left."""

    LOOK = 0
    START = 1
    WORK = 2


def broken_after_cut(data: DataDir, promises: Promises, depth: Depth) -> list[str]:
    """Open an archive whose power was cut, tell what is broken, let it start as the daemon does, and tell what is broken then."""
    wrong = list(half_originals(data))
    store = open_store(data.database_url, data)
    try:
        with closing(sqlite3.connect(data.database)) as database:
            found = database.execute("PRAGMA integrity_check").fetchone()[0]
        wrong += [] if found == "ok" else [f"the database is damaged: {found}"]
        wrong += broken_promises(store, promises)
        if depth > Depth.LOOK:
            asyncio.run(started(store, promises, works=depth is Depth.WORK))
            wrong += [*broken_after_start(store, promises), *words_not_found(store)]
        if depth is Depth.WORK:
            wrong += broken_after_work(store)
    finally:
        store.close()
    return wrong


def half_originals(data: DataDir) -> Iterator[str]:
    """Look at every file that bears the name of an original."""
    for path in data.originals.glob("*/*"):
        if hashlib.sha256(path.read_bytes()).hexdigest() != path.stem:
            yield f"I2: {path.name} is half"


def documents_of(store: Store) -> list[Document]:
    """List all documents, those in the trash too."""
    return [one for deleted in (False, True) for one in store.documents.list(DocumentOrder(), None, 1000, deleted)]


def broken_promises(store: Store, promises: Promises) -> Iterator[str]:
    """Tell what was promised and does not hold, before anything is done about it."""
    documents = {one.sha256: one for one in documents_of(store)}
    names = {sha256_of(name): name for name in (*DROPS, *promises.accepted) if not name.startswith("copy-")}
    in_folder = {path.read_bytes() for path in store.data.consume.iterdir()}
    for name in set(names.values()) - promises.ever_purged:
        if sha256_of(name) not in documents and content_of(name) not in in_folder:
            yield f"I3: {name} is neither in the folder nor in the archive"
    for name in promises.accepted:
        if sha256_of(name) not in documents:
            yield f"I3: {name} was accepted and is gone"
    for document in documents.values():
        name = document.original_filename.removesuffix(".txt").removeprefix("copy-")
        if store.originals.path(document).read_bytes() != content_of(name):
            yield f"I2: {name} is not what was sent"
        yield from broken_promises_of(store, promises, document, name)
    for name, number in promises.purged.items():
        left = [str(path) for path in files_of(store.data) if path.stem in (number, sha256_of(name))]
        if left and name not in DROPS:
            yield f"{name} was purged, and of it there are {left}"
    if promises.token and load_or_create_local_token(store.data) != promises.token:
        yield "the token is another"


def broken_promises_of(store: Store, promises: Promises, document: Document, name: str) -> Iterator[str]:
    """Look at one document: what was said of it, and what was made from it."""
    if name in promises.ready and document.state is not DocumentState.READY:
        yield f"{name} was ready and is {document.state}"
    if document.title != promises.titles.get(name, document.title):
        yield f"{name} had another title than {document.title}"
    if (document.delete_time is not None) != promises.trashed.get(name, document.delete_time is not None):
        yield f"{name} is in the trash, or out of it, unasked"
    archive, thumbnail = store.archives.path(document.id), store.thumbnails.path(document.id)
    if (document.has_archive or archive.exists()) and (not archive.exists() or archive.read_bytes() != ARCHIVE + content_of(name)):
        yield f"the archive of {name} is gone or half"
    if thumbnail.exists() and thumbnail.read_bytes() != content_of(name):
        yield f"the thumbnail of {name} is half"
    for page in store.pages.records(document.id):
        layer = store.layers.path(document.id, page.number)
        bound = document.state is DocumentState.READY
        if page.state is PageState.DONE and not bound and (not layer.exists() or layer.read_bytes() != content_of(name)):
            yield f"page {page.number} of {name} is read, and its layer is gone or half"


def files_of(data: DataDir) -> list[Path]:
    """List what is made for documents, each named by its id or its checksum; the layers of one are a folder."""
    folders = (*data.originals.iterdir(), data.archive, data.thumbnails, data.pages, data.unlocked)
    return [path.relative_to(data.root) for folder in folders for path in folder.iterdir()]


async def started(store: Store, promises: Promises, works: bool) -> None:
    """Start as the daemon does: tidy, take in what lies in the folder, let uploads go on, and work until nothing is left to do."""
    tidy(store.data)
    intake = intake_on(store)
    await intake.recover()
    for path in sorted(store.data.consume.iterdir()):
        await intake.accept_file(order_for(path))
    await sent_on(store, intake, promises)
    index = Index(Shelf(store), store.data.index)
    running = asyncio.create_task(index.run())
    if works:
        async with working(stage_on(store, index).pipeline()):
            await until(lambda: not store.jobs.list(ACTIVE, None, None, 1), 60)
    await index.apply()
    await index.stop()
    await running


async def sent_on(store: Store, intake: Intake, promises: Promises) -> None:
    """Let whoever had no answer send the same again."""
    for name, request_id in promises.sending.items():
        if store.uploads.find(request_id) is None:
            await send(Parts(store.data, 10**9), intake, name, request_id)


def broken_after_start(store: Store, promises: Promises) -> Iterator[str]:
    """Tell what the next start should have put right."""
    documents = documents_of(store)
    there = sorted(document.sha256 for document in documents)
    names = {name for name in (*DROPS, *promises.accepted, *promises.sending) if not name.startswith("copy-")}
    wanted = {sha256_of(name) for name in names - (promises.ever_purged - promises.accepted - promises.sending.keys())}
    may_be = {sha256_of(name) for name in promises.ever_purged}
    if len(there) != len(set(there)) or not wanted <= set(there) <= wanted | may_be:
        yield f"I1: {len(wanted)} documents are to be there, {len(there)} are"
    yield from half_originals(store.data)
    not_for_pages = (store.data.incoming, store.data.uploads, store.data.consume)
    yield from (f"I8: {path} is left over" for folder in not_for_pages for path in folder.iterdir())
    known = {document.sha256 for document in documents} | {str(document.id) for document in documents}
    yield from (f"{path} belongs to no document" for path in files_of(store.data) if path.stem not in known)


def broken_after_work(store: Store) -> Iterator[str]:
    """Tell what is not as it should be when nothing is left to do."""
    for document in documents_of(store):
        if document.state is not DocumentState.READY:
            yield f"I4: {document.original_filename} is {document.state}"
    yield from (f"I8: {path} is left over" for path in store.data.spool.rglob("*") if path.is_file() or path.parent == store.data.pages)


def words_not_found(store: Store) -> Iterator[str]:
    """Search for each document that was read by the word that it alone holds."""
    searcher = Searcher(store.data.index, store.pages.texts_of, store.catalog)
    live = store.documents.list(DocumentOrder(), None, 1000, deleted=False)
    try:
        for document in live:
            word = word_of(document.original_filename.removesuffix(".txt"))
            found = [hit.document_id for hit in searcher.search(SearchRequest(word, fixed_now(), highlight=False)).hits]
            if found != [document.id] and document.state is DocumentState.READY:
                yield f"I5: {word} is found in {found}, not in {document.id}"
        if searcher.count() != len(live):
            yield f"I5: the index holds {searcher.count()} documents, not {len(live)}"
    finally:
        searcher.close()
