"""What has arrived of uploads: each is one file that grows, until the intake takes it."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import psutil

from actors.disk_errors import FULL, TROUBLE
from actors.intake.errors import NoSpace, StorageFailed, UploadTooLarge
from actors.store.files.data_dir import DataDir
from actors.store.files.durable import write_file
from daemon.service.refusals import InvalidRequest, UploadBusy, UploadOffsetWrong, Violation
from daemon.service.threads import completed
from scriba.v1 import documents_pb2

KEPT = timedelta(days=7)

Requests = AsyncIterator[documents_pb2.UploadDocumentRequest]
Start = documents_pb2.UploadDocumentRequest.Start


class Parts:
    """The part files of uploads. They survive a restart; who is sending does not."""

    def __init__(self, data: DataDir, most_bytes: int) -> None:
        self._data = data
        self._most_bytes = most_bytes
        self._sending: set[str] = set()

    def path(self, request_id: str) -> Path:
        """Name the part of an upload, there or not."""
        return self._data.upload_file(request_id)

    def received(self, request_id: str) -> int | None:
        """Tell how many bytes have arrived; None when there is no such part."""
        try:
            return self.path(request_id).lstat().st_size
        except FileNotFoundError:
            return None

    @contextmanager
    def held(self, request_id: str) -> Iterator[None]:
        """Keep a second sender of the same upload out (UploadBusy)."""
        if request_id in self._sending:
            raise UploadBusy(request_id.rpartition(".")[2])
        self._sending.add(request_id)
        try:
            yield
        finally:
            self._sending.discard(request_id)

    async def fill(self, start: Start, requests: Requests) -> int:
        """Append the chunks of a stream, and tell how many bytes have arrived; whatever does before a failure is kept."""
        self._refuse_too_large(start)
        with _open_part(self.path(start.request_id), start.offset) as part:
            received = start.offset
            async for request in requests:
                if request.WhichOneof("part") != "chunk":
                    raise InvalidRequest(Violation("start", "only the first message is a start"))
                received += len(request.chunk)
                _refuse_beyond(received, start.size_bytes)
                # In a thread: a disk that is slow, or catches up on written pages, must not hold the other calls.
                await completed(_append, part, request.chunk)
        return received

    async def write(self, start: Start, chunk: bytes) -> int:
        """Put one chunk at its place, and tell how many bytes have arrived; what of it is there already is not put again."""
        self._refuse_too_large(start)
        _refuse_beyond(start.offset + len(chunk), start.size_bytes)
        received = await completed(_put, self.path(start.request_id), start.offset, chunk)
        _refuse_beyond(received, start.size_bytes)
        return received

    def _refuse_too_large(self, start: Start) -> None:
        if start.size_bytes > self._most_bytes:
            raise UploadTooLarge(f"the file has {start.size_bytes} bytes; this server takes at most {self._most_bytes}")


def _refuse_beyond(received: int, size: int) -> None:
    if received > size:
        raise InvalidRequest(Violation("chunk", f"more arrived than the {size} bytes announced"))


def remove_old_parts(data: DataDir, now: datetime) -> int:
    """Remove the parts that nobody has added to for a week, and tell how many."""
    oldest = (now - KEPT).timestamp()
    old = [path for path in data.uploads.glob("*.part") if path.lstat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def remove_parts_of_former_boots(data: DataDir, boot: str) -> int:
    """Remove the parts that arrived before the machine last started, and tell how many.

    Parts are not synced while they grow. A power cut may have torn them, and a client that sends no checksum would never know.
    """
    note = data.run / "boot"
    if note.is_file() and note.read_text() == boot:
        return 0
    torn = list(data.uploads.glob("*.part"))
    for path in torn:
        path.unlink(missing_ok=True)
    write_file(note, boot.encode())
    return len(torn)


def boot_id() -> str:
    """Name the time since the machine last started; where the system doesn't, by the second in which that was."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return f"{psutil.boot_time():.0f}"


@contextmanager
def _open_part(path: Path, offset: int) -> Iterator[BinaryIO]:
    flags = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC | (0 if offset else os.O_CREAT)
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileNotFoundError:
        raise UploadOffsetWrong(offset, 0) from None
    except OSError as error:
        raise _trouble(error) from None
    with os.fdopen(descriptor, "ab", buffering=0) as part:
        received = os.fstat(descriptor).st_size
        if received != offset:
            raise UploadOffsetWrong(offset, received)
        yield part


def _put(path: Path, offset: int, chunk: bytes) -> int:
    """Write what a part lacks of a chunk, and tell its size then; a part that is not there yet begins.

    Bytes that are there are compared: another file under the same id must not become half of this one.
    """
    received, there = _arrived(path, offset, len(chunk))
    if there != chunk[: len(there)]:
        raise InvalidRequest(Violation("chunk", "differs from what has arrived at this offset: another file needs another request_id"))
    rest = chunk[len(there) :]
    if rest or received is None:
        with _open_part(path, received or 0) as part:
            _append(part, rest)
    return (received or 0) + len(rest)


def _arrived(path: Path, offset: int, most: int) -> tuple[int | None, bytes]:
    """Tell a part's size, None for none, and what is there from an offset on; raises UploadOffsetWrong beyond its end."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        if offset:
            raise UploadOffsetWrong(offset, 0) from None
        return None, b""
    except OSError as error:
        raise _trouble(error) from None
    with os.fdopen(descriptor, "rb", buffering=0) as part:
        received = os.fstat(descriptor).st_size
        if offset > received:
            raise UploadOffsetWrong(offset, received)
        return received, _read(part, offset, most)


def _read(part: BinaryIO, offset: int, most: int) -> bytes:
    try:
        return os.pread(part.fileno(), most, offset)
    except OSError as error:
        raise _trouble(error) from None


def _append(part: BinaryIO, chunk: bytes) -> None:
    view = memoryview(chunk)
    try:
        while view:
            view = view[part.write(view) :]
    except OSError as error:
        raise _trouble(error) from None


def _trouble(error: OSError) -> Exception:
    """Say what an error of our own disk means for the one who sends; what else it may be stays as it is."""
    if error.errno in FULL:
        return NoSpace("the disk is full; what has arrived is kept")
    if error.errno in TROUBLE:
        return StorageFailed(f"the disk of the archive failed: {error.strerror}; what has arrived is kept")
    return error
