"""Fills a data folder with documents that are read already: rows in bulk, no files; then the index, as after a restore."""

import asyncio
import hashlib
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from actors.index.index import Index
from actors.index.source import IndexDocument
from actors.store.catalog.label_rows import new_label
from actors.store.database import Database
from actors.store.files.data_dir import DataDir
from actors.store.nouns.access import NOBODYS, AccessId
from actors.store.nouns.catalog import Label
from actors.store.nouns.pages import PageState
from actors.store.opening import open_store
from actors.store.rows import counters
from actors.store.rows.archive import DocumentRow, PageRow
from actors.store.rows.catalog import DocumentTagRow, LabelRow
from actors.store.rows.ordering import UNDATED, title_key
from daemon.cast.shelf import Shelf
from tests.bench.search_corpus import documents, labels

BATCH = 2_000
# What the places of 150 words take; nobody reads them here, but they lie between the texts.
WORDS_BYTES = 2_000


@dataclass(frozen=True, slots=True)
class Built:
    """What an archive took to make. `text_bytes` are those of its pages."""

    documents: int
    text_bytes: int
    index_bytes: int
    index_seconds: float


def build(data: DataDir, count: int) -> Built:
    """Make an archive of so many documents, and its index."""
    open_store(data.database_url, data).close()
    database, text_bytes = Database(data.database_url), 0
    write_labels(database, labels())
    made = documents(count)
    while batch := list(islice(made, BATCH)):
        write_rows(database, batch)
        text_bytes += sum(len(page.encode()) for document in batch for page in document.pages)
    database.close()
    return Built(count, text_bytes, *build_index(data))


def write_labels(database: Database, labels: Sequence[Label]) -> None:
    """Write a catalogue."""
    with database.write() as session:
        session.execute(insert(LabelRow), [{**new_label(label.kind, label.name), "id": label.id} for label in labels])
        counters.catalogue_changed(session)


def write_rows(database: Database, batch: Sequence[IndexDocument], classes: Sequence[AccessId] = ()) -> None:
    """Write documents as the pipeline leaves them; everyone's, unless their classes of access are given."""
    words = random.Random(batch[0].id).randbytes(WORDS_BYTES)
    with database.write() as session:
        rows = [document_row(document) for document in batch]
        for row, access_id in zip(rows, classes or repeat(NOBODYS, len(rows)), strict=True):
            row["access_id"] = access_id
        session.execute(insert(DocumentRow), rows)
        pages = [page_row(document, number, words) for document in batch for number in range(1, len(document.pages) + 1)]
        session.execute(insert(PageRow), pages)
        borne = [{"document_id": document.id, "tag_id": tag} for document in batch for tag in document.tags]
        session.execute(insert(DocumentTagRow), borne)
        counters.add(session, counters.LIVE, len(batch))


def document_row(document: IndexDocument) -> dict[str, Any]:
    """Give the row of a document."""
    return {
        "id": document.id,
        "revision": document.revision,
        "trashed": False,
        "state": document.state,
        "title": document.title,
        "title_key": title_key(document.title),
        "original_filename": document.filename,
        "mime_type": document.mime,
        "size_bytes": 100_000 + document.id,
        "sha256": hashlib.sha256(str(document.id).encode()).hexdigest(),
        "page_count": len(document.pages),
        "language": document.language,
        "created_date": document.created or UNDATED,
        "added_time": document.added,
        "update_time": document.updated,
        "delete_time": None,
        "warnings": [],
        "has_archive": True,
        "archive_bytes": 120_000,
        "encrypted": False,
        "signed": False,
        "duplicate_count": 0,
        "correspondent_id": document.correspondent,
        "type_id": document.type,
        "path_id": document.path,
        "asn": document.asn,
    }


def page_row(document: IndexDocument, number: int, words: bytes) -> dict[str, Any]:
    """Give the row of a page."""
    return {
        "document_id": document.id,
        "number": number,
        "state": PageState.DONE,
        "confidence": 95.0,
        "turned": 0,
        "skew": 0.0,
        "width": 2480,
        "height": 3508,
        "replaces": False,
        "barcodes": [],
        "warning": "",
        "text": document.pages[number - 1],
        "words": words,
    }


def build_index(data: DataDir, url: str = "") -> tuple[int, float]:
    """Build the index of all that is in the database; give its bytes and the seconds."""
    store = open_store(url or data.database_url, data)
    begun = time.monotonic()
    asyncio.run(rebuild(Index(Shelf(store), data.index)))
    seconds = time.monotonic() - begun
    store.close()
    return size_of(data.index), seconds


async def rebuild(index: Index) -> None:
    """Build it, and let its files go."""
    await index.rebuild()
    await index.stop()
    await index.run()


def size_of(folder: Path) -> int:
    """Add up the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
