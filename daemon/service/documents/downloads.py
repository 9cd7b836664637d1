"""Downloads: which file is asked for, and its bytes in chunks."""

import io
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from actors.ocr.messages import RenderPage
from actors.store.errors import OriginalMissing
from actors.store.nouns.archive import Document
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, NoArchive, NoText, NoThumbnail, OutOfRange, Violation
from daemon.service.threads import completed
from scriba.v1 import documents_pb2

CHUNK_BYTES = 256 * 1024
PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class Served:
    """An open file with what its reader is told of it. `sha256` is empty where nobody has counted it."""

    content: BinaryIO
    filename: str
    mime_type: str
    size_bytes: int
    sha256: str = ""


class Files:
    """Finds the file that a download asks for."""

    def __init__(self, archive: Archive) -> None:
        self._of = archive

    async def open(self, request: documents_pb2.DownloadDocumentRequest, document: Document) -> Served:
        """Open the file of a document; raises NoArchive, NoThumbnail, NoText or OutOfRange where there is none."""
        if request.version and request.kind not in (documents_pb2.FILE_KIND_UNSPECIFIED, documents_pb2.FILE_KIND_ORIGINAL):
            raise InvalidRequest(Violation("version", "goes with FILE_KIND_ORIGINAL alone: all else is made of the newest version"))
        stem = PurePath(document.original_filename).stem
        match request.kind:
            case documents_pb2.FILE_KIND_ARCHIVE:
                return await completed(self._archive, document, f"{stem}.pdf")
            case documents_pb2.FILE_KIND_THUMBNAIL:
                return await completed(self._thumbnail, document, f"{stem}.webp")
            case documents_pb2.FILE_KIND_TEXT:
                return await completed(self._text, document, request.page, f"{stem}.txt")
            case documents_pb2.FILE_KIND_PAGE:
                return await self._picture(document, request.page, f"{stem}-{request.page}.webp")
            case _:
                return await completed(self._original, document, request.version)

    def _original(self, document: Document, number: int) -> Served:
        version = self._of.store.versions.get(document.id, number or document.version)
        sha256 = version.file.sha256
        try:
            content = self._of.store.originals.require(sha256).open("rb")
        except FileNotFoundError:
            raise OriginalMissing(sha256) from None
        return _served(content, version.facts.filename, version.facts.mime_type, sha256)

    def _archive(self, document: Document, filename: str) -> Served:
        if not document.has_archive:  # a file that is there may be of an earlier version
            raise NoArchive
        try:
            return _served(self._of.store.data.archive_file(document.id).open("rb"), filename, "application/pdf")
        except FileNotFoundError:
            raise NoArchive from None

    def _thumbnail(self, document: Document, filename: str) -> Served:
        try:
            return _served(self._of.store.data.thumbnail_file(document.id).open("rb"), filename, "image/webp")
        except FileNotFoundError:
            raise NoThumbnail from None

    def _text(self, document: Document, page: int, filename: str) -> Served:
        if page:
            text = self._of.store.pages.record(document.id, page).text
        elif pages := self._of.store.pages.texts(document.id):
            text = PAGE_BREAK.join(pages)
        else:
            raise NoText
        return _served(io.BytesIO(text.encode()), filename, "text/plain; charset=utf-8")

    async def _picture(self, document: Document, page: int, filename: str) -> Served:
        if not 1 <= page <= document.page_count:
            raise OutOfRange("page", page, 1, document.page_count)
        path, mime_type = await completed(self._picture_source, document)
        picture = await self._of.binder.render(RenderPage(path, mime_type, page))
        return _served(io.BytesIO(picture), filename, "image/webp")

    def _picture_source(self, document: Document) -> tuple[Path, str]:
        """Prefer the archive, whose pages stand upright."""
        archive = self._of.store.data.archive_file(document.id)
        return (
            (archive, "application/pdf")
            if document.has_archive and archive.exists()
            else (self._of.store.originals.path(document), document.mime_type)
        )


async def answers(served: Served, offset: int, most: int = 0) -> AsyncGenerator[documents_pb2.DownloadDocumentResponse, None]:
    """Tell what the file is, then its bytes from an offset on, `most` of them unless that is 0; closes the file, however it ends."""
    with served.content as content:
        if offset > served.size_bytes:
            raise OutOfRange("offset", offset, 0, served.size_bytes)
        yield documents_pb2.DownloadDocumentResponse(
            info=documents_pb2.DownloadDocumentResponse.Info(
                filename=served.filename, mime_type=served.mime_type, size_bytes=served.size_bytes, sha256=served.sha256
            )
        )
        content.seek(offset)
        left = most or served.size_bytes
        while chunk := await completed(content.read, min(left, CHUNK_BYTES)):
            left -= len(chunk)
            yield documents_pb2.DownloadDocumentResponse(chunk=chunk)


def _served(content: BinaryIO, filename: str, mime_type: str, sha256: str = "") -> Served:
    size = content.seek(0, io.SEEK_END)
    return Served(content, filename, mime_type, size, sha256)
