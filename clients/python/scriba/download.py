"""Takes a file in chunks, and goes on where it stood when the connection breaks."""

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from scriba.backoff import Backoff
from scriba.errors import Cancelled, DataLoss, Unavailable
from scriba.upload import Progress
from scriba.v1.documents_pb2 import DownloadDocumentRequest, DownloadDocumentResponse, FileKind
from scriba.v1.documents_pb2_grpc import DocumentServiceStub

Info = DownloadDocumentResponse.Info

_LONGEST_NAME_BYTES = 255
_LONGEST_SUFFIX_BYTES = 16
# Commands to a terminal, what turns a line round, and halves of letters.
_UNSEEN = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"\s")
_DRIVE = re.compile(r"[A-Za-z]:")
# A leading dot hides a file, a leading dash makes an option of it.
_LEADING = re.compile(r"^[.-]+")
# Names that are devices on Windows, whatever their suffix.
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|:|$)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which file of which document; `page` counts from 1, and so does `version`, where 0 is the newest."""

    document_id: str
    kind: FileKind.ValueType = FileKind.FILE_KIND_ORIGINAL
    page: int = 0
    version: int = 0


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
    """Write a file to `target`, or under its own name when that is a folder; until it is whole it is a hidden `….part` beside it.

    Raises FileExistsError when something is there and `replace` is not set, and DataLoss when the bytes don't fit their checksum.
    """
    info, chunks = open_download(documents, wanted, retry)
    path = target / own_name(info.filename) if target.is_dir() else target
    if os.path.lexists(path) and not replace:
        raise FileExistsError(f"{path} is there already")
    # A name of its own, which is never there: a server that names `thesis.pdf` must not cost anybody his `thesis.pdf.part`.
    part = path.with_name(f".scriba-{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            _write(file, info, chunks, on_progress)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return Downloaded(path, info)


def own_name(filename: str) -> str:
    """Keep the last part of a name, so that no server can choose the folder, hide the file, or speak to a shell or terminal by it."""
    seen = _SPACES.sub(" ", unicodedata.normalize("NFC", _UNSEEN.sub("", filename)))
    name = seen.replace("\\", "/").rstrip("/ ").rsplit("/", 1)[-1].strip()
    name = (name.rsplit(":", 1)[-1] if _DRIVE.match(name) else name).strip()
    name = _LEADING.sub("_", name.rstrip(". "))
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shortened(name) or "document"


def _shortened(name: str) -> str:
    """Cut a name to what a file system takes, before its suffix."""
    if len(name.encode()) <= _LONGEST_NAME_BYTES:
        return name
    suffix = PurePosixPath(name).suffix
    suffix = suffix if len(suffix.encode()) <= _LONGEST_SUFFIX_BYTES else ""
    stem = name.removesuffix(suffix).encode()[: _LONGEST_NAME_BYTES - len(suffix.encode())]
    return stem.decode("utf-8", "ignore").rstrip(". ") + suffix


def _write(file: BinaryIO, info: Info, chunks: Iterator[bytes], on_progress: Progress | None) -> None:
    digest, written = hashlib.sha256(), 0
    for chunk in chunks:
        written += len(chunk)
        if written > info.size_bytes:  # else a server could fill the disk
            raise DataLoss(f"more arrived than the {info.size_bytes} bytes that the server told of; try again")
        file.write(chunk)
        digest.update(chunk)
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
        request = DownloadDocumentRequest(id=wanted.document_id, kind=wanted.kind, page=wanted.page, version=wanted.version, offset=offset)
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
