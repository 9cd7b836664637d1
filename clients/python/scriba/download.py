"""Takes a file in chunks, and goes on where it stood when the connection breaks."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from scriba.backoff import Backoff
from scriba.errors import Cancelled, DataLoss, Unavailable
from scriba.upload import Progress
from scriba.v1.documents_pb2 import DownloadDocumentRequest, DownloadDocumentResponse, FileKind
from scriba.v1.documents_pb2_grpc import DocumentServiceStub

Info = DownloadDocumentResponse.Info


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which file of which document; `page` counts from 1."""

    document_id: str
    kind: FileKind.ValueType = FileKind.FILE_KIND_ORIGINAL
    page: int = 0


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that is whole, and what the server said of it."""

    path: Path
    info: Info


def open_download(documents: DocumentServiceStub, wanted: Wanted, retry: Backoff) -> tuple[Info, Iterator[bytes]]:
    """Learn what the file is, and get its bytes as they come; a broken connection is taken up again where it stood.

    The iterator raises DataLoss when the file became another one meanwhile.
    """
    parts = _parts(documents, wanted, retry)
    info = next(parts)
    if not isinstance(info, Info):
        raise DataLoss("the server sent a file without saying what it is")
    return info, (part for part in parts if isinstance(part, bytes))


def download(
    documents: DocumentServiceStub, wanted: Wanted, target: Path, replace: bool, retry: Backoff, on_progress: Progress | None
) -> Downloaded:
    """Write a file to `target`, or under its own name when that is a folder; until it is whole it is called `….part`.

    Raises FileExistsError when something is there and `replace` is not set, and DataLoss when the bytes don't fit their checksum.
    """
    info, chunks = open_download(documents, wanted, retry)
    path = target / own_name(info.filename) if target.is_dir() else target
    if path.exists() and not replace:
        raise FileExistsError(f"{path} is there already")
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            _write(file, info, chunks, on_progress)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return Downloaded(path, info)


def own_name(filename: str) -> str:
    """Keep the last part of a name, so that no server can choose the folder."""
    name = PureWindowsPath(PurePosixPath(filename).name).name.replace("\0", "")
    return name if name not in ("", ".", "..") else "document"


def _write(file: BinaryIO, info: Info, chunks: Iterator[bytes], on_progress: Progress | None) -> None:
    digest, written = hashlib.sha256(), 0
    for chunk in chunks:
        file.write(chunk)
        digest.update(chunk)
        written += len(chunk)
        if on_progress:
            on_progress(written, info.size_bytes)
    if written != info.size_bytes or (info.sha256 and digest.hexdigest() != info.sha256):
        raise DataLoss("what arrived is not what the archive holds; try again")
    file.flush()
    os.fsync(file.fileno())


def _parts(documents: DocumentServiceStub, wanted: Wanted, retry: Backoff) -> Iterator[Info | bytes]:
    """Give the info once, then every chunk once, over as many calls as it takes."""
    first: Info | None = None
    offset = failures = 0
    while True:
        request = DownloadDocumentRequest(id=wanted.document_id, kind=wanted.kind, page=wanted.page, offset=offset)
        call = documents.DownloadDocument(request)
        try:
            for answer in call:
                failures = 0
                if answer.WhichOneof("part") == "chunk":
                    offset += len(answer.chunk)
                    yield answer.chunk
                elif first is None:
                    first = answer.info
                    yield first
                elif answer.info != first:
                    raise DataLoss("the file was made anew while it was downloaded; try again")
            return
        except (Unavailable, Cancelled):
            failures += 1
            if retry.is_over(failures):
                raise
        finally:
            call.cancel()  # type: ignore[no-untyped-call]  # the stubs leave it out
        retry.wait(failures)
