"""Copying a file into the spool, hashed on the way."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from actors.intake.mime import HEAD_BYTES
from actors.intake.source import being_written

_CHUNK_BYTES = 1024 * 1024


class SourceUnreadable(Exception):
    """The source, not our disk, failed while it was read."""


class BeingWritten(Exception):
    """Someone has the file open for writing."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A whole copy in the spool, not yet made durable. `head` is its beginning, for the detector."""

    path: Path
    sha256: str
    size: int
    head: bytes


def stage(source: int, target: Path, limit: int) -> Staged:
    """Copy an open file to `target`, at most one byte beyond `limit`, so that a file that grows for ever ends.

    Plain reads and writes: with copy_file_range one could not tell whose disk failed, and a reflink saves nothing, as the source goes away.
    """
    digest = hashlib.sha256()
    head = bytearray()
    size = 0
    with target.open("xb", buffering=0) as staged:
        while size <= limit:
            chunk = _read(source, min(_CHUNK_BYTES, limit + 1 - size))
            if not chunk:
                break
            _write(staged.fileno(), chunk)
            digest.update(chunk)
            head += chunk[: HEAD_BYTES - len(head)]
            size += len(chunk)
    return Staged(target, digest.hexdigest(), size, bytes(head))


def measure(path: Path) -> Staged:
    """Hash a file that lies in the spool already; raise BeingWritten while a stream still has it open."""
    digest = hashlib.sha256()
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb", buffering=0) as staged:
        if being_written(descriptor):
            raise BeingWritten
        head = chunk = staged.read(_CHUNK_BYTES)
        size = 0
        while chunk:
            digest.update(chunk)
            size += len(chunk)
            chunk = staged.read(_CHUNK_BYTES)
    return Staged(path, digest.hexdigest(), size, head[:HEAD_BYTES])


def _read(source: int, count: int) -> bytes:
    try:
        return os.read(source, count)
    except OSError as error:
        raise SourceUnreadable(error.strerror) from error


def _write(target: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(target, view) :]
