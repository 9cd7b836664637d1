"""Many documents as one zip, made while it is sent: neither memory nor disk ever holds more of it than some chunks."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from actors.store.errors import OriginalMissing
from actors.store.nouns.archive import Document, DocumentId
from actors.store.store import Store
from daemon.service.documents.downloads import CHUNK_BYTES
from daemon.service.documents.zip_names import ZipNames, suffix_of
from daemon.service.threads import completed
from scriba.v1 import documents_pb2

DOCUMENTS_AT_ONCE = 100
# What the format can say at the least.
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
ORIGINALS, ARCHIVES = "originals/", "archive/"


class Outbox:
    """Takes what ZipFile writes, and gives it on. It has no `seek`, so ZipFile writes what can be read from the front."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        """Take bytes."""
        self._written += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever drains it sends it on."""

    def drain(self) -> Iterator[bytes]:
        """Give all that was written, in chunks."""
        written, self._written = bytes(self._written), bytearray()
        for begin in range(0, len(written), CHUNK_BYTES):
            yield written[begin : begin + CHUNK_BYTES]


def zipped(store: Store, ids: Sequence[DocumentId], kind: int) -> Generator[bytes, None, None]:
    """Give the bytes of a zip of documents, piece by piece; raises DocumentNotFound, OriginalMissing.

    PDFs and pictures are compressed already, so files are stored as they are.
    """
    outbox, names = Outbox(), ZipNames()
    with ZipFile(cast("str", outbox), "w", ZIP_STORED) as archive:  # all that is asked of a file is `write` and `flush`
        for begin in range(0, len(ids), DOCUMENTS_AT_ONCE):
            for document in store.documents.get_many(ids[begin : begin + DOCUMENTS_AT_ONCE]):
                for name, path in _files(store, document, kind, names):
                    yield from _entry(archive, outbox, name, path, document)
    yield from outbox.drain()


def _files(store: Store, document: Document, kind: int, names: ZipNames) -> Iterator[tuple[str, Path]]:
    """Name the files of a document; where there is no archive PDF, the original stands for it."""
    both = kind == documents_pb2.ZIP_CONTENT_BOTH
    if both or kind != documents_pb2.ZIP_CONTENT_ARCHIVES or not document.has_archive:
        yield names.name(document, ORIGINALS if both else "", suffix_of(document)), store.originals.path(document)
    if document.has_archive and (both or kind == documents_pb2.ZIP_CONTENT_ARCHIVES):
        yield names.name(document, ARCHIVES if both else "", ".pdf"), store.data.archive_file(document.id)


def _entry(archive: ZipFile, outbox: Outbox, name: str, path: Path, document: Document) -> Iterator[bytes]:
    moment = max(document.added_time, EARLIEST)
    info = ZipInfo(name, (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second))
    info.file_size = document.size_bytes
    info.external_attr = 0o644 << 16
    try:
        content = path.open("rb")
    except FileNotFoundError:
        raise OriginalMissing(document.sha256) from None
    with content, archive.open(info, "w", force_zip64=True) as entry:
        while chunk := content.read(CHUNK_BYTES):
            entry.write(chunk)
            yield from outbox.drain()


async def zip_answers(store: Store, ids: Sequence[DocumentId], kind: int) -> AsyncGenerator[documents_pb2.DownloadZipResponse, None]:
    """Send a zip; each piece is read when the last one has gone."""
    await asyncio.to_thread(_require, store, ids)
    with closing(zipped(store, ids, kind)) as pieces:
        while piece := await completed(next, pieces, b""):
            yield documents_pb2.DownloadZipResponse(chunk=piece)


def _require(store: Store, ids: Sequence[DocumentId]) -> None:
    """Refuse it before the first byte where a document is not there."""
    for begin in range(0, len(ids), DOCUMENTS_AT_ONCE):
        store.documents.get_many(ids[begin : begin + DOCUMENTS_AT_ONCE])
