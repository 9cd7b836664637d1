"""Sends a file in chunks, and goes on where it stood when the connection breaks."""

import hashlib
import os
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from scriba.backoff import Backoff
from scriba.errors import Cancelled, Error, NotFound, Unavailable
from scriba.v1.catalog_pb2 import FieldValue
from scriba.v1.documents_pb2 import GetUploadRequest, UploadDocumentRequest, UploadDocumentResponse
from scriba.v1.documents_pb2_grpc import DocumentServiceStub

CHUNK_BYTES = 256 * 1024
# The server still holds the stream that broke, or has less or more than we thought: asking where it stands mends each.
_GOES_ON = frozenset({"UPLOAD_BUSY", "UPLOAD_OFFSET_WRONG", "UPLOAD_INCOMPLETE"})

Progress = Callable[[int, int], None]
"""Called with the bytes that have passed and the bytes of the whole file."""


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """What the server is told about a file besides its bytes."""

    filename: str
    title: str = ""
    tags: Sequence[str] = ()
    created_date: str = ""
    correspondent: str = ""
    document_type: str = ""
    storage_path: str = ""
    archive_serial_number: int = 0
    fields: Sequence[FieldValue] = ()
    owner_id: str | None = None


class Source:
    """A file that can be read at any place, by one thread after another: a call that broke may still hold the last chunk."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._let_go = False
        self.size = file.seek(0, os.SEEK_END)

    def sha256(self) -> str:
        """Read the whole file once for its checksum."""
        digest, offset = hashlib.sha256(), 0
        while chunk := self.read(offset):
            digest.update(chunk)
            offset += len(chunk)
        return digest.hexdigest()

    def read(self, offset: int) -> bytes:
        """Read one chunk; nothing once the file is let go."""
        with self._lock:
            if self._let_go:
                return b""
            self._file.seek(offset)
            return self._file.read(CHUNK_BYTES)

    def let_go(self) -> None:
        """Leave the file alone from now on."""
        with self._lock:
            self._let_go = True


@contextmanager
def open_source(file: str | os.PathLike[str] | BinaryIO) -> Iterator[Source]:
    """Open a file by its path, or take one that is open in binary mode and can seek (it stays open)."""
    with Path(file).open("rb") if isinstance(file, (str, os.PathLike)) else nullcontext(file) as opened:
        source = Source(opened)
        try:
            yield source
        finally:
            source.let_go()


def name_of(file: str | os.PathLike[str] | BinaryIO) -> str:
    """Name a file as its folder does; raises ValueError for one that has no name."""
    name = file if isinstance(file, (str, os.PathLike)) else getattr(file, "name", None)
    if not isinstance(name, (str, os.PathLike)):
        raise ValueError("a file without a name needs `filename`")
    return as_text(Path(name).name)


def as_text(name: str) -> str:
    """Give a name that a message can hold: the bytes of a file name need not be text."""
    return name.encode("utf-8", "surrogateescape" if _is_of_bytes(name) else "replace").decode("utf-8", "replace")


def _is_of_bytes(name: str) -> bool:
    return all("\udc80" <= letter <= "\udcff" for letter in name if "\ud800" <= letter <= "\udfff")


def new_request_id() -> str:
    """Name an upload that has no name yet."""
    return str(uuid.uuid4())


def upload(
    documents: DocumentServiceStub, source: Source, facts: UploadFacts, request_id: str | None, retry: Backoff, on_progress: Progress | None
) -> UploadDocumentResponse:
    """Send a file; with a `request_id` that the server knows, only what it hasn't got yet.

    After UNAVAILABLE the server is asked how far it came. Raises the last error when `retry` says that it is enough.
    """
    offset = 0 if request_id is None else _received(documents, request_id)
    start = UploadDocumentRequest.Start(
        request_id=request_id or new_request_id(),
        filename=facts.filename,
        size_bytes=source.size,
        sha256=source.sha256(),
        title=facts.title,
        tags=facts.tags,
        created_date=facts.created_date,
        correspondent=facts.correspondent,
        document_type=facts.document_type,
        storage_path=facts.storage_path,
        archive_serial_number=facts.archive_serial_number,
        fields=facts.fields,
        owner_id=facts.owner_id,
    )
    failures = 0
    while True:
        start.offset = offset
        try:
            return documents.UploadDocument(_parts(start, source, on_progress))
        except Error as error:
            failures += 1
            if not _can_go_on(error) or retry.is_over(failures):
                raise
        retry.wait(failures)
        received = _received_if_reachable(documents, start.request_id, offset)
        failures = 0 if received > offset else failures
        offset = received


def _parts(start: UploadDocumentRequest.Start, source: Source, on_progress: Progress | None) -> Iterator[UploadDocumentRequest]:
    offset = start.offset
    yield UploadDocumentRequest(start=start)
    while chunk := source.read(offset):
        yield UploadDocumentRequest(chunk=chunk)
        offset += len(chunk)
        if on_progress:
            on_progress(offset, source.size)


def _can_go_on(error: Error) -> bool:
    return isinstance(error, (Unavailable, Cancelled)) or error.reason in _GOES_ON


def _received(documents: DocumentServiceStub, request_id: str) -> int:
    try:
        return documents.GetUpload(GetUploadRequest(request_id=request_id)).received_bytes
    except NotFound:
        return 0


def _received_if_reachable(documents: DocumentServiceStub, request_id: str, otherwise: int) -> int:
    try:
        return _received(documents, request_id)
    except Unavailable:
        return otherwise
