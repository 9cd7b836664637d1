"""Tells a disk that is full, read-only or failed from an index that is damaged: the one is waited for, the other is built anew."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from actors.disk_errors import TROUBLE
from actors.index.errors import IndexNotWritten

# Tantivy tells of the system's errors in Rust's words, inside a ValueError or a panic.
_SIGNS = tuple(sign for number in TROUBLE for sign in (f"code: {number},", f"os error {number})"))
# All that it says when one of its threads has met such an error.
_THREAD_ENDED = ("An index writer was killed", "Worker thread failed")
# A commit writes less than the heap of a writer; with less room than this, a thread that ended has met the end of the disk.
_ROOM_BYTES = 64 * 1024**2


@contextmanager
def disk_trouble(root: Path) -> Iterator[None]:
    """Raise IndexNotWritten for what goes wrong because of the disk that holds `root`; other errors go on their way."""
    try:
        yield
    except IndexNotWritten:
        raise
    except Exception as error:  # tantivy and the system tell of a disk in whatever class they have; all else is raised again
        if not is_the_disks(error, root):
            raise
        raise IndexNotWritten(f"the index cannot be written: {error}") from error


def is_the_disks(error: BaseException, root: Path) -> bool:
    """Tell whether the disk that holds `root` is to blame for an error, or for the one that led to it."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in TROUBLE:
            return True
        text = str(seen)
        if any(sign in text for sign in _SIGNS) or (any(sign in text for sign in _THREAD_ENDED) and not _has_room(root)):
            return True
        seen = seen.__cause__
    return False


def _has_room(root: Path) -> bool:
    disk = os.statvfs(root)
    return disk.f_bavail * disk.f_frsize >= _ROOM_BYTES and not disk.f_flag & os.ST_RDONLY
